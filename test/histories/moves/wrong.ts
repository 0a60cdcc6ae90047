import type { Chance } from "../chance.ts";
import { CARRIER, firmAt, REFINER, WORKS } from "../firms.ts";
import { isOxide, type Life, type Move, mg, partOf, standing, WHY } from "../move.ts";
import { by } from "../teller.ts";
import { later } from "./refine.ts";

/** What someone dishonest, tired or mistaken asks; nothing where the books hold nothing to ask it of. */
type Wrong = (
  life: Life,
  chance: Chance,
) => Promise<readonly [verb: string, input: object, who: string] | undefined>;

const stepOn: (change: (life: Life, chance: Chance) => Promise<object | undefined>) => Wrong =
  (change) => async (life, chance) => {
    const input = await change(life, chance);
    return input && ["prepare step", { step: life.name("W"), kind: "split", ...input }, "operator@ref"];
  };

async function someLot(life: Life, chance: Chance, oxide = false) {
  const lots = await standing(life);
  return chance.some(oxide ? lots.filter(isOxide) : lots);
}

const WRONGS: Readonly<Record<string, Wrong>> = {
  "draws more than there is": stepOn(async (life, chance) => {
    const lot = await someLot(life, chance);
    const mass_mg = (lot?.mass_mg.best ?? 0) + 1;
    return (
      lot && {
        ...{ site: lot.place, inputs: [{ lot: lot.id, mass: mg(mass_mg) }] },
        outputs: [partOf(lot, life.name("W"), mass_mg)],
      }
    );
  }),
  "makes more than went in": stepOn(async (life, chance) => {
    const lot = await someLot(life, chance);
    const outputs = lot && [partOf(lot, life.name("W"), lot.mass_mg.best + 10_000_000_000)];
    return lot && { site: lot.place, inputs: [{ lot: lot.id }], outputs };
  }),
  "works on it elsewhere": stepOn(async (life, chance) => {
    const lot = await someLot(life, chance);
    const site = lot?.place === WORKS ? "yard-a" : WORKS;
    return (
      lot && { site, inputs: [{ lot: lot.id }], outputs: [partOf(lot, life.name("W"), lot.mass_mg.best)] }
    );
  }),
  "works on it before it was there": stepOn(async (life, chance) => {
    const lot = await someLot(life, chance);
    const outputs = lot && [partOf(lot, life.name("W"), lot.mass_mg.best)];
    return lot && { site: lot.place, at: "2026-01-02T00:00:00Z", inputs: [{ lot: lot.id }], outputs };
  }),
  "blends what two firms own": stepOn(async (life, chance) => {
    const lots = await standing(life);
    const lot = chance.some(lots);
    const other = chance.some(lots.filter((one) => one.place === lot?.place && one.owner !== lot.owner));
    if (!lot || !other) return undefined;
    const outputs = [partOf(lot, life.name("W"), lot.mass_mg.best + other.mass_mg.best)];
    return { kind: "blend", site: lot.place, inputs: [{ lot: lot.id }, { lot: other.id }], outputs };
  }),
  "returns what is no oxide": async (life, chance) => {
    const lot = chance.some((await standing(life)).filter((one) => !isOxide(one)));
    return lot && ["settle return-oxide", { agreement: "A-1", lot: lot.id }, "commercial manager@ref"];
  },
  "returns as a stranger": async (life, chance) => {
    const lot = await someLot(life, chance, true);
    return lot && ["settle return-oxide", { agreement: "A-1", lot: lot.id }, "commercial manager@car"];
  },
  "returns more than there is": async (life, chance) => {
    const lot = await someLot(life, chance, true);
    const mass = mg((lot?.mass_mg.best ?? 0) + 1);
    return lot && ["settle return-oxide", { agreement: "A-1", lot: lot.id, mass }, "commercial manager@ref"];
  },
  "passes a title that is another's": async (life, chance) => {
    const lot = await someLot(life, chance);
    return lot && ["settle pass-title", { lot: lot.id, to: "buy-b", why: WHY }, `driver@${CARRIER}`];
  },
  "promises more than there is": async (life, chance) => {
    const lot = await someLot(life, chance, true);
    const order = chance.some(await life.books.all("order"));
    const mass = mg((lot?.mass_mg.best ?? 0) + 1);
    return lot && order && ["orders allocate", { order: order.order, lot: lot.id, mass }, "planner@ref"];
  },
  "ships with another lot's passport": async (life, chance) => {
    const passport = chance.some(await life.books.all("passport"));
    const order = chance.some((await life.books.all("order")).filter((one) => one.allocations.length > 0));
    const lot = order?.allocations.find((one) => one.lot !== passport?.lot)?.lot;
    const input = { order: order?.order, lot, passport: passport?.passport, carrier: CARRIER };
    return lot ? ["orders ship", input, "planner@ref"] : undefined;
  },
  "revokes another's passport": async (life, chance) => {
    const passport = chance.some(await life.books.all("passport"));
    return passport && ["certify revoke", { passport: passport.passport, why: WHY }, `driver@${CARRIER}`];
  },
  "issues in another's name": async (life, chance) => {
    const lot = await someLot(life, chance, true);
    return lot && ["certify issue", { lot: lot.id, issuer: CARRIER }, `driver@${CARRIER}`];
  },
  "settles what is settled, and gives no reason": async (life, chance) => {
    const of = chance.some(await life.books.all("statement"));
    const shipment = of?.issued.at(-1)?.shipment;
    const input = { agreement: of?.agreement, sample: of?.sample, shipment };
    return of && ["settle lot", input, `commercial manager@${REFINER}`];
  },
  "counts it twice": async (life, chance) => {
    const lot = await someLot(life, chance);
    const count = { lot: lot?.id, mass: "1 kg", sd: "1 g" };
    return lot && ["ledger stocktake", { site: lot.place, counts: [count, count], why: WHY }, "weigher@ref"];
  },
  "counts tomorrow": async (life, chance) => {
    const lot = await someLot(life, chance);
    const counts = [{ lot: lot?.id, missing: true }];
    const at = later(life, 24);
    return (
      lot && ["ledger stocktake", { site: lot.place, counts, why: WHY, at }, `weigher@${firmAt(lot.place)}`]
    );
  },
  "writes a field that nobody knows": async (life, chance) => {
    const lot = await someLot(life, chance);
    return lot && ["settle pass-title", { lot: lot.id, to: "ref", why: WHY, price: "1" }, `x@${lot.owner}`];
  },
  "umpires before the exchange": async (life, chance) => {
    const open = (await life.books.all("sample")).filter((one) => one.state === "half_reported");
    const sample = chance.some(open)?.sample;
    const input = {
      sample,
      side: "umpire",
      laboratory: "lab-u",
      method: "m",
      mg_per_kg: { Nd: { below: 50 } },
    };
    return sample === undefined ? undefined : ["assay report", input, "chemist@lab-u"];
  },
};

async function wrong(life: Life, chance: Chance) {
  const asked = await chance.pick(Object.values(WRONGS))(life, chance);
  if (!asked) return;
  const [verb, input, who] = asked;
  await life.never(verb, input, by(who));
}

/** A message that comes twice is answered and not done twice; its key with other content is refused. */
async function again(life: Life, chance: Chance) {
  const { calls } = life.books;
  const { key } = chance.some(calls.slice(-20)) ?? {};
  const first = calls.find((call) => call.key === key);
  if (first) await life.again(first);
}

export const WRONG: readonly Move[] = [
  { name: "wrong", weight: 8, play: wrong },
  { name: "again", weight: 2, play: again },
];
