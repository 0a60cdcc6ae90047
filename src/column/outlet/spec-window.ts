import type { CutContext } from "./context.ts";
import { left_mol_per_m2 } from "./curve.ts";

/** A linear condition on what a window holds: the sum of weight times mol of each species is not below zero. */
export type Condition = ArrayLike<number>;

export interface SpecWindow {
  readonly from_s: number;
  readonly to_s: number;
  /** Index of the condition that ends the window at its beginning and at its end; -1 where the species itself ends. */
  readonly bound_by: readonly [number, number];
}

/** Points looked at first; the ends of the best window are then refined between them. */
const POINTS = 1_500;
const HALVINGS = 40;
/** What of a species may lie before and after any window looked at, over all that leaves. */
const OUTSIDE = 1e-9;

/**
 * The window of largest yield of one species under several conditions at once: a mean purity, and a limit for each
 * impurity. For a beginning the best end is the last time at which every condition holds.
 */
export function specWindow(
  context: CutContext,
  own: number,
  conditions: readonly Condition[],
): SpecWindow | undefined {
  const left = (time_s: number) => context.species.map((_, i) => left_mol_per_m2(context.curve, i, time_s));
  const levels = (time_s: number) => {
    const amounts = left(time_s);
    return conditions.map((weights) => amounts.reduce((sum, n, i) => sum + n * (weights[i] ?? 0), 0));
  };
  const mine = (time_s: number) => left_mol_per_m2(context.curve, own, time_s);
  const times = pointsOf(context, mine);
  const amounts = times.map(mine);
  const heights = conditions.map(() => new Float64Array(times.length));
  times.forEach((time_s, k) => {
    levels(time_s).forEach((level, c) => {
      heights[c]![k] = level;
    });
  });
  const highest = heights.map((list) => {
    const suffix = list.slice();
    for (let k = suffix.length - 2; k >= 0; k--) suffix[k] = Math.max(suffix[k]!, suffix[k + 1]!);
    return suffix;
  });
  /** Last point at which every condition is back at the levels a window begins with. */
  const lastFor = (needed: readonly number[], from: number): number => {
    let end = times.length - 1;
    for (const [c, suffix] of highest.entries()) end = Math.min(end, lastReaching(suffix, needed[c]!));
    while (end > from && heights.some((list, c) => list[end]! < needed[c]!)) end--;
    return end;
  };
  let best = -1;
  let most = 1e-12 * (amounts.at(-1) ?? 0);
  for (let k = 0; k < times.length; k++) {
    const gain =
      amounts[
        lastFor(
          heights.map((list) => list[k]!),
          k,
        )
      ]! - amounts[k]!;
    if (gain > most) {
      most = gain;
      best = k;
    }
  }
  if (best < 0) return undefined;
  /** The exact end for a beginning between two points: conditions are back at the point before it and no longer at the next. */
  const endFor = (from_s: number): number => {
    const needed = levels(from_s);
    const end = lastFor(needed, Math.max(0, best - 1));
    const holds = (time_s: number) => levels(time_s).every((level, c) => level >= needed[c]!);
    return lastHolding(holds, Math.max(from_s, times[end]!), times[Math.min(times.length - 1, end + 1)]!);
  };
  const from_s = highestPoint(
    (time_s) => mine(endFor(time_s)) - mine(time_s),
    times[Math.max(0, best - 1)]!,
    times[Math.min(times.length - 1, best + 1)]!,
  );
  const window = { from_s, to_s: endFor(from_s) };
  return { ...window, bound_by: boundBy(window, { levels, last_s: times.at(-1)!, first_s: times[0]! }) };
}

/** The highest point of a function that rises to it and falls behind it, by golden section; a jump at the top does no harm. */
function highestPoint(value: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - golden * (high - low);
  let right = low + golden * (high - low);
  let atLeft = value(left);
  let atRight = value(right);
  for (let k = 0; k < HALVINGS; k++) {
    if (atLeft < atRight) {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = value(right);
    } else {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = value(left);
    }
  }
  // The point itself may lie just beyond the jump: of the three left, the best is taken.
  return [low, (low + high) / 2, high].reduce((best, x) => (value(x) > value(best) ? x : best));
}

/** The condition with nothing to spare for a window moved a little outward at either end. */
function boundBy(
  window: { readonly from_s: number; readonly to_s: number },
  given: {
    readonly levels: (time_s: number) => readonly number[];
    readonly first_s: number;
    readonly last_s: number;
  },
): readonly [number, number] {
  const span = 1e-3 * (window.to_s - window.from_s);
  const broken = (from_s: number, to_s: number) => {
    const [before, after] = [given.levels(from_s), given.levels(to_s)];
    return after.findIndex((level, c) => level < before[c]!);
  };
  return [
    window.from_s <= given.first_s ? -1 : broken(Math.max(given.first_s, window.from_s - span), window.to_s),
    window.to_s >= given.last_s ? -1 : broken(window.from_s, Math.min(given.last_s, window.to_s + span)),
  ];
}

/** Last index whose suffix maximum reaches the level. */
function lastReaching(suffix: Float64Array, level: number): number {
  let low = 0;
  let high = suffix.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (suffix[middle]! >= level) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lastHolding(holds: (time_s: number) => boolean, from_s: number, to_s: number): number {
  if (to_s <= from_s || !holds(from_s)) return from_s;
  if (holds(to_s)) return to_s;
  let low = from_s;
  let high = to_s;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Times between the first and the last of the species, spread evenly over the steps that were computed there. */
function pointsOf(context: CutContext, mine: (time_s: number) => number): number[] {
  const least = mine(context.from_s);
  const span = mine(context.to_s) - least;
  const when = (level: number): number => {
    let low = context.from_s;
    let high = context.to_s;
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2;
      if (mine(middle) >= level) high = middle;
      else low = middle;
    }
    return high;
  };
  const first = when(least + OUTSIDE * span);
  const last = when(least + (1 - OUTSIDE) * span);
  const within = context.curve.time_s.filter((time_s) => time_s > first && time_s < last);
  const every = Math.max(1, Math.ceil(within.length / POINTS));
  return [first, ...within.filter((_, k) => k % every === 0), last];
}
