import { assert, done, refuse } from "../quantity/index.ts";

/** A system at fixed pH: every species is a product of powers of the free components times its formation constant. */
export interface MassAction {
  /** Total of each component, mol/L, above 0. */
  readonly totals_M: Readonly<Record<string, number>>;
  readonly species: readonly {
    readonly name: string;
    /** log10 of the overall constant from free components; protons count at the given pH. */
    readonly logBeta: number;
    readonly of: Readonly<Record<string, number>>;
    readonly protons?: number;
  }[];
  readonly pH: number;
}

export interface Speciation {
  readonly concentrations_M: Readonly<Record<string, number>>;
  /** Largest mass balance error over its total. */
  readonly residual: number;
  readonly iterations: number;
}

const ITERATIONS_MAX = 500;
// A balance of concentrations summed in doubles closes to some 1e-15; this leaves room for large systems.
const RESIDUAL_MAX = 1e-11;
/** Longest step in ln c: a farther one overflows from a bad start. */
const STEP_MAX = 5;
/** Enough to bring complexes of 10^28 down to their totals; more is Newton's work. */
const SWEEPS = 30;

/**
 * Newton in ln c on the balances. They are the gradient of sum(species) - sum(total * ln c), which is convex, so there is one answer
 * and halving a step until that sum falls always leads to it.
 * Refusals: ph_out_of_range, total_not_positive, no_convergence.
 */
export function speciate(system: MassAction) {
  const { pH } = system;
  if (!(pH >= 0 && pH <= 14)) return refuse("ph_out_of_range", "pH", `pH ${pH} is outside 0 to 14`);
  const names = Object.keys(system.totals_M);
  const totals = names.map((name) => system.totals_M[name] ?? 0);
  for (const [k, total] of totals.entries())
    if (!(total > 0 && Number.isFinite(total)))
      return refuse("total_not_positive", `totals_M.${names[k]}`, `the total of ${names[k]} is above 0`);
  const all = [
    ...names.map((name) => ({ name, lnBeta: 0, powers: names.map((n) => (n === name ? 1 : 0)) })),
    ...system.species.map((s) => ({
      name: s.name,
      lnBeta: Math.LN10 * (s.logBeta - (s.protons ?? 0) * pH),
      powers: names.map((n) => s.of[n] ?? 0),
    })),
  ];
  const at = (x: readonly number[]) =>
    all.map((s) => Math.exp(s.powers.reduce((sum, a, k) => sum + a * (x[k] ?? 0), s.lnBeta)));
  const objective = (c: readonly number[], x: readonly number[]) =>
    c.reduce((a, b) => a + b, 0) - totals.reduce((a, t, k) => a + t * (x[k] ?? 0), 0);
  const balances = (c: readonly number[]) =>
    totals.map((total, k) => c.reduce((sum, value, s) => sum + value * (all[s]?.powers[k] ?? 0), -total));
  const worst = (f: readonly number[]) => Math.max(...f.map((v, k) => Math.abs(v) / (totals[k] ?? 1)));

  let x = totals.map(Math.log);
  // One component after another is set to its own balance: rough, but it never overflows, and Newton from far off meets a matrix
  // whose small pivots are rounding.
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const [k, total] of totals.entries()) {
      const used = at(x).reduce((sum, value, s) => sum + value * (all[s]?.powers[k] ?? 0), 0);
      const power = Math.max(...all.map((s) => s.powers[k] ?? 0));
      x = x.map((v, i) => (i === k ? v + Math.log(total / used) / power : v));
    }
  let c = at(x);
  let damping = 0;
  for (let iterations = 0; iterations < ITERATIONS_MAX; iterations++) {
    const f = balances(c);
    const residual = worst(f);
    if (residual <= RESIDUAL_MAX)
      return done({
        concentrations_M: Object.fromEntries(all.map((s, i) => [s.name, c[i] ?? 0])),
        residual,
        iterations,
      });
    const hessian = names.map((_, k) =>
      names.map((__, l) =>
        c.reduce((sum, v, s) => sum + v * (all[s]?.powers[k] ?? 0) * (all[s]?.powers[l] ?? 0), 0),
      ),
    );
    const step = solve(
      hessian.map((row, k) => row.map((v, l) => (k === l ? v * (1 + damping) : v))),
      f.map((v) => -v),
    );
    const longest = Math.max(...step.map(Math.abs));
    let share = longest > STEP_MAX ? STEP_MAX / longest : 1;
    const before = objective(c, x);
    const noise = 1e-13 * Math.abs(before);
    // Where no part of the step helps, rounding made it: the next one is held closer to the balances' own scale.
    damping = damping > 0 ? damping * 100 : 1e-14;
    for (let halving = 0; halving < 10; halving++, share /= 2) {
      const tried = x.map((v, k) => v + share * (step[k] ?? 0));
      const there = at(tried);
      // Near the answer the sum no longer resolves a step; there the balances decide.
      if (objective(there, tried) < before - noise || worst(balances(there)) < residual) {
        x = tried;
        c = there;
        damping = 0;
        break;
      }
    }
  }
  return refuse("no_convergence", "totals_M", `the balances did not close within ${ITERATIONS_MAX} steps`, {
    residual: worst(balances(c)),
  });
}

/** Gaussian elimination with row exchange, rows scaled first: complexes span many powers of ten. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => {
    const scale = Math.max(...row.map(Math.abs));
    return [...row, right[i] ?? 0].map((v) => v / scale);
  });
  const cell = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(cell(i, k)) > Math.abs(cell(pivot, k))) pivot = i;
    const held = rows[pivot];
    const top = rows[k];
    assert(held !== undefined && top !== undefined, "the matrix is square");
    rows[pivot] = top;
    // A pivot lost to rounding is a direction the balances do not see; it is held back, not divided by zero.
    if (Math.abs(held[k] ?? 0) < 1e-300) held[k] = 1e-300;
    rows[k] = held;
    for (let i = k + 1; i < n; i++) {
      const factor = cell(i, k) / (held[k] ?? 1);
      rows[i] = (rows[i] ?? []).map((v, j) => v - factor * (held[j] ?? 0));
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = cell(k, n);
    for (let j = k + 1; j < n; j++) sum -= cell(k, j) * (x[j] ?? 0);
    x[k] = sum / cell(k, k);
  }
  return x;
}
