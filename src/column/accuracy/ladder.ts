import { done, type Result, refuse } from "../../quantity/index.ts";
import type { Simulation } from "../input/simulation.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type Errors, type Rung, rungOf } from "./distance.ts";
import { estimateErrors } from "./estimate.ts";
import { askedField, type Solved, solveOn } from "./one-grid.ts";

/** The finer of the last two grids, and what it is off by. */
export interface Estimated extends Solved {
  readonly errors: Errors;
}

/** What is asked for when neither an error nor a grid is given. */
const usual_error_l1 = 0.01;
const least_cells = 5;
const ladder_max = 7;
/** Cells of the first grid; four times as many reach one per cent in cases A and B. */
const first_cells = 44;
/** Tails of traces do not converge before the fronts do: two rough grids agree on them by chance (case A, by a third). */
const first_cells_for_traces = 176;
/** The third grid is so many times as fine as the second: two rough ones do not yet say how far to go. */
const growth_of_third = [1.5, 2] as const;
/** Each after it goes at least and at most this much further. */
const growth_least = 1.25;
const growth_most = 5;
/**
 * For cuts, which converge faster than the curve once they do (measured on case A: 99 to 99.99 % pure, orders 1.5 to
 * 4), what a rough grid foresees is too much.
 */
const growth_most_for_cuts = 2;
/** The order foreseen for the next grid, and what is added to its cells so that it is seldom one too few. */
const order_foreseen = 1.5;
const margin = 1.1;
/** A grid that asks for too much work is tried half-way once, when it is this much finer than the last. */
const retreat_least = 1.6;

/** On the grid asked for, or on a grid fine enough for the error asked for. */
export function solveAsked(simulation: Simulation): Result<Estimated, ColumnRefusal> {
  const { cells } = simulation.input.ask;
  return cells === undefined ? climb(simulation) : onGrid(simulation, cells);
}

function onGrid(simulation: Simulation, cells: number): Result<Estimated, ColumnRefusal> {
  const coarse = solveOn(simulation, Math.max(least_cells, Math.floor(cells / 2)));
  if (!coarse.ok) return coarse;
  const fine = solveOn(simulation, cells, coarse.value);
  if (!fine.ok) return fine;
  const errors = estimateErrors(simulation, rungOf(simulation, coarse.value, fine.value));
  return done({ ...fine.value, errors });
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
function climb(simulation: Simulation): Result<Estimated, ColumnRefusal> {
  const { cut_tolerance, impurity_tolerance } = simulation.input.ask;
  const first = impurity_tolerance === undefined ? first_cells : first_cells_for_traces;
  let coarse = solveOn(simulation, first);
  let cells = 2 * first;
  let missing = Number.POSITIVE_INFINITY;
  let before: Rung | undefined;
  const most = (cut_tolerance ?? impurity_tolerance) === undefined ? growth_most : growth_most_for_cuts;
  for (let rung = 0; rung < ladder_max && coarse.ok; rung++) {
    let fine = solveOn(simulation, cells, coarse.value);
    if (!fine.ok && fine.refusal.code === "too_much_work" && cells > retreat_least * coarse.value.cells)
      fine = solveOn(simulation, Math.ceil(Math.sqrt(cells * coarse.value.cells)), coarse.value);
    if (!fine.ok) return fine;
    const last = rungOf(simulation, coarse.value, fine.value);
    const errors = estimateErrors(simulation, last, before);
    missing = shortfall(simulation, errors);
    if (missing <= 1) return done({ ...fine.value, errors });
    const finer = margin * missing ** (1 / order_foreseen);
    const { cells: now } = fine.value;
    const [lower, upper] = rung === 0 ? growth_of_third : [growth_least, most];
    const wanted = now * Math.min(upper, Math.max(lower, finer));
    coarse = fine;
    before = last;
    cells = Math.ceil(wanted);
  }
  if (!coarse.ok) return coarse;
  const times = missing.toPrecision(2);
  return refuse(
    "accuracy_not_reached",
    askedField(simulation),
    `the error came down to ${times} times what is asked on ${coarse.value.cells} cells`,
    { missing, cells: coarse.value.cells },
  );
}
