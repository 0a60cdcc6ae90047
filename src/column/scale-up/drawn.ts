import { normals } from "../design/doubt.ts";

/** A best value and the interval that nine of ten draws lie in; of what no draw moves, null. */
export interface Figure {
  readonly best: number;
  readonly interval_90: readonly [number, number] | null;
}

export const exact = (best: number): Figure => ({ best, interval_90: null });

export function figureOf(best: number, drawn: readonly number[]): Figure {
  const sorted = drawn.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length < drawn.length / 2 || sorted.length === 0) return { best, interval_90: null };
  const at = (part: number) => {
    const place = part * (sorted.length - 1);
    const low = Math.floor(place);
    const next = sorted[low + 1] ?? sorted[low]!;
    return sorted[low]! + (place - low) * (next - sorted[low]!);
  };
  const [low, high] = [at(0.05), at(0.95)];
  return { best, interval_90: high - low <= 1e-9 * Math.abs(best) ? null : [low, high] };
}

export interface Chance {
  readonly probability: number;
  /** Standard error of a share of draws; of none or all of them as if one more had been the other way. */
  readonly probability_se: number;
}

export function chanceOf(outcomes: readonly boolean[]): Chance {
  const count = outcomes.length;
  const met = outcomes.filter(Boolean).length;
  const part = Math.min(Math.max(met, 1), Math.max(count - 1, 1)) / count;
  return { probability: met / count, probability_se: Math.sqrt((part * (1 - part)) / count) };
}

export interface Deviates {
  /** Of the logarithms of the calibrated parameters, in their order. */
  readonly parameters: readonly number[];
  readonly modulus: number;
  /** Between 0 and 1: where in the band of the distributor. */
  readonly distributor: number;
}

/** Draws that hang together as the calibration says its parameters do. */
export function draws(
  count: number,
  seed: number,
  given: { readonly sd_log: readonly number[]; readonly root: readonly (readonly number[])[] },
): Deviates[] {
  const normal = normals(seed);
  return Array.from({ length: count }, (_, k) => {
    const free = given.sd_log.map(() => normal());
    const together = given.root.map((row) => row.reduce((sum, part, j) => sum + part * free[j]!, 0));
    return {
      parameters: together.map((z, i) => z * given.sd_log[i]!),
      modulus: normal(),
      // Evenly over the band, a golden step apart: no part of it is missed.
      distributor: ((k + 1) * GOLDEN) % 1,
    };
  });
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The lower triangular root of a correlation matrix (Cholesky); undefined where it is none. */
export function rootOf(correlation: readonly (readonly number[])[]): number[][] | undefined {
  const root: number[][] = correlation.map((row) => row.map(() => 0));
  for (const [i, row] of correlation.entries()) {
    for (let j = 0; j <= i; j++) {
      const rest = row[j]! - root[i]!.slice(0, j).reduce((sum, x, k) => sum + x * root[j]![k]!, 0);
      if (i === j) {
        // Rounded to nothing where two parameters are as one; below that it is no correlation.
        if (rest < -1e-6) return undefined;
        root[i]![i] = Math.sqrt(Math.max(0, rest));
      } else root[i]![j] = root[j]![j]! > 1e-9 ? rest / root[j]![j]! : 0;
    }
  }
  return root;
}
