import type { Book } from "../ledger/index.ts";
import { assert, done, refuse } from "../quantity/index.ts";

export type Segment = "commercial" | "defence";
export type Qualification = "unqualified" | "trial" | "qualified";

export interface Buyer {
  readonly buyer: string;
  readonly segment: Segment;
  readonly state: Qualification;
  /** The most a buyer on trial may order in all, as agreed with it. */
  readonly trial_limit_mg: number;
  readonly ordered_on_trial_mg: number;
  readonly history: readonly BuyerQualified[];
}

export interface BuyerRegistered {
  readonly buyer: string;
  readonly segment: Segment;
  readonly trial_limit_mg: number;
}

export interface BuyerQualified {
  readonly buyer: string;
  readonly from: Qualification;
  readonly to: Qualification;
  readonly at: string;
  readonly why: string;
  readonly evidence: string;
}

export interface OrderPlaced {
  readonly order: string;
  readonly buyer: string;
  readonly seller: string;
  readonly oxide: string;
  readonly specification: string;
  readonly mass_mg: number;
  readonly due: string;
  readonly at: string;
  readonly trial: boolean;
  readonly reference?: string;
}

export interface Allocated {
  readonly order: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly at: string;
}

export interface AllocationReleased {
  readonly order: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly why: string;
  readonly at: string;
}

export interface OrderShipped {
  readonly order: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly passport: string;
  readonly shipment: string;
  readonly carrier: string;
  readonly at: string;
}

export interface OrderCancelled {
  readonly order: string;
  readonly why: string;
  readonly at: string;
}

export interface Order extends OrderPlaced {
  readonly state: "open" | "allocated" | "shipped" | "cancelled";
  readonly allocations: readonly { readonly lot: string; readonly mass_mg: number }[];
  readonly shipped: readonly OrderShipped[];
  readonly cancelled?: OrderCancelled;
}

/** What is promised of one lot, over all orders. */
export interface Promises {
  readonly lot: string;
  readonly promised_mg: number;
}

const LADDER: readonly Qualification[] = ["unqualified", "trial", "qualified"];

export function decideQualification(buyer: Buyer | undefined, given: Omit<BuyerQualified, "from">) {
  if (!buyer) return refuse("buyer_unknown", "buyer", `no buyer ${given.buyer} is registered`);
  const climb = LADDER.indexOf(given.to) - LADDER.indexOf(buyer.state);
  if (climb > 1 || climb === 0) {
    return refuse(
      "qualification_skips",
      "to",
      `${given.buyer} is ${buyer.state}; states move one step up at a time, or down`,
    );
  }
  return done({ ...given, from: buyer.state });
}

export function decideOrder(
  buyer: Buyer | undefined,
  before: Order | undefined,
  given: Omit<OrderPlaced, "trial">,
) {
  if (!buyer) return refuse("buyer_unknown", "buyer", `no buyer ${given.buyer} is registered`);
  if (before) return refuse("order_name_taken", "order", `${given.order} was used before`);
  if (given.mass_mg <= 0) return refuse("mass_not_positive", "mass", "an order asks for something");
  if (given.due < given.at.slice(0, given.due.length))
    return refuse("due_date_past", "due", `${given.due} is past`);
  if (buyer.state === "unqualified") {
    return refuse("buyer_not_qualified", "buyer", `${given.buyer} is unqualified: agree a trial first`);
  }
  if (buyer.state === "trial" && buyer.ordered_on_trial_mg + given.mass_mg > buyer.trial_limit_mg) {
    return refuse(
      "trial_limit_exceeded",
      "mass",
      `${given.buyer} is on trial: ${buyer.trial_limit_mg} mg in all, ${buyer.ordered_on_trial_mg} mg ordered so far`,
      { limit_mg: buyer.trial_limit_mg, ordered_mg: buyer.ordered_on_trial_mg },
    );
  }
  return done({ ...given, trial: buyer.state === "trial" });
}

/** What the consumer needs to know of a lot before promising it; the use case translates. */
export interface LotOnOffer {
  readonly lot: string;
  readonly owner: string;
  readonly state: string;
  readonly mass_mg: number;
  readonly oxide: string | undefined;
  /** Result of the released certificate against the order's specification. */
  readonly meets: "yes" | "no" | "unproven";
}

export function decideAllocation(
  order: Order | undefined,
  given: {
    readonly offer: LotOnOffer | undefined;
    readonly promises: Promises | undefined;
    readonly ask: Allocated;
  },
) {
  const { offer, promises, ask } = given;
  if (!order) return refuse("order_unknown", "order", `no order ${ask.order} is on the books`);
  if (order.state === "shipped" || order.state === "cancelled")
    return refuse("order_closed", "order", `${ask.order} is ${order.state}`);
  if (!offer) return refuse("lot_unknown", "lot", `no lot ${ask.lot} is on the books`);
  if (offer.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${ask.lot} is ${offer.state}`);
  if (offer.oxide !== order.oxide) {
    return refuse(
      "product_differs",
      "lot",
      `${ask.lot} is ${offer.oxide ?? "not an oxide"}, the order asks for ${order.oxide}`,
    );
  }
  if (offer.owner !== order.seller)
    return refuse(
      "owner_differs",
      "lot",
      `${ask.lot} belongs to ${offer.owner}, the order is ${order.seller}'s`,
    );
  if (offer.meets !== "yes") {
    const why = offer.meets === "no" ? "does not meet" : "is not proven to meet";
    return refuse("specification_not_met", "lot", `${ask.lot} ${why} ${order.specification}`);
  }
  if (ask.mass_mg <= 0) return refuse("mass_not_positive", "mass", "an allocation takes something");
  const free = offer.mass_mg - (promises?.promised_mg ?? 0);
  if (ask.mass_mg > free) {
    return refuse(
      "already_promised",
      "mass",
      `${ask.lot} holds ${offer.mass_mg} mg, of which ${free} mg is not promised`,
      {
        free_mg: free,
      },
    );
  }
  const open = openOf(order);
  if (ask.mass_mg > open)
    return refuse("more_than_ordered", "mass", `${ask.order} still asks for ${open} mg`, { open_mg: open });
  return done(ask);
}

/** What an order still asks for beyond what is allocated and shipped. */
export function openOf(order: Order): number {
  const allocated = order.allocations.reduce((mg, a) => mg + a.mass_mg, 0);
  const shipped = order.shipped.reduce((mg, s) => mg + s.mass_mg, 0);
  return order.mass_mg - allocated - shipped;
}

export function decideRelease(order: Order | undefined, given: Omit<AllocationReleased, "mass_mg">) {
  if (!order) return refuse("order_unknown", "order", `no order ${given.order} is on the books`);
  const allocation = order.allocations.find((a) => a.lot === given.lot);
  if (!allocation)
    return refuse("allocation_unknown", "lot", `${given.lot} is not promised to ${given.order}`);
  return done({ ...given, mass_mg: allocation.mass_mg });
}

export function decideShipping(
  order: Order | undefined,
  passport: { readonly passport: string; readonly lot: string; readonly revoked: boolean } | undefined,
  given: Omit<OrderShipped, "mass_mg">,
) {
  if (!order) return refuse("order_unknown", "order", `no order ${given.order} is on the books`);
  const allocation = order.allocations.find((a) => a.lot === given.lot);
  if (!allocation)
    return refuse("allocation_unknown", "lot", `${given.lot} is not promised to ${given.order}`);
  if (!passport || passport.lot !== given.lot || passport.revoked) {
    return refuse("passport_missing", "passport", `${given.lot} has no valid passport ${given.passport}`);
  }
  return done({ ...given, mass_mg: allocation.mass_mg });
}

export function decideCancelling(order: Order | undefined, given: OrderCancelled) {
  if (!order) return refuse("order_unknown", "order", `no order ${given.order} is on the books`);
  if (order.state === "shipped" || order.state === "cancelled")
    return refuse("order_closed", "order", `${given.order} is ${order.state}`);
  return done(given);
}

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

/** What entries of this room fold to, by collection. */
export interface OrdersRecords {
  readonly buyer: Buyer;
  readonly order: Order;
  /** By lot. */
  readonly promises: Promises;
}

export async function applyOrders(book: Book<OrdersRecords>, entry: OrderEntry): Promise<void> {
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

async function theBuyer(book: Book<OrdersRecords>, id: string): Promise<Buyer> {
  const buyer = await book.get("buyer", id);
  assert(buyer, `buyer ${id} is registered`);
  return buyer;
}

async function theOrder(book: Book<OrdersRecords>, id: string): Promise<Order> {
  const order = await book.get("order", id);
  assert(order, `order ${id} is on the books`);
  return order;
}

async function promise(book: Book<OrdersRecords>, lot: string, change_mg: number): Promise<void> {
  const before = await book.get("promises", lot);
  const promised_mg = (before?.promised_mg ?? 0) + change_mg;
  assert(promised_mg >= 0, "promises on a lot are not negative");
  book.put("promises", lot, { lot, promised_mg });
}

async function placeOrder(book: Book<OrdersRecords>, body: OrderPlaced): Promise<void> {
  book.put("order", body.order, { ...body, state: "open", allocations: [], shipped: [] });
  if (!body.trial) return;
  const buyer = await theBuyer(book, body.buyer);
  book.put("buyer", buyer.buyer, { ...buyer, ordered_on_trial_mg: buyer.ordered_on_trial_mg + body.mass_mg });
}

const withState = (order: Order): Order => {
  if (openOf(order) > 0 || order.state === "cancelled")
    return order.state === "cancelled" ? order : { ...order, state: "open" };
  return { ...order, state: order.allocations.length === 0 ? "shipped" : "allocated" };
};

async function allocate(book: Book<OrdersRecords>, body: Allocated): Promise<void> {
  const order = await theOrder(book, body.order);
  const same = order.allocations.find((a) => a.lot === body.lot);
  const others = order.allocations.filter((a) => a.lot !== body.lot);
  const allocations = [...others, { lot: body.lot, mass_mg: (same?.mass_mg ?? 0) + body.mass_mg }];
  book.put("order", order.order, withState({ ...order, allocations }));
  await promise(book, body.lot, body.mass_mg);
}

async function release(book: Book<OrdersRecords>, body: AllocationReleased): Promise<void> {
  const order = await theOrder(book, body.order);
  const allocations = order.allocations.filter((a) => a.lot !== body.lot);
  book.put("order", order.order, withState({ ...order, allocations }));
  await promise(book, body.lot, -body.mass_mg);
}

async function shipOrder(book: Book<OrdersRecords>, body: OrderShipped): Promise<void> {
  const order = await theOrder(book, body.order);
  const allocations = order.allocations.filter((a) => a.lot !== body.lot);
  book.put("order", order.order, withState({ ...order, allocations, shipped: [...order.shipped, body] }));
  await promise(book, body.lot, -body.mass_mg);
}

async function cancelOrder(book: Book<OrdersRecords>, body: OrderCancelled): Promise<void> {
  const order = await theOrder(book, body.order);
  for (const { lot, mass_mg } of order.allocations) await promise(book, lot, -mass_mg);
  book.put("order", order.order, {
    ...order,
    allocations: [],
    state: "cancelled",
    cancelled: body,
  });
  if (!order.trial) return;
  const buyer = await theBuyer(book, order.buyer);
  const open_mg = openOf({ ...order, allocations: [] });
  book.put("buyer", buyer.buyer, { ...buyer, ordered_on_trial_mg: buyer.ordered_on_trial_mg - open_mg });
}
