import { must } from "../red.ts";
import { deliverOf } from "./doubt.ts";
import { lotOf } from "./matter.ts";
import type { Body } from "./read.ts";
import { drawEvenly } from "./returned.ts";
import { elementOf, put, type Seen, type SeenLot, type SeenOrder, sum } from "./seen.ts";

export function place(seen: Seen, body: Body): void {
  const { order, buyer, seller, oxide, mass_mg: mass } = body;
  seen.orders.set(order, { order, buyer, seller, oxide, mass, shipped: 0, cancelled: false } as SeenOrder);
}

const orderOf = (seen: Seen, order: string): SeenOrder => {
  const found = seen.orders.get(order);
  must(found !== undefined, "an order is placed before anything is promised to it", () => order);
  return found;
};

export function allocate(seen: Seen, body: Body): void {
  const [order, lot] = [orderOf(seen, body["order"]), lotOf(seen, body["lot"])];
  must(!order.cancelled, "nothing is promised to an order that is cancelled", () => order.order);
  must(lot.state === "on_hand", "what is promised is there", () => `${lot.lot} is ${lot.state}`);
  must(
    lot.product === order.oxide,
    "what is promised is what was ordered",
    () => `${lot.lot}: ${lot.product}`,
  );
  put(lot.taken.promised, order.order, body["mass_mg"]);
}

export function release(seen: Seen, body: Body): void {
  const lot = lotOf(seen, body["lot"]);
  const held = lot.taken.promised.get(body["order"]) ?? 0;
  must(
    body["mass_mg"] <= held,
    "no more is given back than was promised",
    () => `${body["mass_mg"]} mg of ${lot.lot}, ${held} mg`,
  );
  put(lot.taken.promised, body["order"], -body["mass_mg"]);
}

/** What leaves was promised, is there, and goes with a passport that stands. */
export function ship(seen: Seen, body: Body): void {
  release(seen, body);
  const [lot, order] = [lotOf(seen, body["lot"]), orderOf(seen, body["order"])];
  must(lot.owner === order.seller, "what leaves is the seller's own", () => `${lot.lot} is ${lot.owner}'s`);
  const passport = seen.passports.get(body["passport"]);
  must(
    passport !== undefined && passport.lot === body["lot"] && !passport.revoked && !passport.superseded,
    "what leaves has a passport that stands",
    () => `${body["lot"]} leaves with ${body["passport"]}`,
  );
  order.shipped += body["mass_mg"];
}

export function deliver(seen: Seen, body: Body): void {
  const [lot, mass] = [lotOf(seen, body["lot"]), Number(body["mass_mg"])];
  must(
    mass > 0 && mass <= lot.mass,
    "what leaves is there",
    () => `${mass} mg of ${lot.lot}, ${lot.mass} mg`,
  );
  const free = Math.max(0, lot.mass - sum(lot.taken.claimed.values()));
  lessen(lot.taken.claimed, mass - free);
  lessen(lot.taken.returned, mass);
  if (lot.metals) drawEvenly(lot.metals, mass, lot.mass);
  for (const [key, mg] of lot.elements) lot.elements.set(key, mg - halfEven(mg, mass, lot.mass));
  for (const [key, mg] of lot.shares) lot.shares.set(key, mg - roundedDown(mg, mass, lot.mass));
  withinContent(lot);
  deliverOf(lot, mass, String(body["shipment"]));
  lot.start = undefined;
  lot.mass -= mass;
  lot.delivered += mass;
  if (lot.mass === 0) lot.state = "delivered";
}

/** Shares are drawn rounded down; where what stays would be more than the content that stays, the last milligrams go along. */
function withinContent(lot: SeenLot): void {
  for (const [element, held] of lot.elements) {
    const keys = [...lot.shares.keys()].filter((key) => elementOf(key) === element);
    let over = sum(keys.map((key) => lot.shares.get(key) ?? 0)) - held;
    for (const key of keys) {
      const goes = Math.min(lot.shares.get(key) ?? 0, Math.max(0, over));
      over -= goes;
      put(lot.shares, key, -goes);
    }
  }
}

const roundedDown = (whole: number, part: number, total: number): number =>
  Number((BigInt(whole) * BigInt(part)) / BigInt(total));

function lessen(by: Map<string, number>, mg: number): void {
  let open = mg;
  for (const name of [...by.keys()].sort()) {
    const goes = Math.min(by.get(name) ?? 0, Math.max(0, open));
    open -= goes;
    put(by, name, -goes);
  }
}

function halfEven(whole: number, part: number, total: number): number {
  const [product, divisor] = [BigInt(whole) * BigInt(part), BigInt(total)];
  const [down, twice] = [product / divisor, 2n * (product % divisor)];
  return Number(twice > divisor || (twice === divisor && down % 2n === 1n) ? down + 1n : down);
}

export function cancel(seen: Seen, body: Body): void {
  orderOf(seen, body["order"]).cancelled = true;
  for (const lot of seen.lots.values()) lot.taken.promised.delete(body["order"]);
}

/** A promise is of what there is, and of its seller's; no order has more than it asks. */
export function checkOrders(seen: Seen): void {
  const promised = new Map<string, number>();
  for (const lot of seen.lots.values())
    for (const [id, mg] of lot.taken.promised) {
      const order = orderOf(seen, id);
      must(!order.cancelled, "a promise is of an order that stands", () => `${lot.lot} to ${id}`);
      must(
        lot.owner === order.seller,
        "a promise is of the seller's own",
        () => `${lot.lot} is ${lot.owner}'s, ${id}`,
      );
      put(promised, id, mg);
    }
  for (const { order, mass, shipped } of seen.orders.values()) {
    const all = (promised.get(order) ?? 0) + shipped;
    must(all <= mass, "no order has more than it asks", () => `${order}: ${all} mg of ${mass} mg`);
  }
}
