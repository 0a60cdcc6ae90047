import { type CauseId, type Measured, spread } from "./measured.ts";
import { isOfOneReading } from "./reading.ts";

/** However many matter, so many are kept apart at most. */
const SINGLES_MOST = 24;
/** Of the variance of each value, what the lump of single readings may hold. */
const LUMP_MOST = 1e-3;
/** What instruments and methods have in common adds up over thousands of values: it is lumped only where it is next to nothing. */
const SHARED_MOST = 1e-6;

interface Cause {
  readonly cause: CauseId;
  readonly single: boolean;
  /** Of the variance of each value, this cause's part. */
  readonly parts: readonly number[];
  readonly most: number;
}

/**
 * Values made at once, with their small causes lumped into one: long lineages gather thousands of single readings. The lump is taken
 * as common to all of the values, as most of it is, so that what was divided and is put together again is no surer than it was. Best
 * estimates and spreads stay as they are. A lump holds at most a thousandth of a variance, unless more than the 24 largest single
 * readings would have to be kept. Values of no more than `few` single readings each are left as they are.
 */
export function lumpTogether(values: readonly Measured[], lump: CauseId, few = 2): Measured[] {
  const singles = ({ moves }: Measured) => Object.keys(moves).filter(isOfOneReading).length;
  if (values.every((value) => singles(value) <= few || holdsNothingSmall(value))) return [...values];
  const small = smallCauses(causesOf(values));
  if (small.size < 2) return [...values];
  const length = ({ moves }: Measured) => Math.hypot(...[...small].map((cause) => moves[cause] ?? 0));
  const longest = values.reduce((a, b) => (length(b) > length(a) ? b : a));
  return values.map((value) => {
    const moves: Record<CauseId, number> = {};
    const lumped: number[] = [];
    let along = 0;
    for (const [cause, move] of Object.entries(value.moves)) {
      if (!small.has(cause)) moves[cause] = move;
      else {
        lumped.push(move);
        along += move * (longest.moves[cause] ?? 0);
      }
    }
    if (lumped.length > 0) moves[lump] = (along < 0 ? -1 : 1) * Math.hypot(...lumped);
    return { ...value, moves };
  });
}

/** Whether nothing of a value would be lumped if it were made alone; among others at most as much is, since the largest part counts. */
function holdsNothingSmall(value: Measured): boolean {
  const variance = spread(value) ** 2;
  let [readings, small] = [0, 0];
  for (const cause in value.moves) {
    const single = isOfOneReading(cause);
    if (single) readings++;
    if ((value.moves[cause] ?? 0) ** 2 <= (single ? LUMP_MOST : SHARED_MOST) * variance) small++;
  }
  return readings <= SINGLES_MOST && small < 2;
}

function causesOf(values: readonly Measured[]): Cause[] {
  const variances = values.map((value) => spread(value) ** 2);
  const names = new Set(values.flatMap(({ moves }) => Object.keys(moves)));
  return [...names].map((cause) => {
    const parts = values.map(({ moves }, i) => {
      const variance = variances[i] ?? 0;
      return variance === 0 ? 0 : (moves[cause] ?? 0) ** 2 / variance;
    });
    return { cause, single: isOfOneReading(cause), parts, most: Math.max(...parts) };
  });
}

const rising = (a: Cause, b: Cause) => a.most - b.most || (a.cause < b.cause ? -1 : 1);

/** The smallest causes, as many as fit into a lump. */
function smallCauses(causes: readonly Cause[]): Set<CauseId> {
  const many = causes.filter(({ single }) => single).length > SINGLES_MOST;
  const may = ({ single, most }: Cause) => (single ? many || most <= LUMP_MOST : most <= SHARED_MOST);
  const candidates = causes.filter(may).sort(rising);
  const small = new Set<CauseId>();
  if (candidates.length < 2) return small;
  // A reading that moves one drum of a hundred is one cause of that drum, and none of the others'.
  const singles: number[] = [];
  for (const { single, parts } of candidates)
    for (const [i, part] of parts.entries()) singles[i] = (singles[i] ?? 0) + (single && part > 0 ? 1 : 0);
  let sums: readonly number[] = [];
  for (const { cause, single, parts } of candidates) {
    const next = parts.map((part, i) => part + (sums[i] ?? 0));
    if (Math.max(...next) > LUMP_MOST && Math.max(...singles) <= SINGLES_MOST) break;
    sums = next;
    small.add(cause);
    if (single) for (const [i, part] of parts.entries()) if (part > 0) singles[i] = (singles[i] ?? 0) - 1;
  }
  return small;
}

/** Keeps what is shared and the largest single readings, and lumps the other readings, in quadrature, into one named cause. */
export function lumpSmallReadings(value: Measured, keep: number, lump: CauseId): Measured {
  const singles = Object.entries(value.moves).filter(([cause]) => isOfOneReading(cause));
  if (singles.length <= keep) return value;
  singles.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1));
  const moves: Record<CauseId, number> = { ...value.moves };
  for (const [cause] of singles.slice(keep)) delete moves[cause];
  moves[lump] = Math.hypot(...singles.slice(keep).map(([, move]) => move));
  return { ...value, moves };
}
