/** Weighted residuals at a point, or nothing where the model has no answer. */
export type Residuals = (point: readonly number[]) => number[] | undefined;

export interface Minimum {
  readonly point: readonly number[];
  readonly residuals: readonly number[];
  /** By parameter, then by residual. */
  readonly slopes: readonly (readonly number[])[];
  readonly converged: boolean;
}

/** Half-width of the central difference in logarithm: fronts move by a thousandth, far less than they are wide. */
const difference = 1e-3;
export const rounds_max = 40;

export const sumOfSquares = (r: readonly number[]): number =>
  r.reduce((sum, value) => sum + value * value, 0);

export function slopesAt(model: Residuals, point: readonly number[]): number[][] | undefined {
  const slopes: number[][] = [];
  for (let k = 0; k < point.length; k++) {
    const up = model(point.map((x, i) => (i === k ? x + difference : x)));
    const down = model(point.map((x, i) => (i === k ? x - difference : x)));
    if (!up || !down) return undefined;
    slopes.push(up.map((value, i) => (value - (down[i] ?? 0)) / (2 * difference)));
  }
  return slopes;
}

export const normalMatrix = (slopes: readonly (readonly number[])[]): number[][] =>
  slopes.map((a) => slopes.map((b) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)));

/** Solves A x = b by elimination with pivots; small systems only. */
export function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[pivot]![k]!)) pivot = i;
    [a[k], a[pivot]] = [a[pivot]!, a[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k || a[k]![k] === 0) continue;
      const factor = a[i]![k]! / a[k]![k]!;
      for (let j = k; j <= n; j++) a[i]![j]! -= factor * a[k]![j]!;
    }
  }
  return a.map((row, i) => (row[i] === 0 ? 0 : row[n]! / row[i]!));
}

/** Levenberg-Marquardt with Marquardt's scaling (J. SIAM 11, 431, 1963) within bounds. `told` hears of every round. */
export function minimise(
  model: Residuals,
  start: readonly number[],
  bounds: readonly { readonly min: number; readonly max: number }[],
  rounds = rounds_max,
  told: (round: number, cost: number) => void = () => {},
): Minimum | undefined {
  let point = [...start];
  let residuals = model(point);
  let slopes = residuals && slopesAt(model, point);
  let damping = 1e-2;
  let converged = false;
  for (let round = 0; round < rounds && residuals && slopes && !converged; round++) {
    const here = sumOfSquares(residuals);
    told(round, here);
    const slope = slopes.map((s) => s.reduce((sum, value, i) => sum + value * (residuals?.[i] ?? 0), 0));
    const square = normalMatrix(slopes);
    // A parameter held at its bound that would go further out takes no part in the step.
    const free = point.map((x, i) => {
      const { min, max } = bounds[i]!;
      return !((x <= min && slope[i]! > 0) || (x >= max && slope[i]! < 0));
    });
    let better: number[] | undefined;
    let moved = 0;
    for (let attempt = 0; attempt < 10 && !better; attempt++) {
      const damped = square.map((row, i) =>
        row.map((value, j) => (i === j ? value * (1 + damping) + 1e-12 : free[i] && free[j] ? value : 0)),
      );
      const step = solved(
        damped,
        slope.map((s, i) => (free[i] ? -s : 0)),
      );
      const next = point.map((x, i) =>
        Math.min(bounds[i]!.max, Math.max(bounds[i]!.min, x + Math.max(-1, Math.min(1, step[i]!)))),
      );
      moved = Math.max(...next.map((x, i) => Math.abs(x - point[i]!)));
      const there = model(next);
      if (there && sumOfSquares(there) < here) {
        better = there;
        point = next;
        damping = Math.max(1e-9, damping / 10);
      } else damping *= 6;
    }
    // Nothing lower in any direction tried is a minimum to the model's own noise.
    converged = !better || moved < 1e-6 || here - sumOfSquares(better) < 1e-8 * here;
    if (better) {
      residuals = better;
      slopes = slopesAt(model, point);
    }
  }
  return residuals && slopes ? { point, residuals, slopes, converged } : undefined;
}
