import type { KeptOutlet } from "../outlet/kept-outlet.ts";

/** Points of the mixed curve: windows are refined between them. */
const points = 2_000;

/**
 * The outlet of a bed whose paths are unlike: a train comes out of a path that runs faster by a part x earlier by x times the time
 * it takes through the bed, and otherwise as it was, since every path sees the same inlet for the same time. Velocities are taken to
 * lie evenly within sqrt(3) standard deviations: a distributor has a fastest and a slowest place. What leaves is then the mean of
 * what had left between two times.
 */
export function mixedOutlet(kept: KeptOutlet, through_s: number, velocity_sd_fraction: number): KeptOutlet {
  const reach = Math.sqrt(3) * velocity_sd_fraction * through_s;
  const { time_s } = kept;
  const end = time_s.at(-1) ?? 0;
  const times = Array.from({ length: points + 1 }, (_, k) => (k * end) / points);
  if (!(reach > 0)) return kept;
  const each = Object.keys(kept.left_mol_s_per_m3).map((name) => {
    const left = kept.left_mol_s_per_m3[name]!;
    const whole = integralOf(time_s, left);
    const mean = (t: number) => (whole(t + reach) - whole(t - reach)) / (2 * reach);
    const line = lineOf(time_s, left);
    return {
      name,
      left: times.map(mean),
      mol_per_m3: times.map((t) => (line(t + reach) - line(t - reach)) / (2 * reach)),
    };
  });
  return {
    time_s: times,
    mol_per_m3: Object.fromEntries(each.map((s) => [s.name, s.mol_per_m3])),
    left_mol_s_per_m3: Object.fromEntries(each.map((s) => [s.name, s.left])),
    fed_mol_s_per_m3: kept.fed_mol_s_per_m3,
  };
}

type Of = (time_s: number) => number;

/** Straight between its points; before them nothing has left, after them what had at the end. */
function lineOf(time_s: readonly number[], values: readonly number[]): Of {
  return (t) => {
    const k = placeOf(time_s, t);
    if (k < 0) return 0;
    const next = time_s[k + 1];
    if (next === undefined) return values[k]!;
    return values[k]! + ((t - time_s[k]!) / (next - time_s[k]!)) * (values[k + 1]! - values[k]!);
  };
}

/** The integral of such a line from the beginning. */
function integralOf(time_s: readonly number[], values: readonly number[]): Of {
  const line = lineOf(time_s, values);
  const sums = [0];
  for (let k = 1; k < time_s.length; k++)
    sums.push(sums[k - 1]! + ((values[k]! + values[k - 1]!) / 2) * (time_s[k]! - time_s[k - 1]!));
  return (t) => {
    const k = placeOf(time_s, t);
    return k < 0 ? 0 : sums[k]! + ((values[k]! + line(t)) / 2) * (t - time_s[k]!);
  };
}

/** The last point at or before a time; -1 where there is none. */
function placeOf(time_s: readonly number[], t: number): number {
  if (t < time_s[0]!) return -1;
  let [low, high] = [0, time_s.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (time_s[middle]! <= t) low = middle;
    else high = middle;
  }
  return low;
}
