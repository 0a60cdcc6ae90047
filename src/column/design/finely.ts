import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type Network, type NetworkAsked, runNetwork, type Start } from "./network.ts";
import { conditionsOf, type Plant } from "./problem.ts";
import { runColumn } from "./run-column.ts";
import { loadsOf } from "./search.ts";

/** Cells to begin with, and the most a column is given before the accuracy asked is refused. */
const CELLS_FIRST = 256;
const CELLS_MOST = 3_200;
/** Largest change of any species from one cycle to the next, over what a column is loaded with. */
const TOLERANCE = 1e-5;
/** Cycles in which it is reached where cuts do not jitter. */
const ROUNDS_CUTTING = 12;
/** Where cut times jitter by the solver's own noise (a thin front column does) this is enough until they are kept. */
const TOLERANCE_JITTER = 3e-4;
/** What of its impurities a cut may use when its times are kept from such a cycle: the first that keeps the specification is taken. */
const MARGINS = [1, 0.7, 0.4];

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
    const checked = settled(plant, asked, cells);
    if (!checked.ok) return checked;
    const worst = Math.max(...checked.value.stages.map((stage) => stage.ran.error_l1_estimate ?? 0));
    if (worst <= error_l1_max) return checked;
    const finer = finerThan(cells, worst / error_l1_max);
    if (!finer.ok) return finer;
    cells = finer.value;
  }
}

/** Cycles until the columns repeat themselves, then with the cut times kept and the error of every column estimated. */
function settled(plant: Plant, asked: Asked, cells: number): Result<Network, ColumnRefusal> {
  const cutting = (tighter: Plant, tolerance: number) =>
    runNetwork(tighter, {
      ...asked,
      grid: { cells, estimated: false },
      tolerance,
      rounds_max: ROUNDS_CUTTING,
    });
  // Zone I is cut anew, so that it is cut by the same specification as when the times behind it were found.
  const kept = (steady: Network, by: Plant) =>
    runNetwork(by, {
      ...asked,
      start: withCuts(loadsOf(steady), steady),
      grid: { cells, estimated: true },
      tolerance: 2 * TOLERANCE,
    });
  const exact = cutting(plant, TOLERANCE);
  if (exact.ok) return kept(exact.value, plant);
  let last: Result<Network, ColumnRefusal> = exact;
  for (const margin of MARGINS) {
    const tighter = tightened(plant, margin);
    const rough = cutting(tighter, TOLERANCE_JITTER);
    last = rough.ok ? kept(rough.value, tighter) : rough;
    if (last.ok && holdsAll(plant, last.value)) return last;
  }
  return last.ok ? exact : last;
}

const tightened = (plant: Plant, margin: number): Plant => ({
  ...plant,
  species: plant.species.map((s) => ({
    ...s,
    specification: s.specification && {
      ...s.specification,
      purity_min: 1 - margin * (1 - s.specification.purity_min),
      impurities_ppm_max: Object.fromEntries(
        Object.entries(s.specification.impurities_ppm_max).map(([name, ppm]) => [name, margin * ppm]),
      ),
    },
  })),
});

/** Whether every pooled product keeps its whole specification. */
const holdsAll = (plant: Plant, network: Network): boolean =>
  plant.species.every((own) =>
    conditionsOf(plant.species, own, 1).weights.every(
      (weights) =>
        plant.species.reduce(
          (sum, s, i) => sum + weights[i]! * (network.products[own.name]?.[s.name] ?? 0),
          0,
        ) >= 0,
    ),
  );

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
