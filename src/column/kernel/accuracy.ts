import { done, type Result, refuse } from "../../quantity/index.ts";
import { type Curve, curveOf, distance_l1 } from "../outlet/curve.ts";
import type { ColumnRefusal, Simulation } from "../read.ts";
import { gradedGrid } from "./grid.ts";
import { type March, march } from "./march.ts";
import { type Problem, trainSpeed_m_per_s } from "./problem.ts";

/** One column solved on one grid. */
export interface Solved {
  readonly cells: number;
  readonly march: March;
  readonly curve: Curve;
}

export interface Answer extends Solved {
  readonly error_l1_estimate: number;
}

/** Step over the time the train takes through a cell. Measured: cases A and B cost least per accuracy between 0.05 and 0.1. */
const usual_pace = 0.07;
/** Measured on cases A and B: from 1e-9 to 1e-12 the curve moves less than 1e-7 and the time by a tenth. */
const usual_still_fraction = 1e-9;
/** Cells times species solved in one run; about ten seconds of a slow core. */
const work_max = 2e8;
/** Part of the column that is in motion at a time, for the work foreseen. */
const active_fraction = 0.4;

/** The kernel's problem on a grid of so many cells. */
export function problemOf(simulation: Simulation, cells: number): Problem {
  const { void_fraction: mobile, pore_fraction, normality, exchange_per_s } = simulation;
  const bed = simulation.input.bed;
  const levels = [simulation.initial_liquid, ...simulation.inlet.map(({ c }) => c)].map(total);
  return {
    grid: gradedGrid({
      length_m: bed.length_m,
      cells,
      layer_m: outletLayer_m(simulation, cells),
    }),
    affinity: scaled(simulation.affinities),
    mobile_fraction: mobile,
    superficial_m_per_s: simulation.input.flow.superficial_velocity_m_per_s,
    dispersion_m2_per_s: mobile * simulation.dispersion_m2_per_s,
    capacity_mol_per_m3: bed.capacity_mol_per_m3_bed,
    film: exchange_per_s === undefined ? undefined : { exchange_per_s, pore_fraction },
    liquid_mol_per_m3: Float64Array.from(simulation.initial_liquid),
    particle_mol_per_m3: Float64Array.from(
      simulation.initial_solid,
      (solid, i) => solid + pore_fraction * simulation.initial_liquid[i]!,
    ),
    inlet: simulation.inlet.map(({ until_s, c }) => ({ until_s, liquid_mol_per_m3: Float64Array.from(c) })),
    normality_mol_per_m3: normality,
    uneven: levels.some((level) => Math.abs(level - normality) > 1e-9 * normality),
    pace: usual_pace,
    still_fraction: usual_still_fraction,
    work_max,
  };
}

/** A layer thinner than this part of a cell moves the outlet by less than the cells do, and is not followed down. */
const layer_least_cells = 0.01;

/** Without dispersion the outlet makes no layer, and nothing there needs finer cells than elsewhere. */
function outletLayer_m(simulation: Simulation, cells: number): number {
  const { length_m } = simulation.input.bed;
  if (simulation.dispersion_m2_per_s === 0) return length_m;
  const layer_m = simulation.dispersion_m2_per_s / simulation.interstitial_m_per_s;
  return Math.max(layer_m, (layer_least_cells * length_m) / cells);
}

const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** Only ratios of affinities count; around one they keep the arithmetic away from its limits. */
function scaled(affinities: readonly number[]): Float64Array {
  const middle = Math.exp(total(affinities.map(Math.log)) / affinities.length);
  return Float64Array.from(affinities, (affinity) => affinity / middle);
}

const asker = (simulation: Simulation): string =>
  simulation.input.ask.cells !== undefined ? "ask.cells" : "ask.error_l1_max";

/** Solves on so many cells, or says why not. */
export function solveOn(simulation: Simulation, cells: number): Result<Solved, ColumnRefusal> {
  const problem = problemOf(simulation, cells);
  const end_s = simulation.end_s;
  const largest_m = problem.grid.reduce((most, size) => Math.max(most, size), 0);
  const steps = (end_s * trainSpeed_m_per_s(problem)) / (usual_pace * largest_m);
  const passes = (end_s * trainSpeed_m_per_s(problem)) / simulation.input.bed.length_m;
  const moving = passes > 2 ? (2 / passes) * active_fraction : active_fraction;
  const foreseen = steps * cells * problem.affinity.length * moving;
  if (foreseen > work_max)
    return refuse(
      "too_much_work",
      asker(simulation),
      `about ${Math.round(steps)} steps of ${cells} cells are more than is allowed`,
      {
        steps: Math.round(steps),
        cells,
      },
    );
  const end = march(problem);
  if (end.ok)
    return done({
      cells,
      march: end.march,
      curve: curveOf(end.march.record, problem.affinity.length, problem.superficial_m_per_s),
    });
  const reason =
    end.code === "step_collapsed" ? "the step shrank to nothing" : "the steps took more work than is allowed";
  return refuse(end.code, asker(simulation), `${reason} at ${end.time_s} s on ${cells} cells`, {
    time_s: end.time_s,
    cells,
  });
}

/** Order of convergence that estimates count on. Measured on cases A and B between 100 and 600 cells: 1.4 to 1.9. */
const order_counted_on = 1.35;
/** On fewer cells than this the curves do not yet converge at their order; less is counted on. */
const cells_for_order = 150;
const order_on_few = 0.8;

/** How far two runs are apart, over the size of the products' outlet. */
function apart(simulation: Simulation, coarse: Solved, fine: Solved): number {
  const products = simulation.input.species.flatMap(({ role }, i) => (role === "product" ? [i] : []));
  const species = products.length > 0 ? products : simulation.names.map((_, i) => i);
  const times_s = simulation.times_s;
  const floor = 1e-6 * simulation.normality * times_s.length;
  return distance_l1(coarse.curve, fine.curve, { species, times_s, floor });
}

/** Error of the finer of two runs from their distance. */
function estimate(simulation: Simulation, coarse: Solved, fine: Solved): number {
  const order = fine.cells < cells_for_order ? order_on_few : order_counted_on;
  return apart(simulation, coarse, fine) / ((fine.cells / coarse.cells) ** order - 1);
}

/** What is asked for when neither an error nor a grid is given. */
const usual_error_l1 = 0.01;
const least_cells = 5;
const ladder_max = 7;
/** Cells of the first grid; four times as many reach one per cent in cases A and B. */
const first_cells = 44;
/** After the third grid, which doubles the second, each goes at most this much further. */
const growth_most = 5;
/** The order foreseen for the next grid, and what is added to its cells so that it is seldom one too few. */
const order_foreseen = 1.5;
const margin = 1.1;

/** On the grid asked for, or on a grid fine enough for the error asked for. */
export function solveAsked(simulation: Simulation): Result<Answer, ColumnRefusal> {
  const { cells: asked, error_l1_max = usual_error_l1 } = simulation.input.ask;
  if (asked !== undefined) {
    const coarse = solveOn(simulation, Math.max(least_cells, Math.floor(asked / 2)));
    if (!coarse.ok) return coarse;
    const fine = solveOn(simulation, asked);
    if (!fine.ok) return fine;
    return done({ ...fine.value, error_l1_estimate: estimate(simulation, coarse.value, fine.value) });
  }
  let coarse = solveOn(simulation, first_cells);
  let cells = 2 * first_cells;
  let reached = Number.POSITIVE_INFINITY;
  for (let rung = 0; rung < ladder_max && coarse.ok; rung++) {
    const fine = solveOn(simulation, cells);
    if (!fine.ok) return fine;
    reached = estimate(simulation, coarse.value, fine.value);
    if (reached <= error_l1_max) return done({ ...fine.value, error_l1_estimate: reached });
    const finer = margin * (reached / error_l1_max) ** (1 / order_foreseen);
    const wanted = rung === 0 ? 2 * cells : cells * Math.min(growth_most, Math.max(1.25, finer));
    coarse = fine;
    cells = Math.ceil(wanted);
  }
  if (!coarse.ok) return coarse;
  return refuse(
    "accuracy_not_reached",
    "ask.error_l1_max",
    `the error came down to ${reached.toExponential(1)} on ${coarse.value.cells} cells`,
    { asked: error_l1_max, reached },
  );
}
