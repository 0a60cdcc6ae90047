import { done, type Result, refuse } from "../../quantity/index.ts";
import type { Simulation } from "../input/simulation.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { problemOf } from "./discretise.ts";
import { march } from "./march.ts";

/** The liquid along the bed as it runs: what a film of the bands is drawn from. */
export interface Profiles {
  readonly time_s: readonly number[];
  /** Middles of the cells, from the inlet. */
  readonly position_m: readonly number[];
  /** Per time and species in their order, then per cell. */
  readonly mol_per_m3: readonly (readonly Float32Array[])[];
}

/** Runs a column on so many cells and keeps about `count` pictures of the bed, at even times. */
export function profilesOf(
  simulation: Simulation,
  cells: number,
  count: number,
): Result<Profiles, ColumnRefusal> {
  const problem = { ...problemOf(simulation, cells), frame_every_s: simulation.end_s / count };
  const end = march(problem);
  if (!end.ok)
    return refuse(end.code, "ask.cells", `no pictures of the bed: the run ended at ${end.time_s} s`);
  const species = simulation.names.length;
  let edge_m = 0;
  return done({
    time_s: end.march.frames.map(({ time_s }) => time_s),
    position_m: Array.from(problem.grid, (size_m) => {
      edge_m += size_m;
      return edge_m - size_m / 2;
    }),
    mol_per_m3: end.march.frames.map(({ liquid_mol_per_m3 }) =>
      Array.from({ length: species }, (_, i) =>
        Float32Array.from({ length: cells }, (_, j) => liquid_mol_per_m3[j * species + i]!),
      ),
    ),
  });
}
