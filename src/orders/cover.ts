import type { Refusal } from "../quantity/index.ts";
import { countedOnTrial, withPromise } from "./apply.ts";
import { type Allocation, type Buyer, type Order, openOf, promisedTo, toDeliver } from "./order.ts";
import { canBePromised, freeOn, type LotOnOffer, mayBuy, type PromiseRefusal } from "./promise.ts";

/** Output of a planned campaign: no lot yet, and nothing to promise from; only when it should be there, and how pure. */
export interface Expected {
  readonly campaign: string;
  readonly owner: string;
  readonly oxide: string;
  readonly purity_fraction: number;
  readonly ready: string;
  readonly mass_mg: number;
}

/** An order against what there is: each milligram of it stands in one of five places, and adds up to what is to be delivered. */
export interface Covered {
  readonly order: string;
  readonly buyer: string;
  readonly seller: string;
  readonly specification: string;
  readonly due: string;
  readonly left_mg: number;
  /** Promised, and could leave today. */
  readonly promised_mg: number;
  /** Promised, and could not leave as things are: the reason is named with each lot. */
  readonly held_up_mg: number;
  readonly held_up: readonly (Allocation & { readonly why: PromiseRefusal })[];
  /** What can be promised now of which lot. */
  readonly from_stock_mg: number;
  readonly from_stock: readonly Allocation[];
  readonly from_plan_mg: number;
  readonly short_mg: number;
  /** Why its buyer may have nothing at all, as things are. */
  readonly why?: Refusal<"buyer_not_qualified" | "trial_limit_exceeded">;
}

export interface CoverGround {
  readonly orders: readonly Order[];
  readonly buyers: ReadonlyMap<string, Buyer>;
  readonly lots: readonly LotOnOffer[];
  /** Lots that are to be made into something else: their output is expected, so that they are no stock beside it. */
  readonly planned: ReadonlySet<string>;
  readonly expected: readonly Expected[];
  /** Least part of the product that a specification asks, by its name; a plan counts for no other. */
  readonly purity_min: Readonly<Record<string, number>>;
}

const DAY_MS = 86_400_000;

/**
 * Orders against what can be promised and what is planned, the earliest due first. What is promised stays with its order; of
 * stock only what `canBePromised` says yes to, each milligram to one order and of the lots that suit fewest orders first; planned
 * output counts only for its owner's orders, where it should be pure enough and there by the day it is due.
 */
export function coverOrders(ground: CoverGround): readonly Covered[] {
  const orders = [...ground.orders].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const state = {
    buyers: new Map(ground.buyers),
    lots: new Map(ground.lots.map((lot) => [lot.lot, lot])),
  };
  const coming = ground.expected.map((e) => ({ ...e })).sort((a, b) => (a.ready < b.ready ? -1 : 1));
  const suits = new Map([...suitedOrders(orders, state)].filter(([lot]) => !ground.planned.has(lot)));
  return orders.map((order) => {
    const held_up = heldUp(order, state);
    const held_up_mg = total(held_up);
    const promised_mg = promisedTo(order) - held_up_mg;
    const { after, taken } = takeFromStock(order, state, suits);
    const from_stock_mg = total(taken);
    const may = mayBuy(after, state.buyers.get(order.buyer));
    const from_plan_mg = may.ok ? takeFromPlan(after, coming, ground.purity_min[order.specification]) : 0;
    const left_mg = toDeliver(order);
    const { order: id, buyer, seller, specification, due } = order;
    return {
      ...{ order: id, buyer, seller, specification, due, left_mg, promised_mg, held_up_mg, held_up },
      ...{ from_stock_mg, from_stock: taken, from_plan_mg },
      short_mg: left_mg - promised_mg - held_up_mg - from_stock_mg - from_plan_mg,
      ...(may.ok ? {} : { why: may.refusal }),
    };
  });
}

/** Buyers and lots as they stand; in cover, while one order after the other takes its part. */
interface Standing {
  readonly buyers: ReadonlyMap<string, Buyer>;
  readonly lots: ReadonlyMap<string, LotOnOffer>;
}

const total = (parts: readonly Allocation[]): number => parts.reduce((mg, part) => mg + part.mass_mg, 0);

const ask = (order: Order, offer: LotOnOffer | undefined, state: Standing, mass_mg: number, lot: string) =>
  canBePromised(
    { order, buyer: state.buyers.get(order.buyer), offer, coming: [] },
    { order: order.order, lot, mass_mg },
  );

/** What of an order's promises could not leave as things are, and why. */
export const heldUp = (order: Order, state: Standing): Covered["held_up"] =>
  order.allocations.flatMap(({ lot, mass_mg }) => {
    const leaves = ask(order, state.lots.get(lot), state, mass_mg, lot);
    return leaves.ok ? [] : [{ lot, mass_mg, why: leaves.refusal }];
  });

/** How many of the open orders could take the least mass there is of each lot. */
function suitedOrders(orders: readonly Order[], state: Standing): ReadonlyMap<string, number> {
  const open = orders.filter((order) => openOf(order) > 0);
  return new Map(
    [...state.lots.values()].map((offer) => [
      offer.lot,
      open.filter((order) => ask(order, offer, state, promisedTo(order, offer.lot) + 1, offer.lot).ok).length,
    ]),
  );
}

function takeFromStock(
  order: Order,
  state: { readonly buyers: Map<string, Buyer>; readonly lots: Map<string, LotOnOffer> },
  suits: ReadonlyMap<string, number>,
) {
  const taken: Allocation[] = [];
  let after = order;
  const offers = [...state.lots.values()]
    .filter((offer) => (suits.get(offer.lot) ?? 0) > 0)
    .sort((a, b) => (suits.get(a.lot) ?? 0) - (suits.get(b.lot) ?? 0) || (a.lot < b.lot ? -1 : 1));
  for (const offer of offers) {
    const { lot } = offer;
    const mass_mg = Math.min(openOf(after), freeOn(offer));
    if (mass_mg <= 0) continue;
    const can = ask(after, offer, state, promisedTo(after, lot) + mass_mg, lot);
    if (!can.ok) continue;
    const buyer = state.buyers.get(order.buyer);
    if (can.value.counts_on_trial && buyer) {
      const counted = countedOnTrial(after, buyer);
      after = counted.order;
      state.buyers.set(order.buyer, counted.buyer);
    }
    after = withPromise(after, lot, mass_mg);
    taken.push({ lot, mass_mg });
    const promised = { ...offer.promised, [order.order]: (offer.promised[order.order] ?? 0) + mass_mg };
    state.lots.set(lot, { ...offer, promised });
  }
  return { after, taken };
}

function takeFromPlan(
  order: Order,
  coming: readonly (Omit<Expected, "mass_mg"> & { mass_mg: number })[],
  purity_min: number | undefined,
): number {
  if (purity_min === undefined) return 0;
  let open_mg = openOf(order);
  let from_plan_mg = 0;
  for (const output of coming) {
    const fits =
      output.owner === order.seller && output.oxide === order.oxide && output.purity_fraction >= purity_min;
    if (!fits || Date.parse(output.ready) >= Date.parse(order.due) + DAY_MS) continue;
    const taken_mg = Math.min(open_mg, output.mass_mg);
    output.mass_mg -= taken_mg;
    open_mg -= taken_mg;
    from_plan_mg += taken_mg;
  }
  return from_plan_mg;
}
