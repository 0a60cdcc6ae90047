import { done, type Result } from "../quantity/index.ts";
import { Decimal, decimalText } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { SettleRefusal } from "./refusals.ts";

export interface TakeOrPayTerms {
  /** Units to be tendered in each period. */
  readonly minimum: string;
  readonly fee_per_unit: string;
  /** Periods after the payment in which its credit can be used. */
  readonly credit_periods_count: number;
}

export interface TakeOrPayPeriod {
  readonly period: number;
  readonly deficiency_paid: string;
  readonly surplus_fee: string;
  readonly credit_used: string;
  readonly credit_expired: string;
  readonly credit_left: string;
}

export interface TakeOrPayInput {
  readonly terms: TakeOrPayTerms;
  readonly tendered: readonly { readonly units: string; readonly excused?: boolean }[];
}

/** A century of months: longer than any agreement. */
const PERIODS_MAX = 1200;

interface Credit {
  readonly last_period: number;
  left: Decimal;
}

/**
 * Deficiency payments and the credit they earn, period by period (SPEC S33). A period excused by outage or force majeure owes nothing.
 * Credit is used oldest first against fees on volume above the minimum, and expires after its last period.
 */
export function takeOrPay(given: TakeOrPayInput): Result<TakeOrPayPeriod[], SettleRefusal> {
  const read = new FieldReader(given);
  const agreed = read.object("terms");
  const terms = {
    minimum: agreed.decimal("minimum", { min: "0" }),
    fee_per_unit: agreed.decimal("fee_per_unit", { min: "0" }),
    credit_periods_count: agreed.count("credit_periods_count", 0, PERIODS_MAX),
  };
  const tendered = read.list("tendered", PERIODS_MAX).map((period) => ({
    units: period.decimal("units", { min: "0" }),
    excused: period.has("excused") && period.flag("excused"),
  }));
  return read.refusal ? { ok: false, refusal: read.refusal } : done(runPeriods(terms, tendered));
}

function runPeriods(
  terms: TakeOrPayTerms,
  tendered: readonly { readonly units: string; readonly excused: boolean }[],
): TakeOrPayPeriod[] {
  let credits: Credit[] = [];
  return tendered.map(({ units, excused }, i) => {
    const period = i + 1;
    const above = new Decimal(units).minus(terms.minimum);
    const fee = above.abs().times(terms.fee_per_unit);
    const deficiency = above.isNegative() && !excused ? fee : new Decimal(0);
    const surplus = above.isPositive() ? fee : new Decimal(0);
    const used = useOldest(credits, surplus);
    if (deficiency.gt(0))
      credits.push({ last_period: period + terms.credit_periods_count, left: deficiency });
    const expired = leftIn(credits.filter((credit) => credit.last_period <= period));
    credits = credits.filter((credit) => credit.last_period > period && credit.left.gt(0));
    return {
      period,
      deficiency_paid: decimalText(deficiency),
      surplus_fee: decimalText(surplus),
      credit_used: decimalText(used),
      credit_expired: decimalText(expired),
      credit_left: decimalText(leftIn(credits)),
    };
  });
}

const leftIn = (credits: readonly Credit[]): Decimal =>
  credits.reduce((total, credit) => total.plus(credit.left), new Decimal(0));

function useOldest(credits: readonly Credit[], surplus: Decimal): Decimal {
  let open = surplus;
  for (const credit of credits) {
    const taken = Decimal.min(open, credit.left);
    credit.left = credit.left.minus(taken);
    open = open.minus(taken);
  }
  return surplus.minus(open);
}
