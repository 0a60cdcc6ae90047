import type { ContentBasis, Weighing } from "../../src/ledger/index.ts";
import type { Measured } from "../../src/quantity/index.ts";
import { allOf, inMass, type Matter, partOf, passedOver } from "./matter.ts";
import type { Plant } from "./plant.ts";

const KG = 1_000_000;
const SHARE: ContentBasis = { by: "share" };
const REST: ContentBasis = { by: "rest" };
const NONE: ContentBasis = { by: "none" };
/** What passes into a solution, as a step of that kind expects it, and how much that varies (src/refine/kinds.ts). */
const DISSOLVED = { best: 0.97, sd: 0.01 };
const MOISTURE_SD = 0.05;
const ODDS_OF_A_WET_SAMPLE = 0.02;
const WET = 0.03;
/** How far elements of one family of devices err alike, and those of one lot by itself. */
const TOLD = { alike: 0.04, alone: 0.03 };

const output = (lot: string, kind: string, weighing: Weighing, content: ContentBasis = SHARE) => ({
  ...{ lot, kind, content },
  ...weighing,
});

/** A lot comes in: weighed on the floor, its contents told by a manifest that errs with its family of devices. */
export async function receive(plant: Plant): Promise<string> {
  const { dice } = plant;
  const mass_mg = (80 + 520 * dice.uniform()) * KG;
  const elements: Record<string, number> = {};
  const elements_mg: Record<string, Measured> = {};
  const name = plant.newName("told");
  const alike = TOLD.alike * plant.equipment.doubtful;
  const alone = TOLD.alone * plant.equipment.doubtful;
  for (const [element, least, most] of [
    ["Nd", 0.2, 0.28],
    ["Pr", 0.02, 0.07],
    ["Dy", 0.004, 0.03],
  ] as const) {
    const best = Math.round(mass_mg * (least + (most - least) * dice.uniform()));
    const moves = { [`family:x/${element}`]: alike * best, [`${name}/${element}`]: alone * best };
    elements_mg[element] = { best, moves };
    const off = alike * plant.family(element) + alone * dice.normal();
    elements[element] = best * (1 + off);
  }
  const matter = { mass_mg, elements_mg: elements };
  return plant.open({ matter, weighing: plant.weigh(matter), elements_mg, basis: "told" });
}

/** Parts of random size that add up to the whole. */
function divided(plant: Plant, of: Matter, count: number): Matter[] {
  const sizes = Array.from({ length: count }, () => 0.2 + plant.dice.uniform());
  const whole = sizes.reduce((a, b) => a + b, 0);
  return sizes.map((size) => partOf(of, size / whole));
}

/** A whole lot into parts, each weighed: a few, or a hundred drums. */
export async function split(plant: Plant, lot: string, count: number): Promise<string[]> {
  const { kind } = await plant.lot(lot);
  const made = divided(plant, plant.truth(lot).matter, count);
  const names = made.map(() => plant.newName(count > 10 ? "drum" : "L"));
  const outputs = made.map((matter, i) => output(names[i] as string, kind, plant.weigh(matter)));
  const took = [plant.truth(lot).matter];
  await plant.step({
    doing: count > 10 ? "drums" : "split",
    command: { inputs: [{ lot }], outputs },
    took,
    made,
  });
  return names;
}

/** A part is taken out of a lot and weighed; what stays is not. */
export async function takeOut(plant: Plant, lot: string): Promise<string> {
  const { kind } = await plant.lot(lot);
  const matter = partOf(plant.truth(lot).matter, 0.05 + 0.5 * plant.dice.uniform());
  const name = plant.newName("L");
  const weighing = plant.weigh(matter);
  const command = {
    inputs: [{ lot, mass_mg: weighing.mass_mg }],
    outputs: [output(name, kind, weighing)],
  };
  await plant.step({ doing: "take out", command, took: [matter], made: [matter] });
  return name;
}

/** Whole lots into one. */
export async function blend(plant: Plant, lots: readonly string[]): Promise<string> {
  const took = lots.map((lot) => plant.truth(lot).matter);
  const matter = allOf(took);
  const name = plant.newName("L");
  const outputs = [output(name, "blend", plant.weigh(matter))];
  await plant.step({
    doing: "blend",
    command: { inputs: lots.map((lot) => ({ lot })), outputs },
    took,
    made: [matter],
  });
  return name;
}

/** Water goes; a sample says how much it was. */
export async function dry(plant: Plant, lot: string): Promise<string> {
  const { matter } = plant.truth(lot);
  const { kind } = await plant.lot(lot);
  const water_mg = matter.mass_mg * (0.002 + 0.02 * plant.dice.uniform());
  const said_mg = Math.round(water_mg * (1 + MOISTURE_SD * plant.dice.normal()));
  const dried = inMass(matter, matter.mass_mg - water_mg);
  const name = plant.newName("L");
  const water = {
    mass_mg: said_mg,
    doubt_mg: { random: MOISTURE_SD * said_mg, shared: 0 },
    scale: "moisture",
  };
  const command = {
    inputs: [{ lot }],
    outputs: [output(name, kind, plant.weigh(dried), REST)],
    losses: [{ place: "water", content: NONE, ...water }],
  };
  await plant.step({ doing: "dry", command, took: [matter], made: [dried] });
  return name;
}

export async function reweigh(plant: Plant, lot: string): Promise<string> {
  const { matter } = plant.truth(lot);
  const { kind } = await plant.lot(lot);
  const name = plant.newName("L");
  const command = { inputs: [{ lot }], outputs: [output(name, kind, plant.weigh(matter))] };
  await plant.step({ doing: "re-weigh", command, took: [matter], made: [matter] });
  return name;
}

/** Acid is added; most goes into solution, the residue holds the rest. */
export async function dissolve(plant: Plant, lot: string): Promise<string> {
  const { matter } = plant.truth(lot);
  const passes = new Map<string, number>();
  const fraction = (element: string) => {
    const known = passes.get(element) ?? Math.min(1, DISSOLVED.best + DISSOLVED.sd * plant.dice.normal());
    passes.set(element, known);
    return known;
  };
  const acid = { mass_mg: 4 * matter.mass_mg, elements_mg: {} };
  const residue = passedOver(matter, 0.1 * matter.mass_mg, (element) => 1 - fraction(element));
  const solution = passedOver(matter, 4.9 * matter.mass_mg, fraction);
  const [liquor, solids] = [plant.newName("L"), plant.newName("R")];
  const transfer: ContentBasis = { by: "transfer", fractions: { "*": DISSOLVED } };
  const command = {
    inputs: [{ lot }],
    additions: [{ name: "acid", ...plant.weigh(acid, "tank") }],
    outputs: [
      output(liquor, "solution", plant.weigh(solution, "tank"), transfer),
      output(solids, "residue", plant.weigh(residue), REST),
    ],
  };
  await plant.step({ doing: "dissolve", command, took: [matter], made: [solution, residue] });
  return liquor;
}

/** Milled, weighed and assayed; a little goes as dust. Now and then the sample was wet. */
export async function assay(plant: Plant, lot: string): Promise<string> {
  const { matter } = plant.truth(lot);
  const { kind } = await plant.lot(lot);
  const lost = partOf(matter, 0.0005 * plant.dice.uniform());
  const milled = partOf(matter, 1 - lost.mass_mg / matter.mass_mg);
  const laboratory = plant.dice.pick(plant.equipment.laboratories);
  const wet = plant.dice.uniform() < ODDS_OF_A_WET_SAMPLE ? WET : 0;
  const name = plant.newName("L");
  const command = {
    inputs: [{ lot }],
    outputs: [output(name, kind, plant.weigh(milled), laboratory.assay(milled, wet))],
    losses: [{ place: "dust", content: SHARE, ...plant.weigh(lost) }],
  };
  await plant.step({ doing: "assay", command, took: [matter], made: [milled] });
  return name;
}
