import { ATOMIC_WEIGHTS, type Element, readOxide, TRADED_OXIDE } from "../chemistry/index.ts";
import type { Lot } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import type { Weights } from "./weights.ts";

const REFINER = "sample-refiner";
const SITE = "noblesville";
const FLOOR = "noblesville-floor";
const BENCH = "noblesville-bench";
const KG = 1_000_000;

type LotView = Lot & Record<string, unknown>;

const lotOf = (driver: Driver, lot: string) => driver.ask<LotView>("ledger lot", { lot });

/** Blends settled magnet lots, dissolves them and takes the iron out; answers the solution that goes to the columns. */
export async function dissolve(
  driver: Driver,
  weights: Weights,
  { lots, batch }: { readonly lots: readonly string[]; readonly batch: string },
): Promise<string> {
  const mass = lots.reduce((mg, lot) => mg + weights.of(lot), 0);
  const step = (input: object) => driver.do("prepare step", `operator@${REFINER}`, { site: SITE, ...input });
  await step({
    step: `S-${batch}-blend`,
    kind: "blend",
    inputs: lots.map((lot) => ({ lot })),
    outputs: [{ ...weights.made(`${batch}-BLEND`, mass, FLOOR), kind: "magnet_blend" }],
  });
  driver.clock.advance(30);
  const acid = 9 * mass;
  const gas = Math.round(mass * 0.02);
  const residue = Math.round(mass * 0.06);
  const liquor = mass + acid - gas - residue;
  await step({
    step: `S-${batch}-dissolve`,
    kind: "dissolve",
    inputs: [{ lot: `${batch}-BLEND` }],
    additions: [{ name: "hydrochloric acid and water", ...weights.read(FLOOR, acid) }],
    outputs: [
      { ...weights.made(`${batch}-LIQUOR`, liquor, FLOOR), kind: "solution" },
      { ...weights.made(`${batch}-RESIDUE`, residue, BENCH), kind: "residue" },
    ],
    losses: [{ place: "hydrogen and water vapour", ...weights.reckoned(gas, 2 * KG) }],
  });
  driver.clock.advance(20);
  const lime = Math.round(mass * 1.1);
  const cake = Math.round(mass * 2.4);
  await step({
    step: `S-${batch}-iron`,
    kind: "remove_iron",
    inputs: [{ lot: `${batch}-LIQUOR` }],
    additions: [{ name: "base and water", ...weights.read(FLOOR, lime) }],
    outputs: [
      { ...weights.made(`${batch}-FEED`, liquor + lime - cake, FLOOR), kind: "solution" },
      { ...weights.made(`${batch}-IRON`, cake, FLOOR), kind: "iron_cake" },
    ],
  });
  return `${batch}-FEED`;
}

interface Predicted {
  readonly yield_fraction: number;
  readonly purity_fraction: number;
}

/** Plans a campaign, runs it as predicted with the luck of a real run, and answers the fraction of each product. */
export async function separate(
  driver: Driver,
  { dice, weights }: { readonly dice: Dice; readonly weights: Weights },
  given: {
    readonly feed: string;
    readonly batch: string;
    readonly targets: Readonly<Record<string, number>>;
  },
): Promise<Record<string, string>> {
  const { feed, batch, targets } = given;
  const campaign = `K-${batch}`;
  const plan = await driver.do<{ predicted: Record<string, Predicted>; duration_h: number }>(
    "refine plan",
    `process engineer@${REFINER}`,
    {
      campaign,
      lot: feed,
      columns: ["noblesville-c1", "noblesville-c2", "noblesville-c3"],
      targets,
    },
  );
  // Loading, cleaning and a night without power come on top of what the cycles take.
  driver.clock.advance(Math.ceil(plan.duration_h) + 14);
  const lot = await lotOf(driver, feed);
  const products = Object.keys(plan.predicted);
  const { eluate, spent, recycle, masses } = partsOf(lot, products, weights.of(feed));
  await driver.do("refine record-run", `process engineer@${REFINER}`, {
    campaign,
    products: Object.fromEntries(products.map((element) => [`${batch}-F-${element}`, element])),
    run: {
      step: `S-${batch}-run`,
      site: SITE,
      inputs: [{ lot: feed }],
      additions: [{ name: "ligand and displacer solution", ...weights.read(FLOOR, eluate) }],
      outputs: [
        ...products.map((element) => ({
          ...weights.made(`${batch}-F-${element}`, masses.get(element) ?? 0, FLOOR),
          kind: "fraction",
          notes: { made_for: element },
          content: {
            by: "assay",
            laboratory: "sample-lab-b",
            mg_per_kg: fractionAssay(dice, lot, {
              element,
              products,
              predicted: plan.predicted,
              mass: masses.get(element) ?? 1,
            }),
          },
        })),
        {
          ...weights.made(`${batch}-RECYCLE`, recycle, FLOOR),
          kind: "recycle",
          content: { by: "rest" },
        },
      ],
      losses: [{ place: "spent eluate", ...weights.reckoned(spent, KG), content: { by: "none" } }],
    },
  });
  return Object.fromEntries(products.map((element) => [element, `${batch}-F-${element}`]));
}

/** How a campaign's mass parts: each product by its share of the feed, what is recycled and what is spent, in milligrams. */
function partsOf(lot: LotView, products: readonly string[], there: number) {
  const held = (element: string) => lot.elements_mg[element]?.best ?? 0;
  const all = products.reduce((mg, element) => mg + held(element), 0);
  const eluate = Math.round(there * 0.4);
  const total = there + eluate;
  const spent = Math.round(total * 0.12);
  const masses = new Map(
    products.map((element) => [element, Math.round((total - spent) * 0.9 * (held(element) / all))]),
  );
  const recycle = total - spent - [...masses.values()].reduce((a, b) => a + b, 0);
  return { eluate, spent, recycle, masses };
}

/** The plan asks the least purity; whoever cuts the bands stays inside them, and lets in less than half of what was allowed. */
const CUT_SAFELY = 0.45;

/** What a laboratory would read in a fraction: the plan's yield and purity, a little noise, and its own doubt. */
function fractionAssay(
  dice: Dice,
  feed: LotView,
  given: {
    element: string;
    products: readonly string[];
    predicted: Readonly<Record<string, Predicted>>;
    mass: number;
  },
): Record<string, { best: number; sd: number }> {
  const { element, products, predicted, mass } = given;
  const mine = predicted[element];
  assert(mine, `the plan predicts ${element}`);
  const mg =
    (feed.elements_mg[element]?.best ?? 0) *
    Math.min(0.998, mine.yield_fraction) *
    (1 - 0.002 * Math.abs(dice.normal()));
  const others = products.filter((e) => e !== element);
  const foreign = (CUT_SAFELY * mg * (1 - mine.purity_fraction)) / Math.max(1, others.length);
  const reading = (amount_mg: number) => ({
    best: (1e6 * amount_mg) / mass,
    sd: (0.004 * 1e6 * amount_mg) / mass,
  });
  return { [element]: reading(mg), ...Object.fromEntries(others.map((e) => [e, reading(foreign)])) };
}

/** What the furnace's off-gas meter errs by, of what it reads. */
const GAS_METER = 0.002;

/** Precipitates and calcines a fraction to its oxide; answers the oxide lot. */
export async function toOxide(
  driver: Driver,
  weights: Weights,
  given: { readonly fraction: string; readonly element: string; readonly lot: string },
): Promise<string> {
  const { fraction, element, lot: name } = given;
  const oxide = TRADED_OXIDE[element];
  assert(oxide, `${element} has an oxide`);
  const metal_mg = (await lotOf(driver, fraction)).elements_mg[element]?.best ?? 0;
  const moles = metal_mg / 1000 / Number(ATOMIC_WEIGHTS[element as Element]);
  // Three halves of oxalic acid dihydrate (126.07 g/mol) a metal, 40 % more than needed; the decahydrate holds 366 g a mole of metal more than the metal.
  const acid = Math.round(moles * 1.5 * 126.07 * 1.4 * 1000);
  const cake = Math.round(0.981 * (metal_mg + moles * 222 * 1000));
  driver.clock.advance(16);
  await driver.do("prepare step", `operator@${REFINER}`, {
    step: `S-${name}-precipitate`,
    kind: "precipitate",
    site: SITE,
    inputs: [{ lot: fraction }],
    additions: [{ name: "oxalic acid", ...weights.read(BENCH, acid) }],
    outputs: [{ ...weights.made(`${name}-OXALATE`, cake, BENCH), kind: "oxalate" }],
    losses: [{ place: "filtrate", ...weights.read(FLOOR, weights.of(fraction) + acid - cake) }],
  });
  driver.clock.advance(14);
  const oxalate = await lotOf(driver, `${name}-OXALATE`);
  const read = readOxide(oxide);
  assert(read.ok, `${oxide} is an oxide`);
  // The rest of the weight is moisture and carbonate taken up again: a third of a percent.
  const fired = Math.round(
    ((oxalate.elements_mg[element]?.best ?? 0) / read.value.metalFraction.toNumber()) * 1.0033,
  );
  const gas = cake - fired;
  await driver.do("prepare step", `operator@${REFINER}`, {
    step: `S-${name}-calcine`,
    kind: "calcine",
    site: SITE,
    inputs: [{ lot: `${name}-OXALATE` }],
    outputs: [{ ...weights.made(name, fired, BENCH), kind: "oxide", notes: { oxide } }],
    losses: [
      { place: "carbon dioxide and water", ...weights.reckoned(gas, Math.max(5_000, GAS_METER * gas)) },
    ],
  });
  return name;
}

/** Grams below which a band is not worth a drum. */
export const worthDrying = (lot: { readonly elements_mg: Lot["elements_mg"] }, element: string): boolean =>
  (lot.elements_mg[element]?.best ?? 0) > 0.2 * KG;
