import {
  type Book,
  free,
  type LedgerRecords,
  type StepRecord,
  type TakingRecords,
  take,
} from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import {
  type Allocated,
  type AllocationReleased,
  type Buyer,
  type BuyerQualified,
  type BuyerRegistered,
  type Order,
  type OrderCancelled,
  type OrderPlaced,
  type OrderShipped,
  openOf,
  promisedTo,
  toDeliver,
} from "./order.ts";

export interface OrderBodies {
  buyer_registered: BuyerRegistered;
  buyer_qualified: BuyerQualified;
  order_placed: OrderPlaced;
  order_allocated: Allocated;
  allocation_released: AllocationReleased;
  order_shipped: OrderShipped;
  order_cancelled: OrderCancelled;
}
export type OrderEntry = {
  [K in keyof OrderBodies]: { readonly kind: K; readonly body: OrderBodies[K] };
}[keyof OrderBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const ORDER_KINDS: { readonly [K in keyof OrderBodies]: string } = {
  buyer_registered: "buyer registered",
  buyer_qualified: "buyer qualified",
  order_placed: "order placed",
  order_allocated: "lot promised to an order",
  allocation_released: "promise given back",
  order_shipped: "order shipped",
  order_cancelled: "order cancelled",
};

/** What entries of this room fold to, by collection. What is promised of a lot is a taking of its matter, kept by the ledger. */
export interface OrdersRecords {
  readonly buyer: Buyer;
  readonly order: Order;
}

type OrdersBook = Book<OrdersRecords & TakingRecords>;

export async function applyOrders(book: OrdersBook, entry: OrderEntry): Promise<void> {
  switch (entry.kind) {
    case "buyer_registered":
      return book.put("buyer", entry.body.buyer, {
        ...entry.body,
        state: "unqualified",
        ordered_on_trial_mg: 0,
        history: [],
      });
    case "buyer_qualified": {
      const buyer = await theBuyer(book, entry.body.buyer);
      return book.put("buyer", buyer.buyer, {
        ...buyer,
        state: entry.body.to,
        history: [...buyer.history, entry.body],
      });
    }
    case "order_placed":
      return placeOrder(book, entry.body);
    case "order_allocated":
      return allocate(book, entry.body);
    case "allocation_released":
      return release(book, entry.body);
    case "order_shipped":
      return shipOrder(book, entry.body);
    case "order_cancelled":
      return cancelOrder(book, entry.body);
  }
}

async function theBuyer(book: OrdersBook, id: string): Promise<Buyer> {
  const buyer = await book.get("buyer", id);
  assert(buyer, `buyer ${id} is registered`);
  return buyer;
}

async function theOrder(book: OrdersBook, id: string): Promise<Order> {
  const order = await book.get("order", id);
  assert(order, `order ${id} is on the books`);
  return order;
}

async function placeOrder(book: OrdersBook, body: OrderPlaced): Promise<void> {
  book.put("order", body.order, { ...body, state: "open", allocations: [], shipped: [], released: [] });
  if (!body.trial) return;
  const buyer = await theBuyer(book, body.buyer);
  book.put("buyer", buyer.buyer, { ...buyer, ordered_on_trial_mg: buyer.ordered_on_trial_mg + body.mass_mg });
}

const withState = (order: Order): Order => {
  if (order.state === "cancelled") return order;
  if (openOf(order) > 0) return { ...order, state: "open" };
  return { ...order, state: order.allocations.length === 0 ? "shipped" : "allocated" };
};

/** The order with this much more, or less, promised of a lot. */
export function withPromise(order: Order, lot: string, change_mg: number): Order {
  const mass_mg = promisedTo(order, lot) + change_mg;
  assert(mass_mg >= 0, "promises on a lot are not negative");
  const others = order.allocations.filter((a) => a.lot !== lot);
  return withState({ ...order, allocations: mass_mg === 0 ? others : [...others, { lot, mass_mg }] });
}

/** From here on the order counts against the trial mass of its buyer. */
export const countedOnTrial = (
  order: Order,
  buyer: Buyer,
): { readonly order: Order; readonly buyer: Buyer } => ({
  order: { ...order, trial: true },
  buyer: { ...buyer, ordered_on_trial_mg: buyer.ordered_on_trial_mg + toDeliver(order) },
});

async function onTrial(book: OrdersBook, body: Allocated | OrderShipped): Promise<Order> {
  const order = await theOrder(book, body.order);
  if (!body.counts_on_trial) return order;
  const counted = countedOnTrial(order, await theBuyer(book, order.buyer));
  book.put("buyer", order.buyer, counted.buyer);
  return counted.order;
}

async function allocate(book: OrdersBook, body: Allocated): Promise<void> {
  const order = await onTrial(book, body);
  book.put("order", order.order, withPromise(order, body.lot, body.mass_mg));
  await take(book, { taking: "promised", lot: body.lot, by: body.order, mass_mg: body.mass_mg });
}

/**
 * Frees what is promised of a lot, and the rest where the matter went meanwhile: books of the first rules name the lot that was
 * promised, wherever it was divided to since.
 */
async function freed(
  book: OrdersBook,
  order: Order,
  given: { readonly lot: string; readonly mass_mg: number },
): Promise<Order> {
  const rest = order.allocations.filter((a) => a.lot !== given.lot);
  let left_mg = given.mass_mg;
  let after = order;
  for (const { lot, mass_mg } of [{ lot: given.lot, mass_mg: promisedTo(order, given.lot) }, ...rest]) {
    const mine_mg = Math.min(left_mg, mass_mg);
    if (mine_mg === 0) continue;
    left_mg -= mine_mg;
    after = withPromise(after, lot, -mine_mg);
    await free(book, { taking: "promised", lot, by: order.order, mass_mg: mine_mg });
  }
  return after;
}

async function release(book: OrdersBook, body: AllocationReleased): Promise<void> {
  const order = await freed(book, await theOrder(book, body.order), body);
  const { order: _, ...released } = body;
  book.put("order", order.order, { ...order, released: [...order.released, released] });
}

async function shipOrder(book: OrdersBook, body: OrderShipped): Promise<void> {
  const order = await freed(book, await onTrial(book, body), body);
  book.put("order", order.order, withState({ ...order, shipped: [...order.shipped, body] }));
}

async function cancelOrder(book: OrdersBook, body: OrderCancelled): Promise<void> {
  const order = await theOrder(book, body.order);
  for (const { lot, mass_mg } of order.allocations)
    await free(book, { taking: "promised", lot, by: order.order, mass_mg });
  book.put("order", order.order, { ...order, allocations: [], state: "cancelled", cancelled: body });
  if (!order.trial) return;
  const buyer = await theBuyer(book, order.buyer);
  const ordered_on_trial_mg = buyer.ordered_on_trial_mg - toDeliver(order);
  book.put("buyer", buyer.buyer, { ...buyer, ordered_on_trial_mg });
}

/**
 * Promises follow their matter (O10): where a step drew promised matter and gave it to what it made, the orders name those lots.
 * What a step of the first rules changed is promised no more, and its order says why; taking that step back does not renew it.
 */
export async function followMatter(
  book: Book<OrdersRecords & Pick<LedgerRecords, "taking">>,
  step: Pick<StepRecord, "step" | "at" | "takings">,
  way: "done" | "taken back",
): Promise<void> {
  if (!step.takings) return;
  const { drawn, given } = step.takings;
  const orders = new Set(
    [...Object.values(drawn), ...Object.values(given)].flatMap((carried) => Object.keys(carried.promised)),
  );
  for (const id of [...orders].sort()) {
    const of = (lots: typeof drawn) =>
      Object.entries(lots).flatMap(([lot, { promised }]) =>
        promised[id] ? [{ lot, mass_mg: promised[id] }] : [],
      );
    const [from, to] = [of(drawn), of(given)];
    const total = (parts: typeof from) => parts.reduce((mg, part) => mg + part.mass_mg, 0);
    const lost_mg = total(from) - total(to);
    let order = await book.get("order", id);
    if (!order) continue;
    for (const { lot, mass_mg } of from)
      order = moved(order, { lot, mass_mg: way === "done" ? -mass_mg : mass_mg });
    for (const { lot, mass_mg } of to)
      order = moved(order, { lot, mass_mg: way === "done" ? mass_mg : -mass_mg });
    if (way === "done" && lost_mg > 0) order = lost(order, { from, lost_mg, step });
    book.put("order", id, order);
  }
}

/** In books of the first rules an order may hold less of a lot than what is moved of it. */
const moved = (order: Order, { lot, mass_mg }: { lot: string; mass_mg: number }): Order =>
  withPromise(order, lot, Math.max(mass_mg, -promisedTo(order, lot)));

function lost(
  order: Order,
  given: {
    readonly from: readonly { readonly lot: string; readonly mass_mg: number }[];
    readonly lost_mg: number;
    readonly step: Pick<StepRecord, "step" | "at">;
  },
): Order {
  const { from, step } = given;
  let left_mg = given.lost_mg;
  let after = order;
  for (const { lot, mass_mg } of from) {
    const mine_mg = Math.min(left_mg, mass_mg);
    left_mg -= mine_mg;
    if (mine_mg === 0) continue;
    const why = `step ${step.step} lost it or made something else of it`;
    after = { ...after, released: [...after.released, { lot, mass_mg: mine_mg, why, at: step.at }] };
  }
  return after;
}
