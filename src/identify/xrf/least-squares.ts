/**
 * Weighted least squares in which some unknowns may not be negative (Lawson and Hanson, Solving Least Squares Problems,
 * 1974, chapter 23), from the normal equations.
 *
 * @param normal row by row, symmetric
 * @param free unknowns that may be negative
 * @returns the unknowns, and the inverse over those that are not held at zero (row by row, zero elsewhere)
 */
export function solveBounded(
  normal: Float64Array,
  right: Float64Array,
  free: readonly boolean[],
): { readonly values: Float64Array; readonly inverse: Float64Array } {
  const size = right.length;
  const values = new Float64Array(size);
  const active = new Set(free.flatMap((isFree, k) => (isFree ? [k] : [])));
  const refused = new Set<number>();
  for (let round = 0; round < 6 * size; round++) {
    const chosen = [...active];
    const wish = solveOn(normal, right, chosen, size);
    const worst = stepTo(values, wish, chosen, free);
    if (worst >= 0) {
      values[worst] = 0;
      active.delete(worst);
      refused.add(worst);
      continue;
    }
    const next = steepest(normal, right, values, active, refused);
    if (next < 0) break;
    refused.clear();
    active.add(next);
  }
  return { values, inverse: inverseOn(normal, [...active], size) };
}

/** Moves as far as nothing turns negative. @returns the unknown that would, or -1 */
function stepTo(
  values: Float64Array,
  wish: Float64Array,
  chosen: readonly number[],
  free: readonly boolean[],
): number {
  let part = 1;
  let worst = -1;
  chosen.forEach((k, at) => {
    if (free[k] || wish[at]! > 0) return;
    const now = values[k]!;
    const far = now / (now - wish[at]! + 1e-300);
    if (far < part || worst < 0) {
      part = Math.min(part, far);
      worst = far <= part ? k : worst;
    }
  });
  chosen.forEach((k, at) => {
    values[k] = values[k]! + part * (wish[at]! - values[k]!);
  });
  return worst;
}

function steepest(
  normal: Float64Array,
  right: Float64Array,
  values: Float64Array,
  active: ReadonlySet<number>,
  refused: ReadonlySet<number>,
): number {
  const size = right.length;
  let best = -1;
  let most = 1e-9;
  for (let k = 0; k < size; k++) {
    if (active.has(k) || refused.has(k)) continue;
    let slope = right[k]!;
    for (let m = 0; m < size; m++) slope -= normal[k * size + m]! * values[m]!;
    const scaled = slope / Math.sqrt(normal[k * size + k]! || 1);
    if (scaled > most && normal[k * size + k]! > 0) {
      most = scaled;
      best = k;
    }
  }
  return best;
}

/** Cholesky's factor of the chosen rows and columns. */
function factor(normal: Float64Array, chosen: readonly number[], size: number): Float64Array {
  const n = chosen.length;
  const low = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [a, b] = [chosen[i]!, chosen[j]!];
      let sum = normal[a * size + b]! + (i === j ? 1e-12 * normal[a * size + a]! + 1e-300 : 0);
      for (let k = 0; k < j; k++) sum -= low[i * n + k]! * low[j * n + k]!;
      low[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / low[j * n + j]!;
    }
  return low;
}

function backSolve(low: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= low[i * n + k]! * x[k]!;
    x[i]! /= low[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= low[k * n + i]! * x[k]!;
    x[i]! /= low[i * n + i]!;
  }
  return x;
}

const solveOn = (normal: Float64Array, right: Float64Array, chosen: readonly number[], size: number) =>
  backSolve(
    factor(normal, chosen, size),
    Float64Array.from(chosen, (k) => right[k]!),
  );

function inverseOn(normal: Float64Array, chosen: readonly number[], size: number): Float64Array {
  const low = factor(normal, chosen, size);
  const inverse = new Float64Array(size * size);
  chosen.forEach((k, at) => {
    const unit = new Float64Array(chosen.length);
    unit[at] = 1;
    const column = backSolve(low, unit);
    chosen.forEach((m, row) => {
      inverse[m * size + k] = column[row]!;
    });
  });
  return inverse;
}
