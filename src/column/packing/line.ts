/** A straight line through readings, and how a reading moves it. */
export interface Line {
  readonly slope: number;
  at(time_s: number): number;
  /** How far the line at a time moves with one reading: zero for readings it is not made from. */
  weight(reading: number, time_s: number): number;
  /** What the readings it is made from scatter about it. */
  readonly scatter: number;
  slope_sd(noise: number): number;
}

/** Least squares through the readings of some windows, ends included. */
export function lineThrough(
  time_s: readonly number[],
  y: readonly number[],
  windows: readonly (readonly [number, number])[],
): Line {
  const used = windows.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, k) => from + k));
  const count = used.length;
  const mean_s = used.reduce((sum, k) => sum + time_s[k]!, 0) / count;
  const mean = used.reduce((sum, k) => sum + y[k]!, 0) / count;
  const spread = used.reduce((sum, k) => sum + (time_s[k]! - mean_s) ** 2, 0);
  const slope = used.reduce((sum, k) => sum + (time_s[k]! - mean_s) * (y[k]! - mean), 0) / spread;
  const at = (t: number) => mean + slope * (t - mean_s);
  const left = used.reduce((sum, k) => sum + (y[k]! - at(time_s[k]!)) ** 2, 0);
  const among = new Set(used);
  return {
    slope,
    at,
    weight: (k, t) => (among.has(k) ? 1 / count + ((time_s[k]! - mean_s) * (t - mean_s)) / spread : 0),
    scatter: Math.sqrt(left / Math.max(1, count - 2)),
    slope_sd: (noise) => noise / Math.sqrt(spread),
  };
}

/** The value that so large a part of them lies at or below. */
export function quantileOf(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const next = sorted[low + 1] ?? sorted[low]!;
  return sorted[low]! + (at - low) * (next - sorted[low]!);
}
