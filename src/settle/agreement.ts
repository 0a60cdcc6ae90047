import { done, type Result } from "../quantity/index.ts";
import type { RoundingMode } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import { ASSAY_PARTIES, type AssayParty } from "./parties.ts";
import type { SettleRefusal } from "./refusals.ts";
import { UMPIRE_RULES, type UmpireRule } from "./umpire.ts";

export const TOLL_BASES = ["returned_oxide", "dry_feed", "wet_feed", "contained_metal"] as const;
export type TollBasis = (typeof TOLL_BASES)[number];

/** What is returned for one element, and on what conditions. Percent fields are decimal text in percentage points. */
export interface ElementTerms {
  readonly element: string;
  readonly oxide: string;
  readonly splitting_limit_pct: string;
  readonly guaranteed_recovery_pct: string;
  readonly payable_pct: string;
  /** Below this nothing is returned: an assay in percent or a contained mass of metal. */
  readonly minimum_content?: { readonly amount: string; readonly basis: "assay_pct" | "contained_metal_kg" };
  /** What the certificate of analysis of returned oxide has to meet; read when oxide is returned. */
  readonly specification?: string;
}

/** A charge for an impurity, in the agreement's currency per tonne on a named basis. */
export interface PenaltyTerms {
  readonly element: string;
  readonly splitting_limit_pct: string;
  readonly threshold_pct: string;
  readonly increment_pct: string;
  readonly charge_per_t: string;
  readonly basis: "dry_feed" | "wet_feed";
  readonly counted: "absolute" | "pro_rata";
  readonly reject_above_pct?: string;
}

export interface AssayRule {
  /** This party's assay is final; the other's is for information, and no umpire is asked. */
  readonly final_assay?: "supplier" | "processor";
  /** One laboratory that both parties name: a report of another is not settled on. */
  readonly joint_laboratory?: string;
  /** Laboratories named for a side: a report of another for it is not taken. Any where none is named. */
  readonly laboratories?: { readonly [P in AssayParty]?: readonly string[] };
  readonly when_within_limit: "mean" | { readonly weight_supplier: string };
  readonly umpire_rule: UmpireRule;
  readonly umpire_cost?: { readonly amount: string; readonly basis: "per_element" };
  /** Which figure a provisional statement uses while the umpire is awaited. */
  readonly provisional_assay: "lower" | "mean" | "supplier" | "processor";
  readonly below_detection: "zero" | "half_limit" | "refuse";
  readonly missing_assay: "other_conclusive" | "refuse";
}

export interface RoundingTerms {
  readonly carry: "unrounded" | "each_step";
  /** Decimal places shown. */
  readonly display: {
    readonly mass_kg: number;
    readonly money: number;
    readonly assay_pct: number;
    readonly fraction: number;
  };
  readonly mode: RoundingMode;
  readonly trailing_zeros: "drop" | "keep";
}

export interface Agreement {
  readonly id: string;
  readonly title: string;
  readonly kind: "toll";
  readonly parties: { readonly supplier: string; readonly processor: string };
  readonly currency: string;
  /** Assays are on dry weight. */
  readonly basis: "dry";
  readonly elements: readonly ElementTerms[];
  readonly toll: { readonly amount_per_kg: string; readonly basis: TollBasis };
  readonly assay_rule: AssayRule;
  readonly rounding: RoundingTerms;
  readonly penalties: readonly PenaltyTerms[];
  /** Share of the charges a provisional statement asks for. */
  readonly provisional_pct?: string;
  /** How far the two laboratories' moistures may differ before an umpire is asked. */
  readonly moisture_limit_pct?: string;
  /** Days, both included; `to` null while no end is agreed. */
  readonly effective: { readonly from: string; readonly to: string | null };
}

/** More elements than there are; a list beyond it is not an agreement. */
const LIST_LIMIT = 100;
/** Places beyond which a figure is printed in no statement. */
const PLACES_MAX = 12;
const PERCENT = { min: "0", max: "100" } as const;

/**
 * Reads an agreement from JSON, states what was left out (SPEC S7), or refuses with the name of the first field that is wrong.
 * A clause that it does not know is refused `clause_unknown`: what two firms agreed is never dropped.
 */
export function readAgreement(given: unknown): Result<Agreement, SettleRefusal> {
  const read = new FieldReader(given);
  const parties = read.object("parties");
  const agreement: Agreement = {
    id: read.text("id"),
    title: read.text("title"),
    kind: read.choice("kind", ["toll"]),
    parties: { supplier: parties.text("supplier"), processor: parties.text("processor") },
    currency: readCurrency(read),
    basis: read.choice("basis", ["dry"], "basis_unknown"),
    elements: read.list("elements", LIST_LIMIT).map(readElementTerms),
    toll: readToll(read.object("toll")),
    assay_rule: readAssayRule(read.object("assay_rule")),
    rounding: readRounding(read.object("rounding")),
    penalties: read.has("penalties") ? read.list("penalties", LIST_LIMIT).map(readPenalty) : [],
    ...(read.has("provisional_pct") ? { provisional_pct: read.decimal("provisional_pct", PERCENT) } : {}),
    ...(read.has("moisture_limit_pct")
      ? { moisture_limit_pct: read.decimal("moisture_limit_pct", PERCENT) }
      : {}),
    effective: readEffective(read.object("effective")),
  };
  checkWhole(read, agreement);
  read.refuseUnknown("clause_unknown");
  return read.refusal ? { ok: false, refusal: read.refusal } : done(agreement);
}

function readCurrency(read: FieldReader): string {
  const currency = read.text("currency");
  if (currency !== "" && !/^[A-Z]{3}$/.test(currency)) {
    read.refuse(
      "field_unreadable",
      read.path("currency"),
      `"${currency}" is not a currency code such as USD`,
    );
  }
  return currency;
}

function readElementTerms(read: FieldReader): ElementTerms {
  const element = read.element("element");
  const terms = {
    element,
    oxide: read.oxideOf("oxide", element),
    splitting_limit_pct: read.decimal("splitting_limit_pct", PERCENT),
    guaranteed_recovery_pct: read.decimal("guaranteed_recovery_pct", PERCENT),
    payable_pct: read.has("payable_pct") ? read.decimal("payable_pct", PERCENT) : "100",
  };
  return {
    ...terms,
    ...(read.has("minimum_content") ? { minimum_content: readMinimum(read.object("minimum_content")) } : {}),
    ...(read.has("specification") ? { specification: read.text("specification") } : {}),
  };
}

const readMinimum = (minimum: FieldReader): NonNullable<ElementTerms["minimum_content"]> => ({
  amount: minimum.decimal("amount", { min: "0" }),
  basis: minimum.choice("basis", ["assay_pct", "contained_metal_kg"], "basis_unknown"),
});

const readToll = (read: FieldReader): Agreement["toll"] => ({
  amount_per_kg: read.decimal("amount_per_kg"),
  basis: read.choice("basis", TOLL_BASES, "basis_unknown"),
});

function readAssayRule(read: FieldReader): AssayRule {
  const rule: AssayRule = {
    ...(read.has("final_assay")
      ? { final_assay: read.choice("final_assay", ["supplier", "processor"]) }
      : {}),
    ...(read.has("joint_laboratory") ? { joint_laboratory: read.text("joint_laboratory") } : {}),
    ...(read.has("laboratories") ? { laboratories: readLaboratories(read.object("laboratories")) } : {}),
    when_within_limit: readWithinLimit(read),
    umpire_rule: readUmpireRule(read),
    ...(read.has("umpire_cost") ? { umpire_cost: readUmpireCost(read.object("umpire_cost")) } : {}),
    provisional_assay: optional(read, "provisional_assay", ["lower", "mean", "supplier", "processor"]),
    below_detection: optional(read, "below_detection", ["refuse", "zero", "half_limit"]),
    missing_assay: optional(read, "missing_assay", ["refuse", "other_conclusive"]),
  };
  // Read silently, this older form would charge on a basis nobody named.
  if (read.has("umpire_cost_usd")) {
    read.refuse(
      "basis_missing",
      read.path("umpire_cost_usd"),
      'write it as "umpire_cost": {"amount", "basis": "per_element"}, in the agreement\'s currency',
    );
  }
  return rule;
}

function readLaboratories(read: FieldReader): NonNullable<AssayRule["laboratories"]> {
  const sides = ASSAY_PARTIES.filter((side) => read.has(side));
  return Object.fromEntries(sides.map((side) => [side, read.texts(side, LIST_LIMIT)]));
}

const readUmpireCost = (read: FieldReader): { amount: string; basis: "per_element" } => ({
  amount: read.decimal("amount", { min: "0" }),
  basis: read.choice("basis", ["per_element"], "basis_unknown"),
});

function readWithinLimit(read: FieldReader): AssayRule["when_within_limit"] {
  const given = read.raw("when_within_limit");
  if (typeof given !== "object" || given === null) return read.choice<"mean">("when_within_limit", ["mean"]);
  return {
    weight_supplier: read.object("when_within_limit").decimal("weight_supplier", { min: "0", max: "1" }),
  };
}

function readUmpireRule(read: FieldReader): UmpireRule {
  const number = read.count("umpire_rule", 1, UMPIRE_RULES.length);
  return UMPIRE_RULES[number - 1] ?? 1;
}

/** A choice that may be left out: the first of the list then holds, and the prose says so. */
const optional = <Choice extends string>(
  read: FieldReader,
  field: string,
  choices: readonly Choice[],
): Choice => (read.has(field) ? read.choice(field, choices) : (choices[0] as Choice));

function readRounding(read: FieldReader): RoundingTerms {
  const carry = read.choice("carry", ["unrounded", "each_step"]);
  const display = read.object("display");
  return {
    carry,
    display: {
      mass_kg: display.count("mass_kg", 0, PLACES_MAX),
      money: display.count("money", 0, PLACES_MAX),
      assay_pct: display.count("assay_pct", 0, PLACES_MAX),
      fraction: display.has("fraction") ? display.count("fraction", 0, PLACES_MAX) : 6,
    },
    mode: read.choice("mode", ["half_up", "half_even"]),
    trailing_zeros: optional(read, "trailing_zeros", ["drop", "keep"]),
  };
}

function readPenalty(read: FieldReader): PenaltyTerms {
  return {
    element: read.element("element"),
    splitting_limit_pct: read.decimal("splitting_limit_pct", PERCENT),
    threshold_pct: read.decimal("threshold_pct", PERCENT),
    increment_pct: read.decimal("increment_pct", { above: "0", max: "100" }),
    charge_per_t: read.decimal("charge_per_t"),
    basis: read.choice("basis", ["dry_feed", "wet_feed"], "basis_unknown"),
    counted: read.choice("counted", ["absolute", "pro_rata"]),
    ...(read.has("reject_above_pct") ? { reject_above_pct: read.decimal("reject_above_pct", PERCENT) } : {}),
  };
}

const readEffective = (read: FieldReader): Agreement["effective"] => ({
  from: read.day("from"),
  to: read.raw("to") === null ? null : read.day("to"),
});

function checkWhole(read: FieldReader, agreement: Agreement): void {
  const { supplier, processor } = agreement.parties;
  if (supplier !== "" && supplier === processor) {
    const message = `${supplier} is both supplier and processor: an agreement is between two parties`;
    read.refuse("one_party_alone", "parties.processor", message);
  }
  if (agreement.elements.length === 0) {
    read.refuse("field_missing", "elements", "an agreement settles at least one element");
  }
  const named = [
    ...agreement.elements.map((terms, i) => ({ element: terms.element, at: `elements[${i}].element` })),
    ...agreement.penalties.map((terms, i) => ({ element: terms.element, at: `penalties[${i}].element` })),
  ];
  const seen = new Set<string>();
  for (const { element, at } of named) {
    if (seen.has(element)) read.refuse("element_repeated", at, `${element} has its terms already`);
    seen.add(element);
  }
  const { from, to } = agreement.effective;
  if (to !== null && to < from) {
    read.refuse("dates_reversed", "effective.to", `the agreement ends on ${to}, before it begins on ${from}`);
  }
}
