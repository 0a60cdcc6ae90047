import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { COLUMNS, LABORATORIES, REFINER, scaleAt, WORKS } from "../firms.ts";
import { type Life, type Move, mg, standing, WHY } from "../move.ts";
import { by } from "../teller.ts";

const engineer = by(`process engineer@${REFINER}`);
/** Whether there is so little iron beside the rare earths of a solution that it may go onto the columns. */
export const isClean = ({ elements_mg }: Lot): boolean =>
  (elements_mg["Fe"]?.best ?? 0) * 200 < (elements_mg["Nd"]?.best ?? 0) + (elements_mg["Pr"]?.best ?? 0);

const HOUR_MS = 3_600_000;

export const later = (life: Life, hours: number): string =>
  new Date(Date.parse(life.books.now) + hours * HOUR_MS).toISOString();

/** A solution whose iron is gone; now and then one that is not fit for the columns. */
async function plan(life: Life, chance: Chance) {
  const solutions = (await standing(life)).filter((lot) => lot.kind === "solution" && lot.place === WORKS);
  const fit = solutions.filter((lot) => isClean(lot) || chance.odds(0.1));
  const lot = chance.some(fit);
  if (!lot) return;
  const columns = chance.odds(0.4) ? [...COLUMNS] : [chance.pick(COLUMNS)];
  const at = chance.odds(0.3) ? { at: later(life, chance.whole(1, 300)) } : {};
  const asked = { campaign: life.name("K"), lot: lot.id, columns, targets: { Nd: 0.9, Pr: 0.9 }, ...at };
  await life.say("refine plan", asked, engineer);
}

const planned = async (life: Life, chance: Chance) =>
  chance.some(await life.books.all("campaign", chance.odds(0.9) ? { state: "planned" } : {}));

async function move(life: Life, chance: Chance) {
  const campaign = await planned(life, chance);
  if (!campaign) return;
  const at = later(life, chance.whole(-100, 300));
  await life.say("refine move", { campaign: campaign.campaign, at, why: WHY }, engineer);
}

async function cancel(life: Life, chance: Chance) {
  const campaign = await planned(life, chance);
  if (!campaign) return;
  await life.say("refine cancel", { campaign: campaign.campaign, why: WHY }, engineer);
}

const READ = 1e6;

/** Two fractions and what goes round, of what the lot holds; their laboratory finds what is there. */
async function run(life: Life, chance: Chance) {
  const campaign = await planned(life, chance);
  const lot = campaign && (await life.books.look("lot", campaign.lot));
  if (!lot || lot.mass_mg.best < 100_000) return;
  const { best: held } = lot.mass_mg;
  const metal = (element: string) => Math.max(0, lot.elements_mg[element]?.best ?? 0);
  const [rinse, spent, round] = [Math.floor(held / 2), Math.floor(held / 6), Math.floor(held / 5)];
  const made = held + rinse - spent - round;
  const masses = { Nd: Math.floor(made * 0.75), Pr: made - Math.floor(made * 0.75) };
  const scale = scaleAt(WORKS);
  const fraction = (name: string, of: "Nd" | "Pr", other: "Nd" | "Pr") => {
    const per = (mass: number) => (mass * READ) / masses[of];
    const best = per(metal(of) * 0.96);
    const mg_per_kg = {
      [of]: { best, sd: best / 200 },
      [other]: { best: per(metal(other) * 0.0002), sd: 0.1 },
    };
    const content = { by: "assay", laboratory: LABORATORIES.processor, mg_per_kg };
    return { lot: name, kind: "fraction", mass: mg(masses[of]), scale, content };
  };
  const [nd, pr] = [life.name("F"), life.name("F")];
  const at = chance.odds(0.2) ? { at: later(life, -chance.whole(1, 50)) } : {};
  const body = {
    ...{ step: life.name("S"), site: WORKS, inputs: [{ lot: lot.id }], ...at },
    additions: [{ name: "displacer", mass: mg(rinse), scale }],
    outputs: [
      ...[fraction(nd, "Nd", "Pr"), fraction(pr, "Pr", "Nd")],
      { lot: life.name("L"), kind: "solution", mass: mg(round), scale, content: { by: "rest" } },
    ],
    losses: [{ place: "spent eluate", mass: mg(spent), sd: "500 g", content: { by: "none" } }],
  };
  await life.say(
    "refine record-run",
    { campaign: campaign.campaign, products: { [nd]: "Nd", [pr]: "Pr" }, run: body },
    engineer,
  );
}

export const REFINE: readonly Move[] = [
  { name: "plan", weight: 6, play: plan },
  { name: "move", weight: 2, play: move },
  { name: "cancel", weight: 1, play: cancel },
  { name: "run", weight: 7, play: run },
];
