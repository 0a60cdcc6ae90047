import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { firmAt, SITES, scaleAt } from "../firms.ts";
import { isOxide, type Life, type Move, mg, onHand } from "../move.ts";
import { by } from "../teller.ts";

/** What a count finds of a lot: what there should be, less, more, or nothing; what was missing may turn up. */
function countOf(lot: Lot, chance: Chance): object {
  const { best } = lot.mass_mg;
  if (chance.odds(0.12)) return { lot: lot.id, missing: true };
  const found =
    best === 0 ? lot.opened.mass_mg.best : Math.round(best * chance.pick([1, 1, 0.9, 0.5, 0.999, 1.1]));
  return { lot: lot.id, mass: mg(Math.max(1, found)), scale: scaleAt(lot.place) };
}

async function stocktake(life: Life, chance: Chance) {
  const site = chance.odds(0.7) ? "works" : chance.pick(Object.keys(SITES));
  const here = (await onHand(life)).filter((lot) => lot.place === site);
  const lots = chance.odds(0.6) && here.some(isOxide) ? here.filter(isOxide) : here;
  const first = chance.some(lots);
  if (!first) return;
  const whole = chance.odds(0.1);
  const counted = whole ? here.filter((lot) => lot.mass_mg.best > 0) : [first];
  const asked = { stocktake: life.name("T"), site, whole, why: "end of the month" };
  await life.say(
    "ledger stocktake",
    { ...asked, counts: counted.map((lot) => countOf(lot, chance)) },
    by(`weigher@${firmAt(site)}`),
  );
}

export const LEDGER: readonly Move[] = [{ name: "stocktake", weight: 5, play: stocktake }];
