import { done, type Result, refuse } from "../../quantity/index.ts";
import type { Simulation } from "../input/simulation.ts";
import { left_mol_per_m2 } from "../outlet/curve.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { Solved } from "./one-grid.ts";

/** Mol per square metre of bed cross-section. */
export interface SpeciesBalance {
  readonly initial: number;
  readonly fed: number;
  readonly out: number;
  readonly held: number;
  readonly relative_error: number;
}

export interface Checked {
  readonly balance: Readonly<Record<string, SpeciesBalance>>;
  readonly bounds: { readonly min_over_normality: number; readonly max_over_normality: number };
}

/** What a result may miss of its balance, relative, and leave of the physical range, over the normality. */
const balance_max = 1e-8;
const bounds_max = 1e-4;

/** Balance and bounds of a run, or why they make it worth nothing. */
export function checked(simulation: Simulation, solved: Solved): Result<Checked, ColumnRefusal> {
  const balance = balanceOf(simulation, solved);
  const bounds = {
    min_over_normality: solved.march.least_mol_per_m3 / simulation.normality,
    max_over_normality: solved.march.most_mol_per_m3 / simulation.normality,
  };
  for (const [name, { relative_error }] of Object.entries(balance))
    if (!(Math.abs(relative_error) <= balance_max))
      return refuse("result_not_trusted", `balance.${name}`, `the balance of ${name} does not close`, {
        relative_error,
      });
  if (!(bounds.min_over_normality >= -bounds_max && bounds.max_over_normality <= 1 + bounds_max))
    return refuse(
      "result_not_trusted",
      "bounds",
      "concentrations leave the range from 0 to the normality",
      bounds,
    );
  return done({ balance, bounds });
}

function balanceOf(simulation: Simulation, { march, outlet }: Solved): Record<string, SpeciesBalance> {
  const balances = simulation.names.map((name, i) => {
    const initial = march.initial_mol_per_m2[i]!;
    const fed = march.fed_mol_per_m2[i]!;
    const out = left_mol_per_m2(outlet.curve, i, simulation.end_s);
    const held = march.held_mol_per_m2[i]!;
    const missing = initial + fed - out - held;
    const relative_error = initial + fed > 0 ? missing / (initial + fed) : missing;
    return [name, { initial, fed, out, held, relative_error }] as const;
  });
  return Object.fromEntries(balances);
}
