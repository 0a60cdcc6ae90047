import type { Estimate } from "../classify/classes.ts";

/** Mean, spread and central 90 % interval of draws. */
export interface Summary extends Estimate {
  readonly sd: number;
}

/** The draw below which a share of all draws lies, between neighbours in a straight line (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const below = sorted[low] ?? 0;
  return below + (at - low) * ((sorted[low + 1] ?? below) - below);
}

export function summarise(draws: Float64Array): Summary {
  let mean = 0;
  for (const x of draws) mean += x / draws.length;
  let variance = 0;
  for (const x of draws) variance += (x - mean) ** 2 / Math.max(1, draws.length - 1);
  const sorted = Float64Array.from(draws).sort();
  return { best: mean, lo90: quantile(sorted, 0.05), hi90: quantile(sorted, 0.95), sd: Math.sqrt(variance) };
}
