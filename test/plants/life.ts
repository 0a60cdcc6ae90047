import type { LedgerRecords } from "../../src/ledger/index.ts";
import { sum } from "../../src/quantity/index.ts";
import type { Coverage } from "./coverage.ts";
import { allOf } from "./matter.ts";
import { Plant } from "./plant.ts";
import { assay, blend, dissolve, dry, receive, reweigh, split, takeOut } from "./work.ts";

const DOINGS = 24;
const KG = 1_000_000;
const WORTH_WORKING_MG = 3 * KG;
const FIT_FOR_DRUMS_MG = 150 * KG;

const WEIGHTS = {
  receive: 2,
  split: 3,
  drums: 0.4,
  takeOut: 2,
  blend: 3,
  gather: 1.5,
  dry: 1.5,
  reweigh: 2.5,
  dissolve: 1.2,
  assay: 3,
  count: 2,
  settle: 1,
};
type Doing = keyof typeof WEIGHTS;

/** Lots that can be worked on, in the order they came. */
export function stock(plant: Plant): string[] {
  const lots: string[] = [];
  for (const [id] of plant.truths) {
    const lot = plant.book.records.get(`lot/${id}`) as LedgerRecords["lot"] | undefined;
    if (lot?.state === "on_hand" && lot.mass_mg.best > WORTH_WORKING_MG) lots.push(id);
  }
  return lots;
}

function draw(plant: Plant): Doing {
  const all = Object.entries(WEIGHTS) as [Doing, number][];
  let at = plant.dice.uniform() * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [doing, weight] of all) {
    at -= weight;
    if (at < 0) return doing;
  }
  return "receive";
}

/** So many of the lots, at random, each once. */
function some(plant: Plant, lots: readonly string[], count: number): string[] {
  const left = [...lots];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(plant.dice.whole(0, left.length - 1), 1),
  ).flat();
}

/** One thing that is done in a plant, on lots at random. */
export async function doSomething(plant: Plant): Promise<void> {
  plant.wait(4 + 40 * plant.dice.uniform());
  const lots = stock(plant);
  // A hundred drums are not a hundred lots to work on, or all work would be on drums.
  const few = lots
    .filter((lot) => !lot.startsWith("drum"))
    .concat(
      some(
        plant,
        lots.filter((lot) => lot.startsWith("drum")),
        3,
      ),
    );
  const doing = draw(plant);
  const lot = few.length > 0 ? plant.dice.pick(few) : await receive(plant);
  const solution = (await plant.lot(lot)).kind === "solution";
  if (doing === "receive") await receive(plant);
  else if (doing === "count") await plant.count(some(plant, few, 8));
  else if (doing === "gather") {
    const drums = lots.filter((one) => one.startsWith("drum"));
    if (drums.length > 20) await blend(plant, some(plant, drums, plant.dice.whole(10, 60)));
  } else if (doing === "blend") await blend(plant, some(plant, few, plant.dice.whole(2, 5)));
  else if (doing === "split") await split(plant, lot, plant.dice.whole(2, 5));
  else if (doing === "drums") {
    if ((await plant.lot(lot)).mass_mg.best > FIT_FOR_DRUMS_MG) await split(plant, lot, 100);
  } else if (doing === "takeOut") await takeOut(plant, lot);
  else if (doing === "dry") await dry(plant, lot);
  else if (doing === "reweigh") await reweigh(plant, lot);
  else if (doing === "dissolve") await (solution ? reweigh(plant, lot) : dissolve(plant, lot));
  else if (doing === "assay") await assay(plant, lot);
  else await plant.settle(lot);
}

/** A plant with a few lots, that has worked for a while. */
export async function begun(seed: number, coverage: Coverage, doings: number): Promise<Plant> {
  const plant = new Plant(seed, coverage);
  for (let i = 0; i < 3; i++) await receive(plant);
  for (let i = 0; i < doings; i++) await doSomething(plant);
  return plant;
}

/** An honest plant from its first lot on; at the end all that is in stock is added up. */
export async function live(seed: number, coverage: Coverage, doings = DOINGS): Promise<Plant> {
  const plant = await begun(seed, coverage, doings);
  const held = plant.book.all("lot").filter((lot) => lot.state === "on_hand" && lot.mass_mg.best > 0);
  const truth = allOf(held.map(({ id }) => plant.truth(id).matter));
  const elements = Object.keys(truth.elements_mg);
  coverage.noteLot(
    {
      mass_mg: sum(held.map((lot) => lot.mass_mg)),
      elements_mg: Object.fromEntries(
        elements.map((element) => [element, sum(held.flatMap((lot) => lot.elements_mg[element] ?? []))]),
      ),
    },
    truth,
    ["all stock"],
  );
  coverage.nextPlant();
  return plant;
}
