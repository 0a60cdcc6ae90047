import { fractionRead, partsUnknown, readingValue } from "../ledger/index.ts";
import { combine, inHalves, type Measured, readingOf } from "../quantity/index.ts";
import type { Sample, Side } from "./sample.ts";
import { samplingDoubt } from "./sampling.ts";

/** A content as a fraction; `below` where it rests on a "less than". */
export type Fraction = Measured & { readonly below?: true };

const SHARED_BY_PORTIONS = "sample:";

/**
 * What a side reported of an element, as a fraction of the dry lot. It errs by itself, with how its portion was divided off; with all
 * readings of its laboratory's method; and with all portions of the sample by what the sample is from its lot (Y19, Y20).
 */
export function fractionReported(sample: Sample, side: Side, element: string): Fraction | undefined {
  const report = sample.reports[side];
  const reading = report?.mg_per_kg[element];
  const value = reading && readingValue(reading);
  if (!report || !reading || !value) return undefined;
  const own = `${sample.sample}/${side}/${element}`;
  const by = { laboratory: report.laboratory, method: report.method, element, own };
  if ("below" in reading) return fractionRead(reading, by);
  const known = report.doubts?.[element] ?? partsUnknown(by, value.sd);
  const portion_mg = sample.portions.find((portion) => portion.side === side)?.mass_mg;
  const sampled = samplingDoubt(sample, element, { content: value.best, portion_mg });
  const doubt = { ...known, random: Math.hypot(known.random, sampled.own) };
  const fraction = fractionRead(reading, { ...by, doubt });
  if (!fraction || sampled.shared === 0) return fraction;
  const cause = `${SHARED_BY_PORTIONS}${sample.sample}/${element}`;
  return combine([
    [1, fraction],
    [1, { best: 0, moves: { [cause]: sampled.shared / 1e6 } }],
  ]);
}

/** The mean of what both sides reported of the moisture, in percent of the wet lot, with what the sample itself errs by (Y5). */
export function moistureReported({ sample, reports, sampling }: Sample): Measured | undefined {
  const readings = (["supplier", "processor"] as const).flatMap((side) => {
    const report = reports[side];
    if (!report?.moisture_pct) return [];
    const { best, sd } = report.moisture_pct;
    const causes = { own: `${sample}/${side}/moisture`, shared: `${report.laboratory}/moisture` };
    return [readingOf(best, inHalves(sd), causes)];
  });
  if (readings.length === 0) return undefined;
  const sampled = sampling?.moisture_sd_pct;
  const moves = sampled === undefined ? {} : { [`${SHARED_BY_PORTIONS}${sample}/moisture`]: sampled };
  return combine([...readings.map((read) => [1 / readings.length, read] as const), [1, { best: 0, moves }]]);
}
