import { done, type Result, refuse } from "../../quantity/index.ts";
import { type Curve, curveOf } from "../outlet/curve.ts";
import type { ColumnRefusal, Simulation } from "../read.ts";
import { type Errors, estimateErrors, type Rung, rungOf } from "./estimate.ts";
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
  /** Absent where the error was not estimated on this run. */
  readonly errors?: Errors;
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

/** The question that a run too large or too small for it is laid to. */
function asker({ input: { ask } }: Simulation): string {
  if (ask.cells !== undefined) return "ask.cells";
  if (ask.error_l1_max !== undefined) return "ask.error_l1_max";
  if (ask.cut_tolerance !== undefined) return "ask.cut_tolerance";
  return ask.impurity_tolerance === undefined ? "ask.error_l1_max" : "ask.impurity_tolerance";
}

/** Solves on so many cells, or says why not; what a coarser run took foretells the work better than the column does. */
export function solveOn(
  simulation: Simulation,
  cells: number,
  coarser?: Solved,
): Result<Solved, ColumnRefusal> {
  const problem = problemOf(simulation, cells);
  const end_s = simulation.end_s;
  const largest_m = problem.grid.reduce((most, size) => Math.max(most, size), 0);
  const steps = (end_s * trainSpeed_m_per_s(problem)) / (usual_pace * largest_m);
  const passes = (end_s * trainSpeed_m_per_s(problem)) / simulation.input.bed.length_m;
  const moving = passes > 2 ? (2 / passes) * active_fraction : active_fraction;
  const foreseen =
    coarser === undefined
      ? steps * cells * problem.affinity.length * moving
      : coarser.march.work * (cells / coarser.cells) ** 2;
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
/** A grid that asks for too much work is tried half-way once, when it is this much finer than the last. */
const retreat_least = 1.6;

const answerOf = (solved: Solved, errors: Errors): Answer => ({
  ...solved,
  errors,
  error_l1_estimate: errors.l1,
});

/** On the grid asked for, or on a grid fine enough for the error asked for. */
export function solveAsked(simulation: Simulation): Result<Answer, ColumnRefusal> {
  const { cells } = simulation.input.ask;
  return cells === undefined ? climb(simulation) : onGrid(simulation, cells);
}

function onGrid(simulation: Simulation, cells: number): Result<Answer, ColumnRefusal> {
  const coarse = solveOn(simulation, Math.max(least_cells, Math.floor(cells / 2)));
  if (!coarse.ok) return coarse;
  const fine = solveOn(simulation, cells, coarse.value);
  if (!fine.ok) return fine;
  return done(answerOf(fine.value, estimateErrors(simulation, rungOf(simulation, coarse.value, fine.value))));
}

/** The largest of the errors over what is asked of each; reached at 1. */
function shortfall({ input: { ask } }: Simulation, errors: Errors): number {
  const { cut_tolerance, impurity_tolerance } = ask;
  const otherwise = cut_tolerance === undefined && impurity_tolerance === undefined;
  const error_l1_max = ask.error_l1_max ?? (otherwise ? usual_error_l1 : undefined);
  return Math.max(
    error_l1_max === undefined ? 0 : errors.l1 / error_l1_max,
    cut_tolerance === undefined ? 0 : errors.cut / cut_tolerance,
    impurity_tolerance === undefined ? 0 : errors.impurity / impurity_tolerance,
  );
}

/** Finer grids, until what is asked is reached. */
function climb(simulation: Simulation): Result<Answer, ColumnRefusal> {
  let coarse = solveOn(simulation, first_cells);
  let cells = 2 * first_cells;
  let missing = Number.POSITIVE_INFINITY;
  let before: Rung | undefined;
  for (let rung = 0; rung < ladder_max && coarse.ok; rung++) {
    let fine = solveOn(simulation, cells, coarse.value);
    if (!fine.ok && fine.refusal.code === "too_much_work" && cells > retreat_least * coarse.value.cells)
      fine = solveOn(simulation, Math.ceil(Math.sqrt(cells * coarse.value.cells)), coarse.value);
    if (!fine.ok) return fine;
    const last = rungOf(simulation, coarse.value, fine.value);
    const errors = estimateErrors(simulation, last, before);
    missing = shortfall(simulation, errors);
    if (missing <= 1) return done(answerOf(fine.value, errors));
    const finer = margin * missing ** (1 / order_foreseen);
    const { cells: now } = fine.value;
    const wanted = rung === 0 ? 2 * now : now * Math.min(growth_most, Math.max(1.25, finer));
    coarse = fine;
    before = last;
    cells = Math.ceil(wanted);
  }
  if (!coarse.ok) return coarse;
  const times = missing.toPrecision(2);
  return refuse(
    "accuracy_not_reached",
    asker(simulation),
    `the error came down to ${times} times what is asked on ${coarse.value.cells} cells`,
    { missing, cells: coarse.value.cells },
  );
}
