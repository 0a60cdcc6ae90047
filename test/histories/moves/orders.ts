import type { Order } from "../../../src/orders/index.ts";
import type { Chance } from "../chance.ts";
import { BUYERS, CARRIER, manager, SELLERS } from "../firms.ts";
import { isOxide, type Life, type Move, mg, standing, WHY } from "../move.ts";
import { by } from "../teller.ts";

const isOpen = ({ state }: Order): boolean => state === "open" || state === "allocated";

async function place(life: Life, chance: Chance) {
  const lot = chance.some((await standing(life)).filter(isOxide));
  const oxide = lot?.notes["oxide"] ?? "Nd2O3";
  const seller = lot && chance.odds(0.8) ? lot.owner : chance.pick(SELLERS);
  const held = lot?.mass_mg.best ?? 50_000_000;
  const buyer = chance.odds(0.7) ? "buy-a" : "buy-b";
  const mass_mg = buyer === "buy-a" ? Math.ceil(held * (0.2 + chance.uniform())) : chance.whole(1e6, 12e6);
  const asked = {
    order: life.name("O"),
    buyer,
    seller,
    oxide,
    specification: chance.pick(["4N", "4N", "3N"]),
  };
  await life.say("orders place", { ...asked, mass: mg(mass_mg), due: "2099-12-31" }, manager(seller));
}

async function allocate(life: Life, chance: Chance) {
  const order = chance.some(
    (await life.books.all("order")).filter((one) => isOpen(one) || chance.odds(0.05)),
  );
  const fits = (await standing(life)).filter(
    (lot) => lot.notes["oxide"] === order?.oxide && (lot.owner === order?.seller || chance.odds(0.1)),
  );
  const lot = chance.some(fits);
  if (!order || !lot) return;
  const most = Math.min(order.mass_mg, lot.mass_mg.best);
  const mass = mg(chance.odds(0.4) ? most : chance.part(most));
  await life.say("orders allocate", { order: order.order, lot: lot.id, mass }, by(`planner@${order.seller}`));
}

async function somePromise(life: Life, chance: Chance) {
  const promises = (await life.books.all("order")).flatMap((order) =>
    order.allocations.map(({ lot }) => ({ order: order.order, lot, seller: order.seller })),
  );
  return chance.some(promises);
}

async function release(life: Life, chance: Chance) {
  const promise = await somePromise(life, chance);
  if (!promise) return;
  const { order, lot, seller } = promise;
  await life.say("orders release", { order, lot, why: WHY }, by(`planner@${seller}`));
}

async function ship(life: Life, chance: Chance) {
  const promise = await somePromise(life, chance);
  if (!promise) return;
  const { order, lot, seller } = promise;
  const passport = (await life.books.look("lot_passport", lot))?.passport ?? "P-0";
  const asked = { order, lot, passport, carrier: CARRIER, shipment: life.name("D") };
  await life.say("orders ship", asked, by(`planner@${seller}`));
}

async function cancel(life: Life, chance: Chance) {
  const order = chance.some((await life.books.all("order")).filter(isOpen));
  if (!order) return;
  await life.say("orders cancel", { order: order.order, why: WHY }, manager(order.seller));
}

async function qualify(life: Life, chance: Chance) {
  const buyer = chance.pick(BUYERS);
  const to = chance.pick(["unqualified", "trial", "trial", "qualified", "qualified"]);
  await life.say("orders qualify", { buyer, to, why: WHY, evidence: "QA-2" }, manager("ref"));
}

export const ORDERS: readonly Move[] = [
  { name: "place", weight: 2, play: place },
  { name: "allocate", weight: 8, play: allocate },
  { name: "release-promise", weight: 2, play: release },
  { name: "ship-order", weight: 5, play: ship },
  { name: "cancel-order", weight: 1, play: cancel },
  { name: "qualify", weight: 2, play: qualify },
];
