import { fractionRead, partsUnknown, readingValue } from "../ledger/index.ts";
import {
  apartCause,
  combine,
  inHalves,
  type Measured,
  multiply,
  readingOf,
  reconcile,
} from "../quantity/index.ts";
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

/** The dry mass of what weighs so much wet, each with its doubt. */
export const dryMass = (wet_mg: Measured, moisture_pct: Measured): Measured =>
  multiply(
    wet_mg,
    combine([
      [1, { best: 1, moves: {} }],
      [-1 / 100, moisture_pct],
    ]),
  );

/** What readings of one sample say together, and how far the one that differs most lies from the others. */
export interface ReadTogether {
  readonly fraction: Fraction;
  readonly sigmas: number;
}

/** Readings of one sample combined by what they do not share; alike where one of them only found less than a limit. */
export function readTogether(sample: string, element: string, sides: readonly Fraction[]): ReadTogether {
  const [first = { best: 0, moves: {} }, ...others] = sides;
  if (sides.some((side) => side.below)) {
    const mean = combine(sides.map((side) => [1 / sides.length, side] as const));
    const below = sides.every((side) => side.below);
    return { fraction: { ...mean, ...(below ? { below } : {}) }, sigmas: 0 };
  }
  return others.reduce(
    (known: ReadTogether, side) => {
      const { value, sigmas } = reconcile(known.fraction, side, { cause: apartIn(sample, element) });
      return { fraction: value, sigmas: Math.max(known.sigmas, sigmas) };
    },
    { fraction: first, sigmas: 0 },
  );
}

/** The cause of a doubt that readings of one sample show by how far they lie apart. */
export const apartIn = (sample: string, element: string): string => apartCause(`${sample}/${element}`);
