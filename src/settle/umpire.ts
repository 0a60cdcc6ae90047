import { assert } from "../quantity/index.ts";
import { Decimal, divide, sumOf } from "./decimals.ts";

/** The umpire rules in trade use, by number (SPEC S10). */
export const UMPIRE_RULES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type UmpireRule = (typeof UMPIRE_RULES)[number];

/** One sentence per rule, as the agreement prints it. */
export const UMPIRE_RULE_TEXT: Readonly<Record<UmpireRule, string>> = {
  1: "the middle one of the three assays is final",
  2: "the umpire's assay is final",
  3: "the mean of the three assays is final",
  4: "the umpire's assay is final when it lies between the parties' assays or equals one, otherwise the middle one of the three",
  5: "between the parties' assays, the mean of the umpire's and the nearer one is final; outside them, the middle one of the three",
  6: "the mean of the umpire's assay and the nearer one is final",
  7: "between the parties' assays, the mean of the umpire's and the nearer one is final; outside them, the umpire's",
  8: "between the parties' assays, the mean of the umpire's and the nearer one is final; outside them, the nearer party's",
  9: "the mean of the umpire's assay and the nearer one is final, wherever the umpire's lies",
};

/** Which assays the final one is made of; the statement prints its arithmetic from this. */
export type FinalFrom =
  | "supplier"
  | "processor"
  | "umpire"
  | "mean_of_umpire_and_supplier"
  | "mean_of_umpire_and_processor"
  | "mean_of_three";

export interface ThreeAssays {
  readonly supplier_pct: Decimal;
  readonly processor_pct: Decimal;
  readonly umpire_pct: Decimal;
}

type Nearer = "supplier" | "processor" | "neither";

/** The party whose assay is nearer to the umpire's; neither, at the same distance. */
export function nearerParty(assays: ThreeAssays): Nearer {
  const to_supplier = assays.supplier_pct.minus(assays.umpire_pct).abs();
  const to_processor = assays.processor_pct.minus(assays.umpire_pct).abs();
  if (to_supplier.eq(to_processor)) return "neither";
  return to_supplier.lt(to_processor) ? "supplier" : "processor";
}

/** Who bears the umpire's cost: the party further from the umpire, both at the same distance (SPEC S12). */
export function umpirePaidBy(assays: ThreeAssays): "supplier" | "processor" | "shared" {
  const nearer = nearerParty(assays);
  if (nearer === "neither") return "shared";
  return nearer === "supplier" ? "processor" : "supplier";
}

/**
 * Applies one of the nine rules. At the exact mean of the parties nobody is nearer, and the umpire's own figure
 * stands for every rule that would ask for the nearer party (SPEC S11).
 */
export function applyUmpireRule(
  rule: UmpireRule,
  assays: ThreeAssays,
): { final_pct: Decimal; from: FinalFrom } {
  const from = finalFrom(rule, assays);
  return { from, final_pct: finalValue(from, assays) };
}

function finalFrom(rule: UmpireRule, assays: ThreeAssays): FinalFrom {
  const low = Decimal.min(assays.supplier_pct, assays.processor_pct);
  const high = Decimal.max(assays.supplier_pct, assays.processor_pct);
  const outside = assays.umpire_pct.lt(low) || assays.umpire_pct.gt(high);
  // Parties that agree are both the nearer one: either stands for the two. Only the exact mean has no nearer party.
  const nearer = low.eq(high) ? "supplier" : nearerParty(assays);
  // Outside the parties' assays the middle one of the three is the nearer party's; inside it is the umpire's.
  const middle: FinalFrom = outside && nearer !== "neither" ? nearer : "umpire";
  const withNearer: FinalFrom = nearer === "neither" ? "umpire" : `mean_of_umpire_and_${nearer}`;
  switch (rule) {
    case 1:
    case 4:
      return middle;
    case 2:
      return "umpire";
    case 3:
      return "mean_of_three";
    case 5:
    case 8:
      return outside ? middle : withNearer;
    case 6:
    case 9:
      return withNearer;
    case 7:
      return outside ? "umpire" : withNearer;
  }
}

function finalValue(from: FinalFrom, assays: ThreeAssays): Decimal {
  const { supplier_pct, processor_pct, umpire_pct } = assays;
  const meanOf = (...values: Decimal[]) => divide(sumOf(values), new Decimal(values.length));
  switch (from) {
    case "supplier":
      return supplier_pct;
    case "processor":
      return processor_pct;
    case "umpire":
      return umpire_pct;
    case "mean_of_umpire_and_supplier":
      return meanOf(umpire_pct, supplier_pct);
    case "mean_of_umpire_and_processor":
      return meanOf(umpire_pct, processor_pct);
    case "mean_of_three":
      return meanOf(supplier_pct, processor_pct, umpire_pct);
  }
}

/** Split or umpire, in exact decimals: a difference not exceeding the limit splits (SPEC S9). */
export function decideSplit(
  supplier_pct: Decimal,
  processor_pct: Decimal,
  limit_pct: Decimal,
): {
  readonly difference_pct: Decimal;
  readonly decision: "split" | "umpire";
} {
  assert(!limit_pct.isNegative(), "a splitting limit is not negative");
  const difference_pct = supplier_pct.minus(processor_pct).abs();
  return { difference_pct, decision: difference_pct.lte(limit_pct) ? "split" : "umpire" };
}
