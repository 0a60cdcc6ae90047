import { type CauseId, combine, type Measured, spread, subtract } from "./measured.ts";

/**
 * The standard uncertainty of a reading in its two parts: `random`, repeatability, of this reading alone, and `shared`, the bias of
 * the instrument or the laboratory's method, which errs alike in every reading of one calibration period. Units of the reading.
 * Source: JCGM 100:2008 (GUM), 5.2.4 and F.1.2; IAEA STR-368 keeps the two parts of a measurement apart for the same reason.
 */
export interface ReadingDoubt {
  readonly random: number;
  readonly shared: number;
}

/** Names of the causes of one reading: its own, which no other reading has, and that of its instrument in its calibration period. */
export interface ReadingCauses {
  readonly own: string;
  readonly shared: string;
}

const OWN = "reading:";
const SHARED = "bias:";
/** Causes that were lumped since they meet nothing else (lumpSmallMoves). */
const LUMP = "small:";

/** Where nothing is known of its parts, a standard uncertainty is two equal ones in quadrature. */
export const inHalves = (sd: number): ReadingDoubt => ({ random: sd / Math.SQRT2, shared: sd / Math.SQRT2 });

/** The whole standard uncertainty of one reading. */
export const wholeDoubt = ({ random, shared }: ReadingDoubt): number => Math.hypot(random, shared);

export function readingOf(best: number, doubt: ReadingDoubt, causes: ReadingCauses): Measured {
  const moves: Record<CauseId, number> = {};
  if (doubt.random !== 0) moves[`${OWN}${causes.own}`] = doubt.random;
  if (doubt.shared !== 0) moves[`${SHARED}${causes.shared}`] = doubt.shared;
  return { best, moves };
}

/** Whether a cause is of one reading alone, or of several that were lumped. */
export const isOfOneReading = (cause: CauseId): boolean => cause.startsWith(OWN) || cause.startsWith(LUMP);

/** The doubt of single readings, and what instruments, methods and expectations have in common: in quadrature the spread. */
export function spreadInParts({ moves }: Measured): ReadingDoubt {
  let [random, shared] = [0, 0];
  for (const cause of Object.keys(moves)) {
    const square = (moves[cause] ?? 0) ** 2;
    if (isOfOneReading(cause)) random += square;
    else shared += square;
  }
  return { random: Math.sqrt(random), shared: Math.sqrt(shared) };
}

/** Readings that meet nothing else any more, as one: what instruments have in common stays apart. */
export function asOneReading(x: Measured, own: string): Measured {
  const moves: Record<CauseId, number> = {};
  const squares: number[] = [];
  for (const [cause, move] of Object.entries(x.moves)) {
    if (cause.startsWith(SHARED)) moves[cause] = move;
    else squares.push(move);
  }
  if (squares.length > 0) moves[`${OWN}${own}`] = Math.hypot(...squares);
  return { best: x.best, moves };
}

const covariance = (a: Measured, b: Measured): number =>
  Object.entries(a.moves).reduce((total, [cause, move]) => total + move * (b.moves[cause] ?? 0), 0);

/** The weight of least variance of a reading beside what is known, wherever it lies: by what is known it errs as their difference. */
const bestWeight = (known: Measured, off: Measured): number => {
  const variance = spread(off) ** 2;
  return variance === 0 ? 0 : -covariance(known, off) / variance;
};

const within = (weight: number): number => Math.min(1, Math.max(0, weight));

/** A known value and a new reading of the same thing, combined by what they do not share. */
export interface Combined {
  readonly value: Measured;
  /** The new reading less what was known; causes that both share have gone from it. */
  readonly off: Measured;
  /** How much of the difference the value takes over, 0 to 1. */
  readonly weight: number;
}

/**
 * Combines what is known with a new reading of the same thing: the linear combination of least variance, with shared causes counted
 * once (generalised least squares of two correlated values; JCGM 102:2011, 6). The weight stays within 0 and 1.
 */
export function combineReadings(known: Measured, reading: Measured): Combined {
  const off = subtract(reading, known);
  const weight = within(bestWeight(known, off));
  return {
    value: combine([
      [1 - weight, known],
      [weight, reading],
    ]),
    off,
    weight,
  };
}

/**
 * What a new reading of one thing says of another that errs with it: moved by their covariance over the variance of the difference
 * (the gain of a linear update, for one reading). Where the weight of the reading was held within 0 and 1, this is held as much: what
 * stays moves nothing along. What shares no cause with it stays as it is.
 */
export function alsoMoved(other: Measured, known: Measured, reading: Measured): Measured {
  const off = subtract(reading, known);
  const variance = spread(off) ** 2;
  const best = bestWeight(known, off);
  const held = best === 0 ? 0 : within(best) / best;
  const gain = variance === 0 ? 0 : (-covariance(other, off) / variance) * held;
  return combine([
    [1, other],
    [gain, off],
  ]);
}
