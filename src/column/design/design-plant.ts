import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../read.ts";
import { type Answered, answerOf } from "./answer.ts";
import { type DrawnResult, doubtOf, drawPlants, runSample, type SampleJob } from "./doubt.ts";
import { economyOf } from "./economy.ts";
import { runFinely } from "./finely.ts";
import { readDesign } from "./read-design.ts";
import { coarseCells, type SearchAsked, type Searched, search } from "./search.ts";

/** Evaluations of the search; more change the second digit of productivity at most (docs/benchmarks.md). */
const EVALUATIONS = 22;
/** Where the start asked for leads nowhere the closed form's own is tried, and then one that is slow and light. */
const STARTS: readonly (readonly number[] | undefined)[] = [undefined, [], [-4, -2, -2]];
/** Share of the yield allowed to be missing that may go out as impurity of other products. */
const SWALLOWED = 0.3;

/** Cells of a drawn plant over those of the search: fronts to about 2 % still. */
const DOUBT_CELLS = 0.65;

/** Runs drawn plants, in this thread or spread over several; answers come in the order of the jobs. */
export type RunSamples = (jobs: readonly SampleJob[]) => Promise<readonly DrawnResult[]>;

export const runSamplesHere: RunSamples = async (jobs) => jobs.map(runSample);

/**
 * Designs a plant: closed form, then a search on simulated plants in their steady cycle, then every column once more to
 * the accuracy asked. All figures of the answer come from that last simulation.
 */
export async function designPlant(
  json: unknown,
  runSamples: RunSamples = runSamplesHere,
): Promise<Result<Answered, ColumnRefusal>> {
  const read = readDesign(json);
  if (!read.ok) return read;
  const { request, plant } = read.value;
  const asked: SearchAsked = {
    length_m: request.bed.length_m,
    zones: request.zones,
    recycle: request.recycle,
    swallowed_max: SWALLOWED * (1 - request.targets.yield_min),
    yield_min: request.targets.yield_min,
    pressure_Pa_max: request.targets.pressure_Pa_max,
    fixed: { superficial_m_per_s: request.superficial_velocity_m_per_s },
    weight: 1,
    shift: request.start_shift,
    evaluations: EVALUATIONS,
  };
  const found = STARTS.reduce<Searched | undefined>(
    (before, start) => before ?? search(plant, { ...asked, shift: start ?? asked.shift }),
    undefined,
  );
  if (!found) {
    return refuse(
      "design_impossible",
      "specifications",
      "no velocity and loading was found at which every column reaches a steady cycle and makes its products",
    );
  }
  const network = runFinely(
    plant,
    { ...asked, choice: found.choice, start: found.start },
    request.error_l1_max,
  );
  if (!network.ok) return network;
  const pareto = request.pareto === undefined ? undefined : paretoOf(plant, asked, request.pareto);
  const jobs = drawPlants(plant, request).map((draw) => ({
    ...draw,
    choice: found.choice,
    zones: request.zones,
    recycle: request.recycle,
    swallowed_max: asked.swallowed_max,
    cells: Math.round(DOUBT_CELLS * coarseCells(plant, found.choice)),
    start: found.start,
  }));
  const products = plant.species.filter((s) => s.specification).map((s) => s.name);
  const doubt =
    jobs.length === 0
      ? undefined
      : doubtOf(await runSamples(jobs), { products, yield_min: request.targets.yield_min });
  return done(
    answerOf({
      request,
      plant,
      choice: found.choice,
      network: network.value,
      evaluations: found.evaluations,
      ...(doubt ? { doubt } : {}),
      ...(pareto ? { pareto } : {}),
    }),
  );
}

/** From most product to least ligand, each point searched with its own weight, from the same start; dominated ones dropped. */
function paretoOf(plant: Parameters<typeof search>[0], asked: SearchAsked, points: number) {
  const found = Array.from({ length: points }, (_, k) =>
    search(plant, { ...asked, weight: 1 - k / (points - 1) }),
  )
    .filter((s): s is Searched => s !== undefined)
    .map((s) => ({ choice: s.choice, economy: economyOf(plant, s.choice, s.network) }));
  const better = (a: (typeof found)[number], b: (typeof found)[number]) =>
    a.economy.total_kg_per_m3_bed_day >= b.economy.total_kg_per_m3_bed_day &&
    a.economy.ligand_mol_per_mol <= b.economy.ligand_mol_per_mol &&
    least(a) >= least(b);
  const least = (p: (typeof found)[number]) => Math.min(...Object.values(p.economy.yields));
  return found
    .filter((p, i) => !found.some((other, j) => j !== i && better(other, p) && (!better(p, other) || j < i)))
    .map(({ choice, economy }) => ({
      superficial_velocity_m_per_s: choice.superficial_m_per_s,
      loading_fractions: choice.loading,
      kg_per_m3_bed_day: economy.total_kg_per_m3_bed_day,
      ligand_mol_per_mol: economy.ligand_mol_per_mol,
      yields: economy.yields,
    }));
}
