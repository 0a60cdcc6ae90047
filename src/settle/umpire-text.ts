import { done, type Result } from "../quantity/index.ts";
import { Decimal, decimalText } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { SettleRefusal } from "./refusals.ts";
import { applyUmpireRule, decideSplit, type FinalFrom, UMPIRE_RULES, umpirePaidBy } from "./umpire.ts";

const PERCENT = { min: "0", max: "100" } as const;

export interface TwoAssays {
  readonly supplier_pct: string;
  readonly processor_pct: string;
  readonly splitting_limit_pct: string;
}

/** Whether two assays split or go to the umpire, and the mean when they split (SPEC S9). */
export function splitAssays(given: TwoAssays): Result<
  {
    readonly difference_pct: string;
    readonly decision: "split" | "umpire";
    readonly final_pct: string | null;
  },
  SettleRefusal
> {
  const read = new FieldReader(given);
  const supplier = new Decimal(read.decimal("supplier_pct", PERCENT));
  const processor = new Decimal(read.decimal("processor_pct", PERCENT));
  const limit = new Decimal(read.decimal("splitting_limit_pct", PERCENT));
  if (read.refusal) return { ok: false, refusal: read.refusal };
  const { difference_pct, decision } = decideSplit(supplier, processor, limit);
  const final_pct = decision === "split" ? decimalText(supplier.plus(processor).div(2)) : null;
  return done({ difference_pct: decimalText(difference_pct), decision, final_pct });
}

export interface UmpiredAssays {
  readonly umpire_rule: number;
  readonly supplier_pct: string;
  readonly processor_pct: string;
  readonly umpire_pct: string;
}

/** The final assay by one of the nine rules, what it was made of, and who bears the umpire's cost (SPEC S10 to S12). */
export function settleByUmpire(given: UmpiredAssays): Result<
  {
    readonly final_pct: string;
    readonly from: FinalFrom;
    readonly umpire_paid_by: "supplier" | "processor" | "shared";
  },
  SettleRefusal
> {
  const read = new FieldReader(given);
  const rule = UMPIRE_RULES[read.count("umpire_rule", 1, UMPIRE_RULES.length) - 1] ?? 1;
  const assays = {
    supplier_pct: new Decimal(read.decimal("supplier_pct", PERCENT)),
    processor_pct: new Decimal(read.decimal("processor_pct", PERCENT)),
    umpire_pct: new Decimal(read.decimal("umpire_pct", PERCENT)),
  };
  if (read.refusal) return { ok: false, refusal: read.refusal };
  const { final_pct, from } = applyUmpireRule(rule, assays);
  return done({ final_pct: decimalText(final_pct), from, umpire_paid_by: umpirePaidBy(assays) });
}
