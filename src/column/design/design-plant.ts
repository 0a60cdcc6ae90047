import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type Answered, answerOf } from "./answer.ts";
import { type DrawnResult, doubtOf, drawPlants, runSample, type SampleJob } from "./doubt.ts";
import { runFinely } from "./finely.ts";
import { paretoOf, type Seen } from "./pareto.ts";
import { readDesign } from "./read-design.ts";
import { coarseCells, type SearchAsked, type Searched, search } from "./search.ts";

/** Evaluations of the search at most; more change the second digit of productivity at most (docs/benchmarks.md). */
const EVALUATIONS = 36;
/** Share of the yield allowed to be missing that may go out as impurity of other products. */
const SWALLOWED = 0.3;

/** Cells of a drawn plant over those of the search: fronts to about 2 % still. */
const DOUBT_CELLS = 0.65;

/** Parts of the time of a design that go into the search and the fine simulation; the rest are drawn plants. */
const SEARCHING = 0.6;
const FINELY = 0.1;

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
  progress: (part: number, said: string) => void = () => {},
): Promise<Result<Answered, ColumnRefusal>> {
  const read = readDesign(json);
  if (!read.ok) return read;
  const { request, plant } = read.value;
  const asked: SearchAsked = {
    length_m: request.bed.length_m,
    length_bounds_m: request.bed.length_bounds_m,
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
  const seen: Seen[] = [];
  // Where the start asked for leads nowhere the closed form's own is tried.
  const starts = asked.shift.some((shift) => shift !== 0) ? [asked.shift, []] : [[]];
  const found = starts.reduce<Searched | undefined>(
    (before, shift) =>
      before ??
      search(plant, {
        ...asked,
        shift,
        see: (one) => {
          const tried = seen.push(one);
          progress(SEARCHING * Math.min(1, tried / EVALUATIONS), `${tried} plants simulated in the search`);
        },
      }),
    undefined,
  );
  if (!found) {
    return refuse(
      "design_impossible",
      "specifications",
      "no velocity and loading was found at which every column reaches a steady cycle and makes its products",
    );
  }
  progress(SEARCHING, "simulating every column finely");
  const network = runFinely(
    plant,
    { ...asked, choice: found.choice, start: found.start },
    request.error_l1_max,
  );
  if (!network.ok) return network;
  const pareto =
    request.pareto === undefined ? undefined : paretoOf(plant, asked, { seen, points: request.pareto });
  const jobs = drawPlants(plant, request).map((draw) => ({
    ...draw,
    choice: found.choice,
    zones: request.zones,
    recycle: request.recycle,
    swallowed_max: asked.swallowed_max,
    cells: Math.round(DOUBT_CELLS * coarseCells(plant, found.choice)),
    start: found.start,
  }));
  if (jobs.length > 0) progress(SEARCHING + FINELY, `simulating ${jobs.length} drawn plants`);
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
