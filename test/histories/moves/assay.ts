import type { AnySample, Sample, Side } from "../../../src/assay/index.ts";
import type { Chance } from "../chance.ts";
import { firmAt, LABORATORIES, WORKS } from "../firms.ts";
import { isOxide, type Life, type Move, onHand, WHY } from "../move.ts";
import { by } from "../teller.ts";

/** How far apart two laboratories are that the terms send to the umpire, in mg/kg. */
const DISPUTED = 12_000;

const isExchange = (sample: AnySample): sample is Sample => sample.purpose !== "product";

export const exchanges = async (life: Life): Promise<readonly Sample[]> =>
  (await life.books.all("sample")).filter(isExchange);

async function draw(life: Life, chance: Chance) {
  const lots = (await onHand(life)).filter((lot) => !isOxide(lot));
  const here = lots.filter((lot) => lot.place === WORKS && lot.kind === "magnets");
  const lot = chance.some(here.length > 0 && chance.odds(0.9) ? here : lots);
  if (!lot) return;
  const sample = life.name("Y");
  const portions = (["supplier", "processor", "umpire"] as const).map((side) => ({
    ...{ side, seal: `${sample}-${side}`, mass: "150 g" },
  }));
  await life.say(
    "assay sample",
    { sample, lot: lot.id, increments_count: 20, portions },
    by(`sampler@${firmAt(lot.place)}`),
  );
}

/** What a laboratory finds: near what is there, and now and then far from it. Of dysprosium mostly nothing. */
function foundBy(chance: Chance, far: number): object {
  const Nd = { best: Math.round(224_000 + 300 * chance.normal() + far), sd: 900 };
  const Pr = { best: Math.round(52_000 + 100 * chance.normal()), sd: 200 };
  const Dy = chance.odds(0.15) ? { best: 4000, sd: 60 } : { below: 50 };
  return { Nd, Pr, Dy, Fe: { best: 645_000, sd: 2500 }, B: { best: 9500, sd: 90 } };
}

/** Moisture as laboratories agree on it; now and then one dried badly. */
const moistureBy = (chance: Chance): object => ({ best: chance.odds(0.07) ? 4 : 0.4, sd: 0.02 });

export const reportOf = (sample: string, side: Side, chance: Chance, far: number): object => ({
  ...{ sample, side, laboratory: LABORATORIES[side], method: "ICP-OES" },
  ...{ mg_per_kg: foundBy(chance, far), moisture_pct: moistureBy(chance) },
});

const chemist = (side: Side) => by(`chemist@${LABORATORIES[side]}`);

async function report(life: Life, chance: Chance) {
  const sample = chance.some((await exchanges(life)).filter(({ state }) => state !== "exchanged"));
  const side = chance.some((["supplier", "processor"] as const).filter((side) => !sample?.reports[side]));
  if (!sample || !side) return;
  const far = side === "processor" && chance.odds(0.4) ? DISPUTED : 0;
  await life.say("assay report", reportOf(sample.sample, side, chance, far), chemist(side));
}

async function umpire(life: Life, chance: Chance) {
  const sample = chance.some((await exchanges(life)).filter(({ reports }) => !reports.umpire));
  if (!sample) return;
  const far = chance.pick([0, DISPUTED / 2, DISPUTED]);
  const accepts = { sample: sample.sample, side: "umpire", laboratory: LABORATORIES.umpire };
  // Now and then one of the two firms says nothing.
  const firms = [sample.firms?.supplier, sample.firms?.processor].filter(() => chance.odds(0.95));
  for (const firm of firms) await life.say("assay consent", accepts, by(`chemist@${firm ?? "car"}`));
  await life.say("assay report", reportOf(sample.sample, "umpire", chance, far), chemist("umpire"));
}

/** A side corrects its report, mostly with the other firm's consent; the umpire its own. */
async function correct(life: Life, chance: Chance) {
  const sample = chance.some(
    (await exchanges(life)).filter(({ reports }) => Object.keys(reports).length > 0),
  );
  if (!sample) return;
  const side = chance.pick(Object.keys(sample.reports) as Side[]);
  const other = side === "supplier" ? sample.firms?.processor : sample.firms?.supplier;
  if (side !== "umpire" && chance.odds(0.7))
    await life.say(
      "assay consent",
      {
        sample: sample.sample,
        side,
        ...(chance.odds(0.2) ? { for: chance.pick([["Nd"], ["moisture"]]) } : {}),
      },
      by(`chemist@${other ?? "car"}`),
    );
  if (chance.odds(0.2)) return;
  const far = chance.pick([0, 0, DISPUTED, -DISPUTED]);
  const again = { ...reportOf(sample.sample, side, chance, far), corrects: WHY };
  await life.say("assay report", again, chemist(side));
}

async function release(life: Life, chance: Chance) {
  const sample = chance.some(
    (await exchanges(life)).filter(({ reports }) => Object.keys(reports).length > 0),
  );
  const side = chance.some(Object.keys(sample?.reports ?? {}) as Side[]);
  if (!sample || !side) return;
  await life.say(
    "assay release",
    { sample: sample.sample, side },
    by(`quality manager@${LABORATORIES[side]}`),
  );
}

export const ASSAY: readonly Move[] = [
  { name: "sample", weight: 5, play: draw },
  { name: "report", weight: 12, play: report },
  { name: "umpire", weight: 4, play: umpire },
  { name: "correct", weight: 3, play: correct },
  { name: "release", weight: 1, play: release },
];
