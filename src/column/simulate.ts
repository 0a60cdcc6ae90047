import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type Checked, checked } from "./accuracy/checks.ts";
import { type Asked, type Estimated, solveAsked } from "./accuracy/ladder.ts";
import type { Simulation } from "./input/simulation.ts";
import { concentrations } from "./outlet/curve.ts";
import { type CutResult, makeCut } from "./outlet/cuts.ts";
import { type KeptOutlet, keepOutlet } from "./outlet/kept-outlet.ts";
import type { ColumnRefusal } from "./refusals.ts";

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
  readonly balance: Checked["balance"];
  readonly bounds: Checked["bounds"];
  readonly numerics: Numerics;
  readonly transport: {
    readonly axial_dispersion_m2_per_s: number;
    readonly film_coefficient_m_per_s: number | null;
    readonly from: "given" | "correlations";
  };
}

/** What was asked is out of reach; where some grids were run, the finest of them is told whole, with its estimates. */
export type SimulationRefusal =
  | ColumnRefusal
  | (Refusal<"accuracy_not_reached" | "too_much_work"> & { readonly best: SimulationResult });

/**
 * Simulates one column: outlet over time, cuts, balance, bounds and the error of the curve as estimated from
 * two grids. Refuses rather than return a curve whose balance is open or that leaves the physical range.
 */
export function simulate(simulation: Simulation): Result<SimulationResult, SimulationRefusal> {
  const solved = solveAsked(simulation);
  return solved.ok ? answer(simulation, solved.value) : withBest(simulation, solved);
}

/** A refusal with the best that was reached beside it, where that is sound. */
function withBest(
  simulation: Simulation,
  { refusal, best }: Extract<Asked, { ok: false }>,
): Result<SimulationResult, SimulationRefusal> {
  const { code, at, message, numbers } = refusal;
  const reached = best && answer(simulation, best);
  if (!reached?.ok || (code !== "accuracy_not_reached" && code !== "too_much_work"))
    return { ok: false, refusal };
  return refuse(code, at, message, numbers, { best: reached.value });
}

/** The same with the outlet at the scheme's own times, so that other cuts can be made of it without another run. */
export function simulateForCuts(
  simulation: Simulation,
): Result<SimulationResult & { readonly kept: KeptOutlet }, ColumnRefusal> {
  const solved = solveAsked(simulation);
  if (!solved.ok) return solved;
  const result = answer(simulation, solved.value);
  if (!result.ok) return result;
  const { outlet } = solved.value;
  return done({ ...result.value, kept: keepOutlet(outlet, outlet.curve.time_s) });
}

function answer(simulation: Simulation, solved: Estimated): Result<SimulationResult, ColumnRefusal> {
  const sound = checked(simulation, solved);
  if (!sound.ok) return sound;
  const { names, times_s, input } = simulation;
  const { cells, march, outlet, errors } = solved;
  return done({
    outlet: {
      time_s: times_s,
      mol_per_m3: Object.fromEntries(
        names.map((name, i) => [name, concentrations(outlet.curve, i, times_s)]),
      ),
    },
    cuts: (input.ask.cuts ?? []).map((cut) => makeCut(outlet, cut)),
    ...sound.value,
    numerics: {
      cells,
      steps: march.steps,
      error_l1_estimate: errors.l1,
      ...(input.ask.cuts === undefined
        ? {}
        : { cut_error_estimate: errors.cut, impurity_error_estimate: errors.impurity }),
    },
    transport: {
      axial_dispersion_m2_per_s: simulation.dispersion_m2_per_s,
      film_coefficient_m_per_s: simulation.film_coefficient_m_per_s ?? null,
      from: simulation.transport_from,
    },
  });
}
