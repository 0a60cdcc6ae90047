import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { firmAt, operator, scaleAt, WORKS } from "../firms.ts";
import { isOxide, type Life, type Move, mg, partOf, standing, WHY } from "../move.ts";
import { isClean } from "./refine.ts";

/** How much neodymium oxide is metal, by atomic weights; so of the other oxides, nearly. */
const METAL_OF_OXIDE = 0.857;
const OXIDES: Readonly<Record<string, string>> = { Nd: "Nd2O3", Pr: "Pr6O11" };

const step = (life: Life, lot: Lot, kind: string, input: object): Promise<string> =>
  life.say(
    "prepare step",
    { step: life.name("S"), kind, site: lot.place, ...input },
    operator(firmAt(lot.place)),
  );

/** A part of a lot, or all of it, is divided into one to three; now and then some is spilt. */
async function split(life: Life, chance: Chance) {
  const lots = await standing(life);
  const lot = chance.some(chance.odds(0.6) ? lots.filter(isOxide) : lots);
  if (!lot || lot.mass_mg.best < 10) return;
  const drawn = chance.odds(0.5) ? chance.part(lot.mass_mg.best) : lot.mass_mg.best;
  const spilt = chance.odds(0.15) ? Math.min(Math.floor(drawn / 5), 3_000_000) : 0;
  const parts: number[] = [];
  let left = drawn - spilt;
  for (let more = chance.whole(0, 2); more > 0 && left > 5; more--) {
    const part = chance.part(left);
    parts.push(part);
    left -= part;
  }
  parts.push(left);
  const losses = spilt > 0 ? [{ place: "spilt", mass: mg(spilt), sd: "1 g", content: { by: "share" } }] : [];
  await step(life, lot, "split", {
    inputs: [{ lot: lot.id, ...(drawn < lot.mass_mg.best ? { mass: mg(drawn) } : {}) }],
    outputs: parts.map((part) => partOf(lot, life.name("L"), part)),
    losses,
  });
}

/** Some of a lot is lost, and nothing made of it. */
async function spill(life: Life, chance: Chance) {
  const lot = chance.some(await standing(life));
  if (!lot) return;
  const mass = mg(Math.max(1, Math.floor(lot.mass_mg.best / chance.whole(20, 200))));
  const losses = [{ place: "spilt", mass, sd: "1 g", content: { by: "share" } }];
  await step(life, lot, "split", { inputs: [{ lot: lot.id, mass }], outputs: [], losses });
}

/** Less is found than was drawn, and the step is booked open with its reason. */
async function splitOpen(life: Life, chance: Chance) {
  const lot = chance.some(await standing(life));
  if (!lot || lot.mass_mg.best < 1_000_000) return;
  const drawn = chance.part(lot.mass_mg.best);
  const found = Math.max(1, Math.floor(drawn * chance.pick([0.95, 0.8])));
  await step(life, lot, "split", {
    inputs: [{ lot: lot.id, mass: mg(drawn) }],
    outputs: [partOf(lot, life.name("L"), found)],
    accept_open: "a drum is looked for",
  });
}

async function blend(life: Life, chance: Chance) {
  const lots = await standing(life);
  const lot = chance.some(lots);
  const like = (other: Lot) =>
    other.id !== lot?.id &&
    other.place === lot?.place &&
    other.kind === lot.kind &&
    other.owner === lot.owner;
  const other = chance.some(lots.filter(like));
  if (!lot || !other) return;
  const takes = [lot, other].map(({ id, mass_mg: { best } }) => ({
    lot: id,
    mass_mg: chance.odds(0.3) ? chance.part(best) : best,
  }));
  const all = takes.reduce((sum, { mass_mg }) => sum + mass_mg, 0);
  await step(life, lot, "blend", {
    inputs: takes.map(({ lot: id, mass_mg }) => ({ lot: id, mass: mg(mass_mg) })),
    outputs: [partOf(lot, life.name("L"), all)],
  });
}

/** Magnets, or an oxide that is worked up again, go into acid. */
async function dissolve(life: Life, chance: Chance) {
  const lots = (await standing(life)).filter((lot) => lot.place === WORKS);
  const raw = lots.filter((lot) => lot.kind === "magnets");
  const lot = chance.some(raw.length > 0 && chance.odds(0.8) ? raw : lots.filter(isOxide));
  if (!lot || lot.mass_mg.best < 1000) return;
  const drawn = chance.odds(0.3) ? chance.part(lot.mass_mg.best) : lot.mass_mg.best;
  const [acid, residue, gas] = [9 * drawn, Math.floor(drawn * 0.06), Math.floor(drawn * 0.02)];
  const scale = scaleAt(WORKS);
  await step(life, lot, "dissolve", {
    inputs: [{ lot: lot.id, mass: mg(drawn) }],
    additions: [{ name: "hydrochloric acid and water", mass: mg(acid), scale }],
    outputs: [
      { lot: life.name("L"), kind: "solution", mass: mg(drawn + acid - residue - gas), scale },
      { lot: life.name("L"), kind: "residue", mass: mg(residue), scale },
    ],
    losses: [{ place: "hydrogen and water vapour", mass: mg(gas), sd: "50 g" }],
  });
}

async function removeIron(life: Life, chance: Chance) {
  const withIron = (lot: Lot) => lot.kind === "solution" && !isClean(lot);
  const lot = chance.some((await standing(life)).filter((one) => one.place === WORKS && withIron(one)));
  if (!lot) return;
  const [held, scale] = [lot.mass_mg.best, scaleAt(WORKS)];
  const [base, cake] = [Math.floor(held * 0.1), Math.floor(held * 0.24)];
  await step(life, lot, "remove_iron", {
    inputs: [{ lot: lot.id }],
    additions: [{ name: "base and water", mass: mg(base), scale }],
    outputs: [
      { lot: life.name("L"), kind: "solution", mass: mg(held + base - cake), scale },
      { lot: life.name("L"), kind: "iron_cake", mass: mg(cake), scale },
    ],
  });
}

/** A fraction, or a whole solution, is precipitated and fired to the oxide of what it holds most. */
async function calcine(life: Life, chance: Chance) {
  const lots = (await standing(life)).filter((lot) => lot.place === WORKS);
  const lot = chance.some(lots.filter((one) => one.kind === "fraction" || one.kind === "oxalate"));
  if (!lot) return;
  const metal = (element: string) => lot.elements_mg[element]?.best ?? 0;
  const total = Object.values(lot.elements_mg).reduce((sum, { best }) => sum + best, 0);
  const fired = Math.ceil((total * 1.003) / METAL_OF_OXIDE);
  const main = metal("Nd") >= metal("Pr") ? "Nd" : "Pr";
  if (fired < 1000 || fired >= lot.mass_mg.best) return;
  if (lot.kind === "fraction" && chance.odds(0.3)) {
    const dried = Math.min(lot.mass_mg.best - 1, fired * 2);
    await step(life, lot, "precipitate", {
      inputs: [{ lot: lot.id }],
      outputs: [{ lot: life.name("L"), kind: "oxalate", mass: mg(dried), scale: scaleAt(WORKS) }],
      losses: [{ place: "filtrate", mass: mg(lot.mass_mg.best - dried), sd: "500 g" }],
    });
    return;
  }
  const oxide = OXIDES[main] ?? "Nd2O3";
  const says = chance.odds(0.5) ? { product: oxide } : { notes: { oxide } };
  await step(life, lot, "calcine", {
    inputs: [{ lot: lot.id }],
    outputs: [{ lot: life.name("OX"), kind: "oxide", mass: mg(fired), scale: scaleAt(WORKS), ...says }],
    losses: [{ place: "carbon dioxide and water", mass: mg(lot.mass_mg.best - fired), sd: "500 g" }],
  });
}

/** The last steps are taken back more often than old ones. */
async function reverse(life: Life, chance: Chance) {
  const steps = (await life.books.all("step")).filter((one) => !one.reversed);
  const recent = [...steps].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 3);
  const taken = chance.some(chance.odds(0.7) ? recent : steps);
  if (!taken) return;
  await life.say("prepare reverse", { step: taken.step, why: WHY }, operator(firmAt(taken.site)));
}

export const PREPARE: readonly Move[] = [
  { name: "split", weight: 7, play: split },
  { name: "spill", weight: 1, play: spill },
  { name: "split-open", weight: 1, play: splitOpen },
  { name: "blend", weight: 4, play: blend },
  { name: "dissolve", weight: 5, play: dissolve },
  { name: "remove-iron", weight: 6, play: removeIron },
  { name: "calcine", weight: 6, play: calcine },
  { name: "reverse", weight: 6, play: reverse },
];
