/**
 * Anderson's mixing (J. ACM 12, 1965, 547) of a fixed-point iteration x -> g(x) of positive numbers: from the last few
 * rounds the point is taken where together they foresee no change. Slow modes, which plain rounds shrink by a few per
 * cent each, go in a handful of rounds.
 */
export interface Mixing {
  /** Where each remembered round started, and what it changed, over what it came to. */
  readonly starts: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
  rounds: number;
}

const remembered = 5;
/** Mixed values farther than this factor from the plain round are not believed. */
const farthest = 3;

export const newMixing = (size: number): Mixing => ({
  starts: Array.from({ length: remembered }, () => new Float64Array(size)),
  changes: Array.from({ length: remembered }, () => new Float64Array(size)),
  rounds: 0,
});

/**
 * One round went from `start` to `reached` between the indices; overwrites `reached` with the mixed point.
 *
 * @param start where the round began
 * @param reached where a plain round leads
 */
export function mix(
  mixing: Mixing,
  start: Float64Array,
  reached: Float64Array,
  from: number,
  to: number,
): void {
  const slot = mixing.rounds % remembered;
  const change = mixing.changes[slot]!;
  mixing.starts[slot]!.set(start.subarray(from, to), from);
  for (let j = from; j < to; j++) change[j] = (reached[j]! - start[j]!) / (reached[j]! || 1);
  mixing.rounds++;
  const older = Array.from({ length: Math.min(mixing.rounds, remembered) - 1 }, (_, k) => {
    return (slot - 1 - k + 2 * remembered) % remembered;
  });
  if (older.length === 0) return;
  const weights = foreseen(mixing, change, older, from, to);
  if (!weights) return;
  for (let j = from; j < to; j++) {
    const plain = reached[j]!;
    let value = plain;
    older.forEach((k, n) => {
      const before = mixing.starts[k]![j]! + mixing.changes[k]![j]! * plain;
      value -= weights[n]! * (plain - before);
    });
    if (value > plain / farthest && value < plain * farthest) reached[j] = value;
  }
}

/** Weights of the older rounds by least squares, ridged, since rounds near the end are almost parallel. */
function foreseen(
  { changes }: Mixing,
  now: Float64Array,
  older: readonly number[],
  from: number,
  to: number,
): number[] | undefined {
  const n = older.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let a = 0; a < n; a++) {
    const first = changes[older[a]!]!;
    for (let b = 0; b <= a; b++) {
      const second = changes[older[b]!]!;
      let sum = 0;
      for (let j = from; j < to; j++) sum += (now[j]! - first[j]!) * (now[j]! - second[j]!);
      matrix[a * n + b] = sum;
      matrix[b * n + a] = sum;
    }
    let sum = 0;
    for (let j = from; j < to; j++) sum += (now[j]! - first[j]!) * now[j]!;
    right[a] = sum;
  }
  for (let a = 0; a < n; a++) matrix[a * n + a]! *= 1 + 1e-10;
  for (let k = 0; k < n; k++) {
    const pivot = matrix[k * n + k]!;
    if (!(pivot > 1e-300)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i * n + k]! / pivot;
      for (let j = k; j < n; j++) matrix[i * n + j]! -= factor * matrix[k * n + j]!;
      right[i]! -= factor * right[k]!;
    }
  }
  const weights = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = right[k]!;
    for (let j = k + 1; j < n; j++) sum -= matrix[k * n + j]! * weights[j]!;
    weights[k] = sum / matrix[k * n + k]!;
  }
  return weights.every(Number.isFinite) ? weights : undefined;
}
