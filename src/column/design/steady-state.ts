/** A vector by species name. */
export type Vector = Readonly<Record<string, number>>;

export interface Steady<T> {
  readonly x: Vector;
  readonly last: T;
  readonly iterations: number;
  /** Largest change of any species in the last round, over all that is loaded. */
  readonly residual: number;
}

const size = (x: Vector) => Object.values(x).reduce((sum, value) => sum + value, 0);
const REMEMBERED = 3;

/**
 * The load of a column that takes back what it rejects: x = fresh + rejected(x), by fixed-point rounds mixed after Anderson
 * (J. ACM 12 (1965) 547) so that few columns need be simulated. Undefined where what comes back grows without end: no
 * steady cycle exists, or not within the rounds allowed.
 */
export function steadyState<T>(given: {
  readonly fresh: Vector;
  readonly start: Vector | undefined;
  readonly tolerance: number;
  readonly rounds_max: number;
  /** One cycle: what it rejects of this load, or undefined where it cannot be run. */
  readonly cycle: (x: Vector) => { readonly rejected: Vector; readonly result: T } | undefined;
}): Steady<T> | undefined {
  const { fresh, tolerance, rounds_max, cycle } = given;
  const names = Object.keys(fresh);
  const load = size(fresh);
  let x = names.map((name) => Math.max(0, given.start?.[name] ?? fresh[name] ?? 0));
  let before = Number.POSITIVE_INFINITY;
  let plain: number[] | undefined;
  const past: { readonly x: readonly number[]; readonly f: readonly number[] }[] = [];
  for (let round = 1; round <= rounds_max; round++) {
    const state = Object.fromEntries(names.map((name, i) => [name, x[i]!]));
    const ran = cycle(state);
    if (!ran) return undefined;
    const next = names.map((name) => (fresh[name] ?? 0) + (ran.rejected[name] ?? 0));
    const f = next.map((value, i) => value - x[i]!);
    const residual = Math.max(...f.map(Math.abs)) / load;
    if (residual <= tolerance) return { x: state, last: ran.result, iterations: round, residual };
    if (!(next.reduce((a, b) => a + b, 0) < GROWTH_MAX * load)) {
      // Mixing may have thrown the load where no cut is left; only growth from a plain round is the column's own.
      if (plain === undefined) return undefined;
      x = plain;
      plain = undefined;
      past.length = 0;
      before = Number.POSITIVE_INFINITY;
      continue;
    }
    // A cut that jumps leads the mixing astray: then the rounds before it are forgotten, and one plain round follows.
    if (residual > before) past.length = 0;
    before = residual;
    past.push({ x, f });
    if (past.length > REMEMBERED) past.shift();
    x = mixed(past).map((value, i) => (value > 0 ? value : next[i]!));
    plain = past.length > 1 ? next : undefined;
  }
  return undefined;
}

/** A column that would carry more than this many times its fresh load is no plant anybody runs. */
const GROWTH_MAX = 6;

/** The point where the remembered rounds together foresee no change. */
function mixed(past: readonly { readonly x: readonly number[]; readonly f: readonly number[] }[]): number[] {
  const now = past.at(-1)!;
  const older = past.slice(0, -1);
  const d = older.map((p) => p.f.map((value, i) => now.f[i]! - value));
  const weights = leastSquares(d, now.f);
  return now.x.map((value, i) => {
    let sum = value + now.f[i]!;
    older.forEach((p, k) => {
      sum -= weights[k]! * (now.x[i]! - p.x[i]! + d[k]![i]!);
    });
    return sum;
  });
}

/** Weights that bring the columns nearest to the target; ridged, since rounds near the end are almost parallel. */
function leastSquares(columns: readonly (readonly number[])[], target: readonly number[]): number[] {
  const n = columns.length;
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const matrix = columns.map((a, i) => columns.map((b, j) => dot(a, b) * (i === j ? 1 + 1e-10 : 1)));
  const right = columns.map((a) => dot(a, target));
  for (let k = 0; k < n; k++) {
    const pivot = matrix[k]![k]!;
    if (!(Math.abs(pivot) > 1e-300)) return columns.map(() => 0);
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i]![k]! / pivot;
      for (let j = k; j < n; j++) matrix[i]![j] = matrix[i]![j]! - factor * matrix[k]![j]!;
      right[i] = right[i]! - factor * right[k]!;
    }
  }
  const weights = columns.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let j = i + 1; j < n; j++) sum -= matrix[i]![j]! * weights[j]!;
    weights[i] = sum / matrix[i]![i]!;
  }
  return weights;
}
