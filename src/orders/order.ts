import { beforeGrounds } from "../ledger/index.ts";
import { done, refuse } from "../quantity/index.ts";

export type Segment = "commercial" | "defence";
export type Qualification = "unqualified" | "trial" | "qualified";

export interface Buyer {
  readonly buyer: string;
  readonly segment: Segment;
  readonly state: Qualification;
  /** The most a buyer on trial may order in all, as agreed with it. */
  readonly trial_limit_mg: number;
  readonly ordered_on_trial_mg: number;
  readonly at?: string;
  readonly history: readonly BuyerQualified[];
}

export interface BuyerRegistered {
  readonly buyer: string;
  readonly segment: Segment;
  readonly trial_limit_mg: number;
  /** When; registrations of before this was kept do not have it. */
  readonly at?: string;
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
  /** Those who alone may know of it. */
  readonly compartment?: string;
}

export interface Allocated {
  readonly order: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly at: string;
  /** The buyer fell back to trial since it ordered: from here on the order counts against its trial mass. */
  readonly counts_on_trial?: true;
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
  readonly counts_on_trial?: true;
}

export interface OrderCancelled {
  readonly order: string;
  readonly why: string;
  readonly at: string;
}

export interface Allocation {
  readonly lot: string;
  readonly mass_mg: number;
}

export interface Order extends OrderPlaced {
  readonly state: "open" | "allocated" | "shipped" | "cancelled";
  /** What is promised to it now, lot by lot: it follows the matter where a lot is divided or repacked. */
  readonly allocations: readonly Allocation[];
  readonly shipped: readonly OrderShipped[];
  /** Promises that were taken back or withdrawn, with the reason. */
  readonly released: readonly Omit<AllocationReleased, "order">[];
  readonly cancelled?: OrderCancelled;
  /** When something was last promised to it, given back or sent: what is done to it next is not earlier. */
  readonly latest_at?: string;
}

/** Nothing is done to an order before it was placed, nor before what was done to it last (O14). */
export const beforeOrder = (order: Order, at: string) =>
  beforeGrounds(at, [
    [`${order.order} was placed`, order.at],
    [`${order.order} was last changed`, order.latest_at],
  ]);

/** Nothing is asked of a buyer before it was registered, nor before it became what it is (O14). */
export const beforeBuyer = ({ buyer, at: registered, history }: Buyer, at: string) =>
  beforeGrounds(at, [
    [`${buyer} was registered`, registered],
    [`${buyer} became ${history.at(-1)?.to}`, history.at(-1)?.at],
  ]);

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
  return beforeBuyer(buyer, given.at) ?? done({ ...given, from: buyer.state });
}

/** Its trial mass is shown to all who read the buyer, so it would tell them of an order that is not theirs to know (O15). */
export const notOnTrialIn = (
  { compartment }: Pick<Order, "compartment">,
  { buyer, state }: Buyer,
  at: "compartment" | "order",
) =>
  compartment !== undefined && state === "trial"
    ? refuse(
        "buyer_not_qualified",
        at,
        `${buyer} is on trial, and its trial mass would tell of an order in a compartment: qualify it first`,
      )
    : undefined;

export function decideOrder(
  buyer: Buyer | undefined,
  before: Order | undefined,
  given: Omit<OrderPlaced, "trial">,
) {
  if (!buyer) return refuse("buyer_unknown", "buyer", `no buyer ${given.buyer} is registered`);
  if (given.seller === given.buyer)
    return refuse("one_party_alone", "seller", `${given.seller} sells to another firm, not to itself`);
  if (before) return refuse("order_name_taken", "order", `${given.order} was used before`);
  if (given.mass_mg <= 0) return refuse("mass_not_positive", "mass", "an order asks for something");
  if (given.due < given.at.slice(0, given.due.length))
    return refuse("due_date_past", "due", `${given.due} is past`);
  if (buyer.state === "unqualified") {
    return refuse("buyer_not_qualified", "buyer", `${given.buyer} is unqualified: agree a trial first`);
  }
  const shut = notOnTrialIn(given, buyer, "compartment");
  if (shut) return shut;
  if (buyer.state === "trial" && buyer.ordered_on_trial_mg + given.mass_mg > buyer.trial_limit_mg) {
    return refuse(
      "trial_limit_exceeded",
      "mass",
      `${given.buyer} is on trial: ${buyer.trial_limit_mg} mg in all, ${buyer.ordered_on_trial_mg} mg ordered so far`,
      { limit_mg: buyer.trial_limit_mg, ordered_mg: buyer.ordered_on_trial_mg },
    );
  }
  return beforeBuyer(buyer, given.at) ?? done({ ...given, trial: buyer.state === "trial" });
}

/** What an order still asks for beyond what is allocated and shipped. */
export const openOf = (order: Order): number => toDeliver(order) - promisedTo(order);

/** What of an order has not left yet. */
export const toDeliver = (order: Order): number =>
  order.mass_mg - order.shipped.reduce((mg, s) => mg + s.mass_mg, 0);

/** What is promised to an order, over all lots or of one. */
export const promisedTo = (order: Order, lot?: string): number =>
  order.allocations.reduce((mg, a) => mg + (lot === undefined || a.lot === lot ? a.mass_mg : 0), 0);

/** Whether nothing of an order is promised or has left: until then its buyer may cancel it too. */
export const isUntouched = ({ allocations, shipped }: Order): boolean =>
  allocations.length + shipped.length === 0;

export function decideCancelling(order: Order | undefined, given: OrderCancelled) {
  if (!order) return refuse("order_unknown", "order", `no order ${given.order} is on the books`);
  if (order.state === "shipped")
    return refuse(
      "order_closed",
      "order",
      `${given.order} is shipped: what its buyer sends back comes as a consignment (intake receive), and the passport it left with is revoked (certify revoke)`,
    );
  if (order.state === "cancelled") return refuse("order_closed", "order", `${given.order} is cancelled`);
  return beforeOrder(order, given.at) ?? done(given);
}
