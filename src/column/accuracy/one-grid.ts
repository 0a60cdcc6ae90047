import { done, type Result, refuse } from "../../quantity/index.ts";
import type { Simulation } from "../input/simulation.ts";
import { problemOf } from "../kernel/discretise.ts";
import { type March, march } from "../kernel/march.ts";
import { trainSpeed_m_per_s } from "../kernel/problem.ts";
import type { CutContext } from "../outlet/context.ts";
import { curveOf } from "../outlet/curve.ts";
import type { ColumnRefusal } from "../refusals.ts";

/** One column solved on one grid. */
export interface Solved {
  readonly cells: number;
  readonly march: March;
  /** What left it, of which cuts are made. */
  readonly outlet: CutContext;
}

/** Part of the column that is in motion at a time, for the work foreseen. */
const active_fraction = 0.4;

/** The field asked for that a run is too large or too small for. */
export function askedField({ input: { ask } }: Simulation): string {
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
  const passes = (simulation.end_s * trainSpeed_m_per_s(problem)) / simulation.input.bed.length_m;
  const steps = (passes * cells) / problem.courant_number;
  const moving = passes > 2 ? (2 / passes) * active_fraction : active_fraction;
  const foreseen =
    coarser === undefined
      ? steps * cells * problem.affinity.length * moving
      : coarser.march.work * (cells / coarser.cells) ** 2;
  if (foreseen > problem.work_max)
    return refuse(
      "too_much_work",
      askedField(simulation),
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
      outlet: {
        curve: curveOf(end.march.record, problem.affinity.length, problem.superficial_m_per_s),
        species: simulation.input.species,
        fed_mol_per_m2: end.march.fed_mol_per_m2,
        from_s: 0,
        to_s: simulation.end_s,
      },
    });
  const reason =
    end.code === "step_collapsed" ? "the step shrank to nothing" : "the steps took more work than is allowed";
  return refuse(end.code, askedField(simulation), `${reason} at ${end.time_s} s on ${cells} cells`, {
    time_s: end.time_s,
    cells,
  });
}
