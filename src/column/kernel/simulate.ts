import { done, type Result, refuse } from "../../quantity/index.ts";
import { concentrations, left_mol_per_m2 } from "../outlet/curve.ts";
import { type CutResult, makeCut } from "../outlet/cuts.ts";
import { type KeptOutlet, keepOutlet } from "../outlet/kept-outlet.ts";
import type { ColumnRefusal, Simulation } from "../read.ts";
import { type Answer, solveAsked } from "./accuracy.ts";
import { contextOf } from "./estimate.ts";

/** Mol per square metre of bed cross-section. */
export interface SpeciesBalance {
  readonly initial: number;
  readonly fed: number;
  readonly out: number;
  readonly held: number;
  readonly relative_error: number;
}

export interface Numerics {
  readonly cells: number;
  readonly steps: number;
  readonly error_l1_estimate: number;
  /** Of all purities and yields of cuts, the largest error; absolute. Only where cuts are asked for. */
  readonly cut_error_estimate?: number;
  /** Of all impurities of cuts, the largest error, over the impurity or over 10 ppm where it is less. */
  readonly impurity_error_estimate?: number;
}

export interface SimulationResult {
  readonly outlet: {
    readonly time_s: readonly number[];
    readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
  };
  readonly cuts: readonly CutResult[];
  readonly balance: Readonly<Record<string, SpeciesBalance>>;
  readonly bounds: { readonly min_over_normality: number; readonly max_over_normality: number };
  readonly numerics: Numerics;
  readonly transport: {
    readonly axial_dispersion_m2_per_s: number;
    readonly film_coefficient_m_per_s: number | null;
    readonly from: "given" | "correlations";
  };
}

export { contextOf };

/** What a result may miss of its balance, relative, and leave of the physical range, over the normality. */
const balance_max = 1e-8;
const bounds_max = 1e-4;

/**
 * Simulates one column: outlet over time, cuts, balance, bounds and the error of the curve as estimated from
 * two grids. Refuses rather than return a curve whose balance is open or that leaves the physical range.
 */
export function simulate(simulation: Simulation): Result<SimulationResult, ColumnRefusal> {
  const solved = solveAsked(simulation);
  return solved.ok ? trusted(simulation, solved.value) : solved;
}

/** The same with the outlet at the scheme's own times, so that other cuts can be made of it without another run. */
export function simulateForCuts(
  simulation: Simulation,
): Result<SimulationResult & { readonly kept: KeptOutlet }, ColumnRefusal> {
  const solved = solveAsked(simulation);
  if (!solved.ok) return solved;
  const result = trusted(simulation, solved.value);
  if (!result.ok) return result;
  const context = contextOf(simulation, solved.value);
  return done({ ...result.value, kept: keepOutlet(context, solved.value.curve.time_s) });
}

/** The answer in full, if its balance closes and nothing in it is out of range. */
export function trusted(simulation: Simulation, answer: Answer): Result<SimulationResult, ColumnRefusal> {
  const balance = balanceOf(simulation, answer);
  const bounds = {
    min_over_normality: answer.march.least_mol_per_m3 / simulation.normality,
    max_over_normality: answer.march.most_mol_per_m3 / simulation.normality,
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
  const context = contextOf(simulation, answer);
  const { times_s } = simulation;
  return done({
    outlet: {
      time_s: times_s,
      mol_per_m3: byName(simulation, (i) => concentrations(answer.curve, i, times_s)),
    },
    cuts: (simulation.input.ask.cuts ?? []).map((cut) => makeCut(context, cut)),
    balance,
    bounds,
    numerics: {
      cells: answer.cells,
      steps: answer.march.steps,
      error_l1_estimate: answer.error_l1_estimate,
      ...(simulation.input.ask.cuts === undefined || answer.errors === undefined
        ? {}
        : { cut_error_estimate: answer.errors.cut, impurity_error_estimate: answer.errors.impurity }),
    },
    transport: {
      axial_dispersion_m2_per_s: simulation.dispersion_m2_per_s,
      film_coefficient_m_per_s: simulation.film_coefficient_m_per_s ?? null,
      from: simulation.transport_from,
    },
  });
}

function balanceOf(simulation: Simulation, { march, curve }: Answer): Record<string, SpeciesBalance> {
  return byName(simulation, (i) => {
    const initial = march.initial_mol_per_m2[i]!;
    const fed = march.fed_mol_per_m2[i]!;
    const out = left_mol_per_m2(curve, i, simulation.end_s);
    const held = march.held_mol_per_m2[i]!;
    const missing = initial + fed - out - held;
    return {
      initial,
      fed,
      out,
      held,
      relative_error: initial + fed > 0 ? missing / (initial + fed) : missing,
    };
  });
}

const byName = <Value>(simulation: Simulation, value: (i: number) => Value): Record<string, Value> =>
  Object.fromEntries(simulation.names.map((name, i) => [name, value(i)]));
