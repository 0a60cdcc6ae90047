import { type CauseId, combine, type Measured, spread, subtract } from "./measured.ts";
import { type Combined, combineReadings } from "./reading.ts";

const APART = "apart:";

/** The cause of a doubt that two values show by how far they lie apart; `what` names them among all others. */
export const apartCause = (what: string): CauseId => `${APART}${what}`;

/**
 * The doubt by which it is judged whether a value may be what was made: where it was widened since, the doubt that it shows by lying
 * apart excuses nothing, and what was made stands alone.
 */
export function doubtOfBoth(is: Measured, made: Measured): number {
  const apart = Object.keys(is.moves).some(
    (cause) => cause.startsWith(APART) && !Object.hasOwn(made.moves, cause),
  );
  return apart ? spread(made) : Math.hypot(spread(made), spread(is));
}

/** Beyond this many standard uncertainties of their difference two values differ by more than chance. */
const CHANCE_K = 3;

/** How far two values lie apart, in standard uncertainties of their difference; what both share has gone from it. */
export function sigmasApart(a: Measured, b: Measured): number {
  const off = subtract(a, b);
  const sd = spread(off);
  if (sd > 0) return Math.abs(off.best) / sd;
  return off.best === 0 ? 0 : Number.POSITIVE_INFINITY;
}

/**
 * A value that stands for two which lie apart by more than chance: as doubtful as they show it to be. Its doubt is multiplied by how
 * many standard uncertainties they differ (the ratio of Birge, Phys. Rev. 40 (1932) 207; of two values it is that figure). Within
 * chance it stays.
 */
export function widened(value: Measured, sigmas: number, cause: CauseId): Measured {
  if (sigmas <= CHANCE_K || !Number.isFinite(sigmas)) return value;
  const moves = { [cause]: spread(value) * Math.sqrt(sigmas ** 2 - 1) };
  return combine([
    [1, value],
    [1, { best: 0, moves }],
  ]);
}

/** What is known and a new reading, combined by what they do not share (Q10), with whether they agree within chance (Q12). */
export interface Reconciled extends Combined {
  readonly sigmas: number;
  readonly agrees: boolean;
}

/** Combines what is known with a new reading of the same thing; `rounding` is what whole units may move either. */
export function reconcile(
  known: Measured,
  reading: Measured,
  { cause, rounding = 0 }: { readonly cause: CauseId; readonly rounding?: number },
): Reconciled {
  const combined = combineReadings(known, reading);
  const sd = spread(combined.off);
  const agrees = Math.abs(combined.off.best) <= CHANCE_K * sd + rounding;
  const sigmas = Math.abs(combined.off.best) / Math.max(sd, rounding, Number.MIN_VALUE);
  return {
    ...combined,
    value: agrees ? combined.value : widened(combined.value, sigmas, cause),
    sigmas,
    agrees,
  };
}
