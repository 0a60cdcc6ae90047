import { done, type Result, refuse } from "../quantity/index.ts";
import { Decimal, decimalText, parseDecimal, type RoundingMode, roundTo } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { SettleRefusal } from "./refusals.ts";

const PERCENT = { min: "0", max: "100" } as const;
const FRACTION = { min: "0", max: "1" } as const;

/** Payable grade where a share is paid subject to a minimum deduction: whichever pays less, never below zero (SPEC S30). */
export function payableGrade(given: {
  readonly assay_pct: string;
  readonly payable_pct: string;
  readonly deduction_pct: string;
}): Result<string, SettleRefusal> {
  const read = new FieldReader(given);
  const assay = new Decimal(read.decimal("assay_pct", PERCENT));
  const by_share = assay.times(read.decimal("payable_pct", PERCENT)).div(100);
  const by_deduction = assay.minus(read.decimal("deduction_pct", PERCENT));
  if (read.refusal) return { ok: false, refusal: read.refusal };
  return done(decimalText(Decimal.max(0, Decimal.min(by_share, by_deduction))));
}

/** Payable mass, in the unit of the feed: feed x grade / 100 x recovery x payability, the last two as fractions. */
export function payableMass(given: {
  readonly feed: string;
  readonly grade_pct: string;
  readonly recovery_fraction: string;
  readonly payable_fraction: string;
}): Result<string, SettleRefusal> {
  const read = new FieldReader(given);
  const feed = new Decimal(read.decimal("feed", { min: "0" }));
  const contained = feed.times(read.decimal("grade_pct", PERCENT)).div(100);
  const recovered = contained.times(read.decimal("recovery_fraction", FRACTION));
  const payable = recovered.times(read.decimal("payable_fraction", FRACTION));
  return read.refusal ? { ok: false, refusal: read.refusal } : done(decimalText(payable));
}

/** A grade band, both ends included; `to` null above. Grades in whatever unit the schedule is printed in. */
export interface GradeBand {
  readonly from: string;
  readonly to: string | null;
  readonly payable_pct: string;
}

/**
 * The payable share of a grade. Schedules are printed to a few places and leave gaps between their bands: a grade in a gap is refused,
 * unless the agreement says to how many places the grade is rounded first (SPEC S31).
 */
export function payableByBand(
  bands: readonly GradeBand[],
  grade: string,
  rounded?: { readonly places: number; readonly mode: RoundingMode },
): Result<string, SettleRefusal> {
  const exact = parseDecimal(grade);
  if (!exact || exact.isNegative()) return refuse("field_unreadable", "grade", `"${grade}" is not a grade`);
  const looked_up = rounded ? roundTo(exact, rounded.places, rounded.mode) : exact;
  let below_all = true;
  for (const [i, band] of bands.entries()) {
    const from = parseDecimal(band.from);
    const to = band.to === null ? null : parseDecimal(band.to);
    if (!from || to === undefined || !parseDecimal(band.payable_pct)) {
      return refuse(
        "field_unreadable",
        `bands[${i}]`,
        "a band has decimals from, to (or null) and payable_pct",
      );
    }
    if (looked_up.gte(from) && (to === null || looked_up.lte(to))) return done(band.payable_pct);
    below_all &&= looked_up.lt(from);
  }
  if (below_all)
    return refuse("grade_below_bands", "grade", `${grade} is below the first band: nothing is payable`);
  const why = "the agreement has to say to how many places a grade is rounded";
  return refuse("grade_between_bands", "grade", `${grade} lies in no printed band: ${why}`);
}
