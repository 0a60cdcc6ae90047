import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { CARRIER, firmAt, SITES, scaleAt, WORKS } from "../firms.ts";
import { about, isOxide, type Life, type Move, mg, standing, WHY } from "../move.ts";
import { by } from "../teller.ts";

async function send(life: Life, chance: Chance) {
  const lots = await standing(life);
  const raw = lots.filter((lot) => lot.place !== WORKS && !isOxide(lot));
  const first = chance.some(raw.length > 0 && chance.odds(0.8) ? raw : lots);
  if (!first) return;
  const beside = chance.some(lots.filter((lot) => lot.place === first.place && lot.id !== first.id));
  const sent = beside && chance.odds(0.2) ? [first, beside] : [first];
  const to = first.place === WORKS ? chance.pick(Object.keys(SITES)) : WORKS;
  await life.say(
    "ship send",
    {
      ...{ shipment: life.name("B"), from: first.place, to, carrier: CARRIER },
      lots: sent.map((lot) => weighedAt(lot, first.place, about(lot.mass_mg.best, chance))),
    },
    by(`weigher@${firmAt(first.place)}`),
  );
}

const weighedAt = (lot: Pick<Lot, "id">, site: string, mass_mg: number): object => ({
  ...{ lot: lot.id, mass: mg(mass_mg), scale: scaleAt(site) },
});

async function receive(life: Life, chance: Chance) {
  const shipment = chance.some(await life.books.all("shipment", { state: "in_transit" }));
  if (!shipment) return;
  const { shipment: name, to, lots } = shipment;
  const found = lots.map((sent) => {
    const short = chance.odds(0.1) ? 0.97 : 1;
    return weighedAt({ id: sent.lot }, to, about(Math.round(sent.mass_mg.best * short), chance));
  });
  await life.say("ship receive", { shipment: name, lots: found }, by(`weigher@${firmAt(to)}`));
}

async function correctWeight(life: Life, chance: Chance) {
  const shipment = chance.some(await life.books.all("shipment", { state: "received" }));
  const lot = shipment && chance.pick(shipment.lots);
  if (!shipment || !lot) return;
  const side = chance.odds(0.7) ? "receiver" : "sender";
  const site = side === "receiver" ? shipment.to : shipment.from;
  const mass_mg = about(Math.round(lot.mass_mg.best * (chance.odds(0.3) ? 0.9 : 1)), chance, 500_000);
  const asked = { shipment: shipment.shipment, side, why: "a drum was not taken off" };
  const weighed = weighedAt({ id: lot.lot }, site, mass_mg);
  await life.say("ship correct-weight", { ...asked, ...weighed, why: WHY }, by(`weigher@${firmAt(site)}`));
}

export const SHIP: readonly Move[] = [
  { name: "send", weight: 5, play: send },
  { name: "receive", weight: 8, play: receive },
  { name: "correct-weight", weight: 2, play: correctWeight },
];
