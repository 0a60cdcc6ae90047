import { inHalves, type Measured, measured, type ReadingDoubt, readingOf } from "../quantity/index.ts";

/** A laboratory reading of one element, in mg/kg of what was read: a value with its standard uncertainty, or "less than". */
export type Reading = { readonly best: number; readonly sd: number } | { readonly below: number };

/** Both parts of a laboratory's doubt, in mg/kg, and the name under which its readings share theirs. */
export interface LaboratoryDoubt extends ReadingDoubt {
  readonly bias: string;
}

/** A rectangular distribution over [0, limit]: mean half the limit, standard uncertainty limit / (2 sqrt 3). Source: JCGM 100:2008 (GUM), 4.3.7. */
const BELOW_BEST = 0.5;
const BELOW_SD = 1 / (2 * Math.sqrt(3));
const WHOLE = 1e6;

/** Best estimate and standard uncertainty of a reading in its own unit; undefined when it cannot be one. */
export function readingValue(reading: Reading): { best: number; sd: number } | undefined {
  if ("below" in reading) {
    if (!(reading.below > 0 && reading.below <= WHOLE)) return undefined;
    return { best: reading.below * BELOW_BEST, sd: reading.below * BELOW_SD };
  }
  if (!(reading.best >= 0 && reading.best <= WHOLE && reading.sd >= 0 && reading.sd <= WHOLE))
    return undefined;
  return { best: reading.best, sd: reading.sd };
}

interface ReadBy {
  readonly laboratory: string;
  readonly method?: string | undefined;
  readonly element: string;
}

/** The name under which a laboratory's readings of one element by one method share what they err by. */
export const laboratoryBias = ({ laboratory, method, element }: ReadBy): string =>
  method === undefined ? `${laboratory}/${element}` : `${laboratory}/${method}/${element}`;

/** Where the parts of a laboratory's doubt are not known, they are alike. */
export const partsUnknown = (by: ReadBy, sd: number): LaboratoryDoubt => ({
  ...inHalves(sd),
  bias: laboratoryBias(by),
});

/**
 * A reading as a fraction of what was read; `own` names it among all readings of the books. What was not found errs by how little
 * is known of it, and not by how the laboratory reads.
 */
export function fractionRead(
  reading: Reading,
  by: ReadBy & { readonly own: string; readonly doubt?: LaboratoryDoubt | undefined },
): (Measured & { readonly below?: true }) | undefined {
  const value = readingValue(reading);
  if (!value) return undefined;
  const best = value.best / WHOLE;
  if ("below" in reading)
    return { ...measured(best, value.sd / WHOLE, `${by.laboratory}/${by.element}`), below: true };
  const { random, shared, bias } = by.doubt ?? partsUnknown(by, value.sd);
  const doubt = { random: random / WHOLE, shared: shared / WHOLE };
  return readingOf(best, doubt, { own: by.own, shared: bias });
}
