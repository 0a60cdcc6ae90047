import type { AssayRule } from "./agreement.ts";
import { Decimal } from "./decimals.ts";
import type { AssayParty } from "./parties.ts";
import type { ElementOutcome } from "./statement.ts";
import { applyUmpireRule, type FinalFrom } from "./umpire.ts";

export type FinalWeights = Readonly<Partial<Record<AssayParty, number>>>;

const FROM: Readonly<Record<FinalFrom, FinalWeights>> = {
  supplier: { supplier: 1 },
  processor: { processor: 1 },
  umpire: { umpire: 1 },
  mean_of_umpire_and_supplier: { umpire: 1 / 2, supplier: 1 / 2 },
  mean_of_umpire_and_processor: { umpire: 1 / 2, processor: 1 / 2 },
  mean_of_three: { supplier: 1 / 3, processor: 1 / 3, umpire: 1 / 3 },
};

/** Whose assays the one that settles is made of, and how much of each (S41): the agreed content errs as they do. */
export function finalWeights(
  { status, umpire_rule }: Pick<ElementOutcome, "status" | "umpire_rule">,
  rule: AssayRule,
  assays_pct: { readonly [P in AssayParty]?: number | undefined },
): FinalWeights {
  const { supplier, processor, umpire } = assays_pct;
  if (supplier === undefined || processor === undefined)
    return supplier === undefined ? { processor: 1 } : { supplier: 1 };
  if (status === "final_by_terms" && rule.final_assay) return { [rule.final_assay]: 1 };
  if (status === "umpire_due") return supplier <= processor ? { supplier: 1 } : { processor: 1 };
  if (status === "umpire_applied" && umpire !== undefined) {
    const three = {
      supplier_pct: new Decimal(supplier),
      processor_pct: new Decimal(processor),
      umpire_pct: new Decimal(umpire),
    };
    return FROM[applyUmpireRule(umpire_rule ?? rule.umpire_rule, three).from];
  }
  const when = rule.when_within_limit;
  const weight = status === "split" && when !== "mean" ? Number(when.weight_supplier) : 1 / 2;
  return { supplier: weight, processor: 1 - weight };
}
