import { assert, done, refuse } from "../../quantity/index.ts";
import type { Simulation } from "../input/simulation.ts";
import { work_max } from "../kernel/discretise.ts";
import { spreads } from "../kernel/spreading.ts";
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
 * 4), what a rough grid foresees is too much; so it is of waves that spread, whose peaks appear at once when cells do.
 */
const growth_most_carefully = 2;
/** The order foreseen for the next grid, and what is added to its cells so that it is seldom one too few. */
const order_foreseen = 1.5;
const order_foreseen_of_waves = 2.2;
const margin = 1.1;
/** Errors seldom fall faster than this; what would be too much work even so is not climbed for. */
const order_hoped = 2;
/** Work of the one more grid that is run then: a second or two of a slow core. */
const work_of_last_try = 3e7;
/** A grid that asks for too much work is tried half-way once, when it is this much finer than the last. */
const retreat_least = 1.6;

/** What is asked, or why not, with the finest that was reached beside it. */
export type Asked =
  | { readonly ok: true; readonly value: Estimated }
  | { readonly ok: false; readonly refusal: ColumnRefusal; readonly best?: Estimated };

/** On the grid asked for, or on a grid fine enough for the error asked for. */
export function solveAsked(simulation: Simulation): Asked {
  const { cells } = simulation.input.ask;
  return cells === undefined ? climb(simulation) : onGrid(simulation, cells);
}

/** So many times fewer cells has each rougher grid that shows how far off the next one is. */
const rougher = 2;

function onGrid(simulation: Simulation, cells: number): Asked {
  const coarse = solveOn(simulation, Math.max(least_cells, Math.floor(cells / rougher)));
  if (!coarse.ok) return coarse;
  const fine = solveOn(simulation, cells, coarse.value);
  if (!fine.ok) return fine;
  const last = rungOf(simulation, coarse.value, fine.value);
  return done({ ...fine.value, errors: withRougher(simulation, coarse.value, last) });
}

/** The errors of a first pair of grids, the curve's by the order that a third and rougher one shows; of even cells asked for, the order is known. */
function withRougher(simulation: Simulation, coarse: Solved, last: Rung): Errors {
  const errors = estimateErrors(simulation, last);
  const fewer = Math.floor(coarse.cells / rougher);
  if (simulation.even_cells === true || fewer < least_cells) return errors;
  const roughest = solveOn(simulation, fewer);
  if (!roughest.ok) return errors;
  const { l1 } = estimateErrors(simulation, last, rungOf(simulation, roughest.value, coarse));
  return { ...errors, l1 };
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
function climb(simulation: Simulation): Asked {
  const { cut_tolerance, impurity_tolerance } = simulation.input.ask;
  const first = impurity_tolerance === undefined ? first_cells : first_cells_for_traces;
  const start = solveOn(simulation, first);
  if (!start.ok) return start;
  let coarse: Solved = start.value;
  let before: Rung | undefined;
  let cells = 2 * first;
  let best: Estimated | undefined;
  const waves = spreads(simulation) && simulation.even_cells !== true;
  const cuts = (cut_tolerance ?? impurity_tolerance) !== undefined;
  const most = cuts || waves ? growth_most_carefully : growth_most;
  const order = waves ? order_foreseen_of_waves : order_foreseen;
  for (let rung = 0; rung < ladder_max; rung++) {
    const fine = solveFiner(simulation, cells, coarse);
    if (!fine.ok) return best === undefined ? fine : { ...fine, best };
    const last = rungOf(simulation, coarse, fine.value);
    best = { ...fine.value, errors: estimateErrors(simulation, last, before) };
    // Two rough grids that agree are believed once a third, rougher still, says so too.
    const doubted = before === undefined && shortfall(simulation, best.errors) <= 1;
    if (doubted) best = { ...best, errors: withRougher(simulation, coarse, last) };
    const missing = shortfall(simulation, best.errors);
    if (missing <= 1) return done(best);
    const finer = margin * missing ** (1 / order);
    if (foreseenWork(fine.value, missing ** (1 / order_hoped)) > work_max)
      return lastTry(simulation, best, last);
    const [lower, upper] = rung === 0 ? growth_of_third : [growth_least, most];
    coarse = fine.value;
    before = last;
    cells = Math.ceil(coarse.cells * Math.min(upper, Math.max(lower, finer)));
  }
  return notReached(simulation, best);
}

/** What a grid so many times as fine would take. */
const foreseenWork = ({ march: { work } }: Solved, finer: number): number => work * finer ** 2;

/** What is out of reach is not climbed for: one more grid of little work, and that is the best. */
function lastTry(simulation: Simulation, reached: Estimated, before: Rung): Asked {
  const finer = Math.min(growth_most_carefully, Math.sqrt(work_of_last_try / reached.march.work));
  if (finer < growth_least) return notReached(simulation, reached);
  const fine = solveOn(simulation, Math.floor(reached.cells * finer), reached);
  if (!fine.ok) return { ...fine, best: reached };
  const errors = estimateErrors(simulation, rungOf(simulation, reached, fine.value), before);
  return shortfall(simulation, errors) <= 1
    ? done({ ...fine.value, errors })
    : notReached(simulation, { ...fine.value, errors });
}

/** On the next grid or, where that is too much work, on one half-way. */
function solveFiner(simulation: Simulation, cells: number, coarse: Solved) {
  const fine = solveOn(simulation, cells, coarse);
  return !fine.ok && fine.refusal.code === "too_much_work" && cells > retreat_least * coarse.cells
    ? solveOn(simulation, Math.ceil(Math.sqrt(cells * coarse.cells)), coarse)
    : fine;
}

function notReached(simulation: Simulation, best: Estimated | undefined): Asked {
  assert(best !== undefined, "a ladder has a rung");
  const missing = shortfall(simulation, best.errors);
  const refused = refuse(
    "accuracy_not_reached",
    askedField(simulation),
    `the error came down to ${missing.toPrecision(2)} times what is asked on ${best.cells} cells`,
    { missing, cells: best.cells },
  );
  return { ...refused, best };
}
