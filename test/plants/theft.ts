import { CLOSURE_K } from "../../src/ledger/index.ts";
import { normalAbove } from "../../src/quantity/index.ts";
import { Coverage } from "./coverage.ts";
import { begun, stock } from "./life.ts";
import { partOf } from "./matter.ts";
import type { Plant, Said } from "./plant.ts";
import { blend, dry, reweigh, split } from "./work.ts";

const DOINGS_BEFORE = 8;
/** A theft at once, in standard uncertainties of what it is found by. */
const AT_ONCE = 4;
/** A theft that goes on: so much a week, of the uncertainty of the first count. */
const A_WEEK = 0.5;
const WEEK_HOURS = 168;

/** What may be done next with a lot, and would find that some of it is gone. */
const CHECKS = ["split", "reweigh", "dry", "blend", "count"] as const;

/** A plant at the moment before a theft: always the same of the same seed. */
async function before(seed: number) {
  const plant = await begun(seed, new Coverage(), DOINGS_BEFORE);
  const lots = stock(plant);
  const lot = plant.dice.pick(lots);
  const others = lots.filter((one) => one !== lot).slice(0, plant.dice.whole(1, 3));
  return { plant, lot, others, check: plant.dice.pick(CHECKS), parts: plant.dice.whole(2, 4) };
}

async function checked({
  plant,
  lot,
  others,
  check,
  parts,
}: Awaited<ReturnType<typeof before>>): Promise<Said> {
  if (check === "split") await split(plant, lot, parts);
  else if (check === "reweigh") await reweigh(plant, lot);
  else if (check === "dry") await dry(plant, lot);
  else if (check === "blend") await blend(plant, [lot, ...others]);
  else await plant.count([lot]);
  return plant.said.at(-1) as Said;
}

export type Found = "refused" | "watched" | "missed";

const foundBy = ({ refused, watched }: Said): Found =>
  refused !== undefined ? "refused" : watched ? "watched" : "missed";

/** Steals four standard uncertainties of the next weighing from a lot; the same plant without the theft says how much that is. */
export async function robbedAtOnce(seed: number): Promise<{ readonly check: string; readonly found: Found }> {
  const { sd_mg } = await checked(await before(seed));
  const robbed = await before(seed);
  stealFrom(robbed.plant, robbed.lot, AT_ONCE * sd_mg);
  return { check: robbed.check, found: foundBy(await checked(robbed)) };
}

/** What else of the books may find a theft that goes on: told after each week, by whoever adds runs up. */
export type Sums = (plant: Plant) => boolean;

/** In which week a theft that goes on was found: by a count, by what adds runs up, and when it had to be by then. */
export interface Slowly {
  readonly counted: number;
  readonly summed: number;
  readonly due: number;
}

/** By when so many of a hundred thefts have to be found. */
const DUE_FOUND = 0.95;

/** Steals half a standard uncertainty a week from a lot that is counted every week. */
export async function robbedSlowly(
  seed: number,
  given: { readonly weeks: number; readonly sums: Sums },
): Promise<Slowly> {
  const never = given.weeks + 1;
  const weekly = async (quiet: boolean, found: (plant: Plant) => boolean) => {
    const { plant, lot } = await before(seed);
    plant.quiet = quiet;
    if (quiet) await levelled(plant, lot);
    await plant.count([lot]);
    const weekly_mg = A_WEEK * (plant.said.at(-1)?.sd_mg ?? 0);
    for (let week = 1; week <= given.weeks; week++) {
      plant.wait(WEEK_HOURS);
      stealFrom(plant, lot, weekly_mg);
      await plant.count([lot]);
      if (found(plant)) return week;
    }
    return never;
  };
  // Differences of counts that are combined by least variance are independent of each other, so that chances to miss multiply.
  let missed = 1;
  const isDue = (plant: Plant) => {
    missed *= normalAbove(lastCount(plant).z - CLOSURE_K);
    return 1 - missed >= DUE_FOUND;
  };
  return {
    due: await weekly(true, isDue),
    counted: await weekly(false, (plant) => plant.said.at(-1)?.refused !== undefined),
    summed: await weekly(false, given.sums),
  };
}

/** What the last count missed, in standard uncertainties. */
function lastCount(plant: Plant): { readonly z: number } {
  const taken = plant.book.all("stocktake").find(({ at }) => at === plant.at);
  const line = taken?.counts[0];
  return { z: line ? -line.difference_mg / line.sd_mg : 0 };
}

/** What is really there becomes what the books say, so that nothing errs at the start. */
async function levelled(plant: Plant, lot: string): Promise<void> {
  const truth = plant.truth(lot);
  const { mass_mg } = await plant.lot(lot);
  plant.truths.set(lot, { ...truth, matter: partOf(truth.matter, mass_mg.best / truth.matter.mass_mg) });
}

function stealFrom(plant: Plant, lot: string, mass_mg: number): void {
  const { matter } = plant.truth(lot);
  plant.steal(lot, partOf(matter, mass_mg / matter.mass_mg));
}
