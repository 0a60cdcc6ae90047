import { z } from "zod";
import { TOLL_BASES, UMPIRE_RULE_TEXT, UMPIRE_RULES } from "../settle/index.ts";
import {
  ElementSymbol,
  inUnit,
  OxideFormula,
  PartyName,
  SpecificationName,
  saying,
  titled,
} from "./identifiers.ts";

/** Decimal text in percentage points: no binary float stands between what was agreed and what is settled. */
const percent = (says: string) => inUnit(z.string(), "%").describe(says);

/** A choice whose options read as sentences, not as codes. */
const told = (options: readonly (readonly [code: string | number, title: string])[]) =>
  z.union(
    options.map(([code, title]) => z.literal(code).meta({ title })) as unknown as [
      z.ZodLiteral,
      z.ZodLiteral,
    ],
  );

const TOLL_TITLES: Readonly<Record<(typeof TOLL_BASES)[number], string>> = {
  returned_oxide: "the oxide to return",
  dry_feed: "dry feed",
  wet_feed: "feed as received",
  contained_metal: "metal in the feed",
};

const FEED_BASIS = told([
  ["dry_feed", "dry feed"],
  ["wet_feed", "feed as received"],
]);

const ElementTerms = z.strictObject({
  element: ElementSymbol(z.string()).describe("its symbol, such as Nd"),
  oxide: OxideFormula(z.string()).describe("the oxide that comes back, such as Nd2O3"),
  splitting_limit_pct: percent("how far the assays may differ before an umpire is asked"),
  guaranteed_recovery_pct: percent("the share of the contained oxide that comes back whatever is recovered"),
  payable_pct: percent("the share of the content that counts; all of it where left out").optional(),
  minimum_content: z
    .object({
      amount: z.string(),
      basis: told([
        ["assay_pct", "% by assay"],
        ["contained_metal_kg", "kg of the metal"],
      ]),
    })
    .optional()
    .describe("below this nothing comes back"),
  specification: SpecificationName(z.string())
    .optional()
    .describe("what the certificate of analysis of returned oxide has to meet, such as 4N"),
});

const PenaltyTerms = z.strictObject({
  element: ElementSymbol(z.string()).describe("the impurity"),
  splitting_limit_pct: percent("how far the assays may differ before an umpire is asked"),
  threshold_pct: percent("free up to this"),
  increment_pct: percent("charged for every"),
  charge_per_t: titled(z.string(), "charge per tonne").describe("in the agreement's currency, per tonne"),
  basis: FEED_BASIS,
  counted: told([
    ["absolute", "each step begun"],
    ["pro_rata", "in proportion"],
  ]),
  reject_above_pct: percent("the lot is refused above this").optional(),
});

const Named = z.array(PartyName(z.string())).min(1).max(100).optional();

const AssayRule = z.strictObject({
  final_assay: told([
    ["supplier", "the supplier's"],
    ["processor", "the processor's"],
  ])
    .optional()
    .describe("whose assay is final without any comparison; neither's where left out"),
  joint_laboratory: PartyName(z.string())
    .optional()
    .describe("one laboratory that both name; each its own where left out"),
  laboratories: z
    .strictObject({ supplier: Named, processor: Named, umpire: Named })
    .optional()
    .describe("who may measure for a side; any laboratory where left out"),
  when_within_limit: z
    .union([
      z.literal("mean").meta({ title: "the mean of the two assays" }),
      z
        .object({ weight_supplier: z.string().describe("the supplier's share, 0 to 1") })
        .meta({ title: "a weighted mean" }),
    ])
    .describe("where the assays differ by no more than the limit"),
  umpire_rule: told(UMPIRE_RULES.map((rule) => [rule, `${rule}: ${UMPIRE_RULE_TEXT[rule]}`])),
  umpire_cost: z
    .object({ amount: z.string().describe("for each element"), basis: z.literal("per_element") })
    .optional(),
  provisional_assay: told([
    ["lower", "the lower of the two"],
    ["mean", "the mean of the two"],
    ["supplier", "the supplier's"],
    ["processor", "the processor's"],
  ])
    .optional()
    .describe("until the umpire reports; the lower where left out"),
  below_detection: told([
    ["refuse", "is not settled on"],
    ["zero", "counts as zero"],
    ["half_limit", "counts as half the limit"],
  ])
    .optional()
    .describe("an assay below detection is not settled on where left out"),
  missing_assay: told([
    ["refuse", "holds up the settlement"],
    ["other_conclusive", "leaves the other's result"],
  ])
    .optional()
    .describe("a party without an assay holds up the settlement where left out"),
});

const places = z.int().min(0).max(12);
const Rounding = z.strictObject({
  carry: told([
    ["unrounded", "carried unrounded"],
    ["each_step", "rounded at each step"],
  ]),
  display: z
    .object({
      mass_kg: inUnit(places, "kg"),
      money: places,
      assay_pct: inUnit(places, "%"),
      fraction: places.optional(),
    })
    .describe("decimal places shown"),
  mode: told([
    ["half_up", "half away from zero"],
    ["half_even", "half to even"],
  ]),
  trailing_zeros: told([
    ["drop", "not printed"],
    ["keep", "printed"],
  ]).optional(),
});

/** What `readAgreement` reads, in the order in which people agree on it. */
const Terms = z.strictObject({
  id: saying(z.string(), { "x-names": "agreement" }).describe("its number, such as A-2026-01"),
  title: z.string(),
  kind: z.literal("toll"),
  parties: z.strictObject({ supplier: PartyName(z.string()), processor: PartyName(z.string()) }),
  effective: z.strictObject({
    from: z.iso.date(),
    to: z.union([z.iso.date(), z.null()]).describe("empty while no end is agreed"),
  }),
  currency: z.string().describe("a code such as USD"),
  basis: z.literal("dry"),
  elements: z.array(ElementTerms).min(1).max(100),
  toll: z.strictObject({
    amount_per_kg: z.string().describe("in the agreement's currency, per kg"),
    basis: told(TOLL_BASES.map((basis) => [basis, TOLL_TITLES[basis]])),
  }),
  assay_rule: AssayRule,
  penalties: z.array(PenaltyTerms).max(100).optional(),
  provisional_pct: percent("the share of the charges a provisional statement asks for").optional(),
  moisture_limit_pct: percent(
    "how far the laboratories' moistures may differ before an umpire is asked; a percentage point, or more where they are not that sure, where left out",
  ).optional(),
  rounding: Rounding,
});

const { $schema: _, additionalProperties: __, ...published } = z.toJSONSchema(Terms, { io: "input" });

/**
 * The terms of an agreement. The contract publishes them precisely, so that a form is made from it; the settle room alone
 * judges them, so that whatever is wrong is refused by its clause.
 */
export const AgreementTerms = z.record(z.string(), z.unknown()).meta(published);
