import type { Pulse } from "./pulse.ts";

export interface Moments {
  readonly area: number;
  readonly mean_s: number;
  readonly variance_s2: number;
  readonly skewness: number;
  /** Standard uncertainties, from the noise of readings, the baseline and what may be left of the tail. */
  readonly mean_sd_s: number;
  readonly variance_sd_s2: number;
}

/**
 * Mean and variance of a pulse by the trapezoidal sum, and their doubt. Each is a linear sum of readings over another, so a reading
 * moves it by its weight times an influence function; the baseline moves all of them at once, by the readings it is made from.
 */
export function momentsOf(pulse: Pulse): Moments {
  const { time_s, above, first, last } = pulse;
  const weights = trapezoids(time_s, first, last);
  const sum = (of: (t: number) => number) =>
    weights.reduce((total, weight, i) => total + weight * of(time_s[first + i]!) * above[first + i]!, 0);
  const area = sum(() => 1);
  const mean_s = sum((t) => t) / area;
  const variance_s2 = sum((t) => (t - mean_s) ** 2) / area;
  const skewness = sum((t) => (t - mean_s) ** 3) / area / variance_s2 ** 1.5;
  const moved = (influence: (t: number) => number) => doubtOf(pulse, { weights, influence, area });
  return {
    ...{ area, mean_s, variance_s2, skewness },
    mean_sd_s: moved((t) => t - mean_s),
    variance_sd_s2: moved((t) => (t - mean_s) ** 2 - variance_s2),
  };
}

/** Of a sum of readings by these weights and influences, over the area: one standard uncertainty. */
function doubtOf(
  pulse: Pulse,
  given: {
    readonly weights: readonly number[];
    readonly influence: (t: number) => number;
    readonly area: number;
  },
): number {
  const { time_s, first, last, baseline, noise, left_over, tail_s, level_at_end } = pulse;
  const { weights, influence, area } = given;
  const moves = weights.map((weight, i) => weight * influence(time_s[first + i]!));
  // The baseline is straight: its height at any time follows from what it does to the sum and to the sum over time.
  const whole = moves.reduce((sum, move) => sum + move, 0);
  const centre = moves.reduce((sum, move, i) => sum + move * time_s[first + i]!, 0);
  const outside = [...range(0, first - 1), ...range(last + 1, time_s.length - 1)];
  const byBaseline = (k: number) => {
    const at_zero = baseline.weight(k, 0);
    return whole * at_zero + centre * (baseline.weight(k, 1) - at_zero);
  };
  const pulls = outside.map(byBaseline);
  const chance = noise * Math.hypot(...hypotenuse(moves), ...hypotenuse(pulls));
  const after = range(last + 1, time_s.length - 1).reduce((sum, k) => sum + byBaseline(k), 0);
  const lifted = left_over * after;
  const end = time_s[last]! + tail_s;
  const beyond = level_at_end * tail_s * Math.abs(influence(end));
  return Math.hypot(chance, lifted, beyond) / Math.abs(area);
}

/** One number of the same length as many: `Math.hypot` takes only so many. */
const hypotenuse = (values: readonly number[]): [number] => [
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)),
];

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);

function trapezoids(time_s: readonly number[], first: number, last: number): number[] {
  return range(first, last).map((k) => {
    const before = k > first ? time_s[k]! - time_s[k - 1]! : 0;
    const after = k < last ? time_s[k + 1]! - time_s[k]! : 0;
    return (before + after) / 2;
  });
}

/** Times by which so large parts of the pulse have left. */
export function leftBy(pulse: Pulse, parts: readonly number[]): number[] {
  const { time_s, above, first, last } = pulse;
  const sums = [0];
  for (let k = first + 1; k <= last; k++)
    sums.push(sums.at(-1)! + ((above[k]! + above[k - 1]!) / 2) * (time_s[k]! - time_s[k - 1]!));
  const whole = sums.at(-1)!;
  return parts.map((part) => {
    const k = Math.max(
      1,
      sums.findIndex((sum) => sum >= part * whole),
    );
    const [low, high] = [sums[k - 1]!, sums[k]!];
    const share = high > low ? (part * whole - low) / (high - low) : 0;
    return time_s[first + k - 1]! + share * (time_s[first + k]! - time_s[first + k - 1]!);
  });
}
