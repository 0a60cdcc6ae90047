import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../read.ts";
import { type Network, type NetworkAsked, runNetwork, type Start } from "./network.ts";
import type { Plant } from "./problem.ts";
import { runColumn } from "./run-column.ts";
import { loadsOf } from "./search.ts";

/** Cells to begin with, and the most a column is given before the accuracy asked is refused. */
const CELLS_FIRST = 256;
const CELLS_MOST = 3_200;
/** Largest change of any species from one cycle to the next, over what a column is loaded with. */
const TOLERANCE = 1e-5;

type Asked = Omit<NetworkAsked, "grid" | "tolerance">;

/**
 * The plant simulated until every column repeats itself, each to the L1 error asked: first the cycles without an estimate,
 * then once more, with its cut times kept, beside the coarser companion of every column that says how far off it is.
 */
export function runFinely(plant: Plant, asked: Asked, error_l1_max: number): Result<Network, ColumnRefusal> {
  const enough = cellsFor(plant, asked, error_l1_max);
  if (!enough.ok) return enough;
  let cells = enough.value;
  for (;;) {
    const steady = runNetwork(plant, { ...asked, grid: { cells, estimated: false }, tolerance: TOLERANCE });
    if (!steady.ok) return steady;
    const start = withCuts(loadsOf(steady.value), steady.value);
    const checked = runNetwork(plant, {
      ...asked,
      start,
      grid: { cells, estimated: true },
      tolerance: 2 * TOLERANCE,
    });
    if (!checked.ok) return checked;
    const worst = Math.max(...checked.value.stages.map((stage) => stage.ran.error_l1_estimate ?? 0));
    if (worst <= error_l1_max) return checked;
    const finer = finerThan(cells, worst / error_l1_max);
    if (!finer.ok) return finer;
    cells = finer.value;
  }
}

/** Cells that bring the first column to the accuracy asked; the others carry narrower mixtures and need no more, as a rule. */
function cellsFor(plant: Plant, asked: Asked, error_l1_max: number): Result<number, ColumnRefusal> {
  const feed = Object.fromEntries(plant.species.map((s) => [s.name, s.mole_fraction]));
  let cells = CELLS_FIRST;
  for (;;) {
    const ran = runColumn(plant, {
      choice: asked.choice,
      grid: { cells, estimated: true },
      asked: { feed, loading: asked.choice.loading.first, cuts: [], guards: [] },
    });
    if (!ran.ok) return ran;
    const over = (ran.value.error_l1_estimate ?? 0) / error_l1_max;
    if (over <= 1) return done(cells);
    const finer = finerThan(cells, over);
    if (!finer.ok) return finer;
    cells = finer.value;
  }
}

function finerThan(cells: number, over: number): Result<number, ColumnRefusal> {
  if (cells >= CELLS_MOST) {
    return refuse(
      "accuracy_not_reached",
      "error_l1_max",
      `${cells} cells leave an error ${over.toFixed(1)} times what is asked`,
      {
        cells,
        over,
      },
    );
  }
  return done(Math.min(CELLS_MOST, Math.ceil(cells * Math.min(2.5, Math.max(1.2, over ** 0.6)))));
}

const withCuts = (start: Start, network: Network): Start =>
  Object.fromEntries(
    Object.entries(start).map(([name, at]) => {
      const cuts = network.stages.find((stage) => stage.name === name)?.ran.cuts;
      return [name, cuts ? { ...at, cuts } : at];
    }),
  );
