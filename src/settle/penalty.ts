import { done, type Result, refuse } from "../quantity/index.ts";
import { type Calculation, constant, evaluate, figure, minus, over, roundUp } from "./arithmetic.ts";
import { Decimal, decimalText, parseDecimal } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { SettleRefusal } from "./refusals.ts";

export type PenaltyCount = "absolute" | "pro_rata";

interface Scale {
  readonly threshold_pct: string;
  readonly increment_pct: string;
  readonly counted: PenaltyCount;
}

/** Steps of an impurity above its threshold: every step begun, or in proportion; zero at or below it (SPEC S24). */
export function penaltySteps(assay: Calculation, terms: Scale): Calculation {
  if (evaluate(assay).lte(terms.threshold_pct)) return constant("0");
  const steps = over(minus(assay, constant(terms.threshold_pct)), constant(terms.increment_pct));
  // Counted in decimals: in binary floats three whole steps of 0.1 come out as a little more, and would be charged as four.
  return terms.counted === "absolute" ? roundUp(steps) : steps;
}

export interface PenaltyScale extends Scale {
  readonly assay_pct: string;
  /** Money per step and unit of the charge's basis. */
  readonly charge: string;
}

/** Penalty per unit of the charge's basis: steps times the charge. */
export function penaltyRate(given: PenaltyScale): Result<string, SettleRefusal> {
  const read = new FieldReader(given);
  const scale = {
    threshold_pct: read.decimal("threshold_pct", { min: "0", max: "100" }),
    increment_pct: read.decimal("increment_pct", { above: "0", max: "100" }),
    counted: read.choice("counted", ["absolute", "pro_rata"]),
  };
  const assay = new Decimal(read.decimal("assay_pct", { min: "0", max: "100" }));
  const charge = read.decimal("charge");
  if (read.refusal) return { ok: false, refusal: read.refusal };
  return done(decimalText(evaluate(penaltySteps(figure(assay), scale)).times(charge)));
}

export interface ImpurityTier {
  readonly up_to_pct: string;
  readonly charge: string;
}

/** Slab charge: that of the first tier whose upper bound is not below the assay; above the last the lot is refused (SPEC S32). */
export function tierCharge(tiers: readonly ImpurityTier[], assay_pct: string): Result<string, SettleRefusal> {
  const assay = parseDecimal(assay_pct);
  if (!assay || assay.isNegative())
    return refuse("field_unreadable", "assay_pct", `"${assay_pct}" is not an assay`);
  let last = new Decimal(-1);
  for (const [i, tier] of tiers.entries()) {
    const bound = parseDecimal(tier.up_to_pct);
    if (!bound?.gt(last) || !parseDecimal(tier.charge)) {
      return refuse(
        "field_unreadable",
        `tiers[${i}]`,
        "a tier has a decimal charge and a bound above the one before it",
      );
    }
    if (assay.lte(bound)) return done(tier.charge);
    last = bound;
  }
  return refuse("lot_rejected", "assay_pct", `${assay_pct} % is above the last tier: the lot is refused`);
}
