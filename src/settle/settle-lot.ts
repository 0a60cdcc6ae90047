import { ATOMIC_WEIGHTS, type Element, readFormula } from "../chemistry/index.ts";
import { assert, digestOf, done, type Result, refuse } from "../quantity/index.ts";
import { type Agreement, type ElementTerms, readAgreement } from "./agreement.ts";
import { type Calculation, constant, minus, over, plus, times } from "./arithmetic.ts";
import { writeCharges } from "./charges.ts";
import { Decimal, decimalText, sumOf } from "./decimals.ts";
import { settleAssay } from "./final-assay.ts";
import { LineBook } from "./line-book.ts";
import { type ElementReadings, type LotInput, type LotReadings, readLot } from "./lot-reading.ts";
import { moistureNotes, writeMoistureDispute } from "./moisture.ts";
import type { SettleRefusal } from "./refusals.ts";
import {
  type SettledBefore,
  settledNotes,
  toSettleLine,
  writeToSettle,
  writeWeightsToSettle,
} from "./settled-before.ts";
import { type ElementOutcome, type Statement, sealStatement } from "./statement.ts";

/**
 * Settles one lot under a toll agreement: dry weight, final assays, metal, oxide to return, toll and penalties, each line with its arithmetic.
 *
 * Masses in kg, assays in percent, money in the agreement's currency, all as decimal text. An umpire that is due and has not reported
 * makes the statement provisional (SPEC S13). Refused: an agreement, weight or assay that cannot be settled on, by the name of its field.
 */
export function settleLot(input: LotInput): Result<Statement, SettleRefusal> {
  const agreed = readAgreement(input?.agreement);
  if (!agreed.ok) {
    const { code, at, message } = agreed.refusal;
    return refuse(code, at === "input" ? "agreement" : `agreement.${at}`, message);
  }
  const agreement = agreed.value;
  const lot = readLot(input, agreement);
  if (!lot.ok) return lot;

  const book = new LineBook(agreement.rounding);
  const { moisture_dispute } = input;
  const moistureWaits = moisture_dispute?.status === "umpire_due";
  writeMoistureDispute(book, moisture_dispute);
  writeDryWeight(book, lot.value);
  const { settled_before = [] } = input;
  const outcomes = writeElements(book, agreement, { ...lot.value, settled_before });
  const refusal = checkOutcomes(agreement, outcomes);
  if (refusal) return { ok: false, refusal };
  writeTotals(book, agreement);
  const partly = settled_before.length > 0;
  if (partly) {
    const toSettle = outcomes.flatMap(({ element, oxide }) =>
      oxide ? [toSettleLine(element, settled_before)] : [],
    );
    if (toSettle.every((id) => book.valueOf(id).isZero())) return allSettled(settled_before);
    writeWeightsToSettle(book, toSettle);
  }
  const provisional = moistureWaits || outcomes.some(isWaiting);
  const charges = writeCharges(book, agreement, { outcomes, provisional, partly });
  return done(
    sealStatement({
      kind: "settlement_statement",
      agreement: { id: agreement.id, title: agreement.title, digest: digestOf(agreement) },
      ...(input.agreement_version === undefined ? {} : { agreement_version: input.agreement_version }),
      parties: agreement.parties,
      lot: lot.value.lot,
      currency: agreement.currency,
      status: provisional ? "provisional" : "final",
      revision: 1,
      supersedes: null,
      umpire_due: [
        ...outcomes.filter(isWaiting).map((outcome) => outcome.element),
        ...(moistureWaits ? ["moisture"] : []),
      ],
      elements: outcomes,
      lines: book.lines,
      ...charges,
      notes: [
        ...lot.value.notes,
        ...moistureNotes(moisture_dispute),
        ...settledNotes(settled_before),
        ...umpireNotes(outcomes, lot.value),
      ],
    }),
  );
}

const isWaiting = (outcome: ElementOutcome): boolean => outcome.status === "umpire_due";

function writeDryWeight(book: LineBook, lot: LotReadings): void {
  const wet = { id: "net_wet", label: "Net weight as received", unit: "kg" };
  book.given(wet, "measured", new Decimal(lot.net_wet_kg), lot.net_wet_kg);
  const moisture = { id: "moisture", label: "Moisture", unit: "%" };
  book.given(moisture, "measured", new Decimal(lot.moisture_pct), lot.moisture_pct);
  const dryPart = minus(constant("1"), over(constant(lot.moisture_pct), constant("100")));
  book.computed(
    { id: "dry_weight", label: "Dry weight", unit: "kg", shown: "mass_kg" },
    times(book.figureOf("net_wet"), dryPart),
    ["net_wet", "moisture"],
  );
}

type ToWrite = LotReadings & { readonly settled_before: readonly SettledBefore[] };

const allSettled = (settled: readonly SettledBefore[]) =>
  refuse(
    "already_settled",
    "settled_before",
    `all of its metal is settled already, in ${[...new Set(settled.map(({ lot }) => lot))].join(", ")}`,
  );

function writeElements(book: LineBook, agreement: Agreement, lot: ToWrite): ElementOutcome[] {
  const readingsOf = (element: string): ElementReadings => {
    const readings = lot.assays.get(element);
    assert(readings, "every settled element was read");
    return readings;
  };
  const returned = agreement.elements.map((terms) => {
    const outcome = settleAssay(book, agreement, { ...terms, readings: readingsOf(terms.element) });
    const returnable_oxide_kg = decimalText(writeOxide(book, terms, lot.settled_before));
    return { ...outcome, oxide: terms.oxide, returnable_oxide_kg };
  });
  const penalised = agreement.penalties.map((terms) =>
    settleAssay(book, agreement, { ...terms, readings: readingsOf(terms.element) }),
  );
  return [...returned, ...penalised];
}

/** From the final assay to the oxide to return (SPEC S19); its mass in kg. */
function writeOxide(book: LineBook, terms: ElementTerms, settled: readonly SettledBefore[]): Decimal {
  const { element, oxide } = terms;
  const id = (name: string) => `${element}.${name}`;
  book.computed(
    { id: id("contained_metal"), label: `${element}: contained metal`, unit: "kg", shown: "mass_kg" },
    over(times(book.figureOf("dry_weight"), book.figureOf(id("final_assay"))), constant("100")),
    ["dry_weight", id("final_assay")],
  );
  const toSettle = writeToSettle(book, element, settled);
  const held = toSettle === id("contained_metal") ? "contained" : "to settle here";
  book.computed(
    {
      id: id("metal_fraction"),
      label: `${element}: metal fraction of ${oxide}`,
      unit: "",
      shown: "fraction",
    },
    metalFraction(oxide, element as Element),
    [],
  );
  book.computed(
    { id: id("contained_oxide"), label: `${element}: ${held}, as ${oxide}`, unit: "kg", shown: "mass_kg" },
    over(book.figureOf(toSettle), book.figureOf(id("metal_fraction"))),
    [toSettle, id("metal_fraction")],
  );
  return writeReturnable(book, terms);
}

function writeReturnable(book: LineBook, terms: ElementTerms): Decimal {
  const { element, oxide } = terms;
  const id = (name: string) => `${element}.${name}`;
  const term = (name: string, label: string, text: string) =>
    book.given({ id: id(name), label: `${element}: ${label}`, unit: "%" }, "term", new Decimal(text), text);
  const line = {
    id: id("returnable_oxide"),
    label: `${element}: returnable ${oxide}`,
    unit: "kg",
    shown: "mass_kg",
  } as const;
  const minimum = terms.minimum_content;
  if (minimum) {
    const measured = id(minimum.basis === "assay_pct" ? "final_assay" : "contained_metal");
    const short = book.valueOf(measured).lt(minimum.amount);
    const unit = minimum.basis === "assay_pct" ? "%" : "kg";
    const figure = decimalText(book.valueOf(measured));
    book.decided({
      id: id("minimum_content"),
      label: `${element}: minimum content`,
      value: short ? "below_minimum" : "minimum_reached",
      why: `${figure} ${unit} ${short ? "is below" : "reaches"} ${minimum.amount} ${unit}`,
      inputs: [measured],
    });
    if (short) return book.computed(line, constant("0"), [id("minimum_content")]);
  }
  term("recovery", "guaranteed recovery", terms.guaranteed_recovery_pct);
  const recovered = (of: Calculation) =>
    over(times(of, constant(terms.guaranteed_recovery_pct)), constant("100"));
  const contained = book.figureOf(id("contained_oxide"));
  const inputs = [id("contained_oxide"), id("recovery")];
  if (new Decimal(terms.payable_pct).eq(100)) return book.computed(line, recovered(contained), inputs);
  term("payable", "payable share", terms.payable_pct);
  const payable = over(times(contained, constant(terms.payable_pct)), constant("100"));
  return book.computed(line, recovered(payable), [...inputs, id("payable")]);
}

/** The metal's part of the oxide's molar mass, as arithmetic on standard atomic weights. */
function metalFraction(oxide: string, metal: Element): Calculation {
  const atoms = readFormula(oxide);
  assert(atoms.ok, "the oxide of an agreement was read");
  const massOf = (element: Element, count: number): Calculation => {
    const weight = constant(ATOMIC_WEIGHTS[element]);
    return count === 1 ? weight : times(constant(String(count)), weight);
  };
  const parts = [...atoms.value].map(([element, count]) => massOf(element, count));
  return over(massOf(metal, atoms.value.get(metal) ?? 0), plus(...parts));
}

function writeTotals(book: LineBook, agreement: Agreement): void {
  for (const [name, label] of [
    ["contained_metal", "Contained metal, all elements"],
    ["contained_oxide", "Contained oxide, all elements"],
    ["returnable_oxide", "Returnable oxide, all elements"],
  ] as const) {
    const parts = agreement.elements.map((terms) => `${terms.element}.${name}`);
    book.total({ id: `total.${name}`, label, unit: "kg", shown: "mass_kg" }, parts);
  }
}

function checkOutcomes(agreement: Agreement, outcomes: readonly ElementOutcome[]): SettleRefusal | undefined {
  const total = sumOf(outcomes.map((outcome) => new Decimal(outcome.final_pct)));
  if (total.gt(100)) {
    const message = `the final assays add up to ${decimalText(total)} %`;
    return { code: "assays_above_hundred", at: "assays", message };
  }
  for (const penalty of agreement.penalties) {
    const found = outcomes.find((outcome) => outcome.element === penalty.element);
    const limit = penalty.reject_above_pct;
    if (limit !== undefined && found && !isWaiting(found) && new Decimal(found.final_pct).gt(limit)) {
      const message = `${penalty.element} at ${found.final_pct} % is above ${limit} %: the agreement refuses the lot`;
      return { code: "lot_rejected", at: `assays.${penalty.element}`, message };
    }
  }
  return undefined;
}

function umpireNotes(outcomes: readonly ElementOutcome[], lot: LotReadings): string[] {
  return outcomes.flatMap(({ element, status }) => {
    if (status === "umpire_due")
      return [`${element}: an umpire is due; this statement is provisional until it reports.`];
    const unused = status !== "umpire_applied" && lot.assays.get(element)?.umpire !== undefined;
    return unused ? [`${element}: the umpire's assay was not needed and was not used.`] : [];
  });
}
