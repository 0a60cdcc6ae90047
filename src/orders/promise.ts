import { beforeGrounds, type Ground, type Lot, notYetThere, type TakenBy } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse, showMass } from "../quantity/index.ts";
import {
  type Allocated,
  type AllocationReleased,
  type Buyer,
  beforeBuyer,
  beforeOrder,
  notOnTrialIn,
  type Order,
  type OrderShipped,
  openOf,
  promisedTo,
  toDeliver,
} from "./order.ts";

const kg = (mg: number): string => showMass(mg, "kg");

export type Meets = "yes" | "no" | "unproven";

/** What the consumer needs to know of a lot before promising it; the use case translates. */
export interface LotOnOffer {
  readonly lot: string;
  readonly owner: string;
  readonly state: string;
  readonly mass_mg: number;
  readonly oxide: string | undefined;
  /** Result of the released and standing certificate of analysis, by specification; what is not named is unproven. */
  readonly meets: Readonly<Record<string, Meets>>;
  /** What is promised of it now, by order. */
  readonly promised: TakenBy;
  /** Campaigns that are to make something else of it (refine F40). */
  readonly planned?: readonly string[];
  /** When it came to where it stands, and what else it is offered on; where times are not asked of it, nothing. */
  readonly there?: Pick<Lot, "id" | "place" | "opened" | "there_since">;
  readonly grounds?: readonly Ground[];
}

/** All that is looked at when mass of a lot is promised, or when what was promised of it is to leave. */
export interface PromiseGround {
  readonly order: Order | undefined;
  readonly buyer: Buyer | undefined;
  readonly offer: LotOnOffer | undefined;
  /** Lots that are not there yet and may be promised all the same: none for now. */
  readonly coming: readonly LotOnOffer[];
}

/** What an order would hold of a lot in all, what it holds of it already included. */
export interface Holding {
  readonly order: string;
  readonly lot: string;
  readonly mass_mg: number;
}

export type PromiseRefusal = Refusal<
  | "order_unknown"
  | "order_closed"
  | "buyer_not_qualified"
  | "trial_limit_exceeded"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "product_differs"
  | "owner_differs"
  | "specification_not_met"
  | "already_planned"
  | "already_promised"
  | "more_than_ordered"
>;

export interface Promisable {
  readonly order: Order;
  readonly offer: LotOnOffer;
  /** Whether the order counts against the trial mass of its buyer from now on and did not before. */
  readonly counts_on_trial: boolean;
}

/**
 * Can this be promised? The one answer of the whole house (O5): a promise is made only where it says yes, a list offers only
 * what it says yes to, the plan counts only that, and goods leave only where it still says yes.
 */
export function canBePromised(ground: PromiseGround, holding: Holding): Result<Promisable, PromiseRefusal> {
  const { order } = ground;
  const { lot, mass_mg } = holding;
  if (!order) return refuse("order_unknown", "order", `no order ${holding.order} is on the books`);
  if (order.state === "shipped" || order.state === "cancelled")
    return refuse("order_closed", "order", `${order.order} is ${order.state}`);
  const buyer = mayBuy(order, ground.buyer);
  if (!buyer.ok) return buyer;
  const offer = ground.offer ?? ground.coming.find((one) => one.lot === lot);
  const fits = isFit(order, offer, lot);
  if (!fits.ok) return fits;
  const found = fits.value;
  const [campaign] = found.planned ?? [];
  if (campaign !== undefined)
    return refuse(
      "already_planned",
      "lot",
      `${lot} is planned in ${campaign}, which makes something else of it: cancel that first`,
    );
  const free_mg = freeOn(found);
  if (mass_mg > found.mass_mg - promisedOf(found) + (found.promised[order.order] ?? 0)) {
    return refuse(
      "already_promised",
      "mass",
      `${lot} holds ${kg(found.mass_mg)} kg, of which ${free_mg === found.mass_mg ? "all" : `${kg(free_mg)} kg`} is not promised; asked for are ${kg(mass_mg)} kg`,
      { free_mg },
    );
  }
  const open_mg = openOf(order);
  if (mass_mg > open_mg + promisedTo(order, lot))
    return refuse("more_than_ordered", "mass", `${order.order} still asks for ${kg(open_mg)} kg`, {
      open_mg,
    });
  return done({ order, offer: found, counts_on_trial: buyer.value.counts_on_trial });
}

const promisedOf = (offer: LotOnOffer): number =>
  Object.values(offer.promised).reduce((sum, mg) => sum + mg, 0);

/** What of a lot no order holds. */
export const freeOn = (offer: LotOnOffer): number => Math.max(0, offer.mass_mg - promisedOf(offer));

/** Whether the buyer may still have what it ordered: it may have been disqualified, or put back on trial, since. */
export function mayBuy(
  order: Order,
  buyer: Buyer | undefined,
): Result<{ readonly counts_on_trial: boolean }, Refusal<"buyer_not_qualified" | "trial_limit_exceeded">> {
  if (!buyer || buyer.state === "unqualified")
    return refuse("buyer_not_qualified", "order", `${order.buyer} is unqualified: agree a trial first`);
  // What counted against its trial mass since it was placed goes on as it did.
  const shut = order.trial ? undefined : notOnTrialIn(order, buyer, "order");
  if (shut) return shut;
  const counts_on_trial = buyer.state === "trial" && !order.trial;
  const ordered_mg = buyer.ordered_on_trial_mg + (counts_on_trial ? toDeliver(order) : 0);
  if (buyer.state === "trial" && ordered_mg > buyer.trial_limit_mg) {
    return refuse(
      "trial_limit_exceeded",
      "order",
      `${order.buyer} is on trial: ${buyer.trial_limit_mg} mg in all, ${ordered_mg} mg with ${order.order}`,
      { limit_mg: buyer.trial_limit_mg, ordered_mg },
    );
  }
  return done({ counts_on_trial });
}

function isFit(
  order: Order,
  offer: LotOnOffer | undefined,
  lot: string,
): Result<
  LotOnOffer,
  Refusal<"lot_unknown" | "lot_not_on_hand" | "product_differs" | "owner_differs" | "specification_not_met">
> {
  if (!offer) return refuse("lot_unknown", "lot", `no lot ${lot} is on the books`);
  if (offer.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${lot} is ${offer.state}`);
  if (offer.oxide !== order.oxide) {
    const what = offer.oxide ?? "no product";
    return refuse("product_differs", "lot", `${lot} is ${what}, the order asks for ${order.oxide}`);
  }
  if (offer.owner !== order.seller)
    return refuse("owner_differs", "lot", `${lot} belongs to ${offer.owner}, the order is ${order.seller}'s`);
  const unmet = whyUnmet(lot, offer.meets, order.specification);
  return unmet === undefined ? done(offer) : refuse("specification_not_met", "lot", unmet);
}

/** Why a lot cannot be sold to a specification, and what its seller does next (O30). */
function whyUnmet(lot: string, meets: LotOnOffer["meets"], specification: string): string | undefined {
  const verdict = meets[specification];
  if (verdict === "yes") return undefined;
  if (verdict === "no") return `${lot} does not meet ${specification}`;
  const unproven = `${lot} is not proven to meet ${specification}: `;
  if (verdict === "unproven")
    return `${unproven}its certificate of analysis leaves limits unchecked (certify certificate names them): have those reported of a new sample, and certify it anew`;
  return Object.keys(meets).length > 0
    ? `${unproven}its certificate of analysis does not say: certify it anew with that under check`
    : `${unproven}no certificate of analysis of it that stands says so. What was divided or repacked has none of the lot before it: draw a sample of ${lot} and certify it`;
}

const onTrial = (counts: boolean): { readonly counts_on_trial?: true } =>
  counts ? { counts_on_trial: true } : {};

export function decideAllocation(
  ground: PromiseGround,
  ask: Omit<Allocated, "counts_on_trial">,
): Result<
  Allocated,
  PromiseRefusal | Refusal<"mass_not_positive" | "time_before_input" | "lot_not_yet_there">
> {
  if (ask.mass_mg <= 0) return refuse("mass_not_positive", "mass", "an allocation takes something");
  const { order, lot } = ask;
  const held_mg = ground.order ? promisedTo(ground.order, lot) : 0;
  const can = canBePromised(ground, { order, lot, mass_mg: held_mg + ask.mass_mg });
  if (!can.ok) return can;
  const early = beforeOrder(can.value.order, ask.at) ?? beforeOffer(ground, ask.at);
  return early ?? done({ ...ask, ...onTrial(can.value.counts_on_trial) });
}

/** Nothing is promised of a lot, or sent, before it was there, the seller's and certified, or the buyer might have it (O14). */
function beforeOffer({ buyer, offer }: PromiseGround, at: string) {
  const { there, grounds = [] } = offer ?? {};
  return (
    (there && notYetThere(there, { happened: at, at: "at" })) ??
    (buyer && beforeBuyer(buyer, at)) ??
    beforeGrounds(at, grounds)
  );
}

export function decideRelease(order: Order | undefined, given: Omit<AllocationReleased, "mass_mg">) {
  if (!order) return refuse("order_unknown", "order", `no order ${given.order} is on the books`);
  const allocation = order.allocations.find((a) => a.lot === given.lot);
  if (!allocation)
    return refuse("allocation_unknown", "lot", `${given.lot} is not promised to ${given.order}`);
  const early = beforeOrder(order, given.at);
  return early ?? done({ ...given, mass_mg: allocation.mass_mg });
}

/** A passport as shipping needs it; `stands` is false once it was revoked, or superseded by better results. */
export interface PassportHeld {
  readonly passport: string;
  readonly lot: string;
  readonly stands: boolean;
  readonly issued_at?: string;
}

/** Goods leave where they could be promised at this moment, and with a passport that stands (O7). */
export function decideShipping(
  ground: PromiseGround,
  passport: PassportHeld | undefined,
  given: Omit<OrderShipped, "mass_mg" | "counts_on_trial">,
): Result<
  OrderShipped,
  | PromiseRefusal
  | Refusal<"allocation_unknown" | "passport_missing" | "time_before_input" | "lot_not_yet_there">
> {
  const { order, lot } = given;
  const allocation = ground.order?.allocations.find((a) => a.lot === lot);
  if (ground.order && !allocation)
    return refuse("allocation_unknown", "lot", `${lot} is not promised to ${order}`);
  const can = canBePromised(ground, { order, lot, mass_mg: allocation?.mass_mg ?? 0 });
  if (!can.ok) return can;
  const early = beforeOrder(can.value.order, given.at) ?? beforeOffer(ground, given.at);
  if (early) return early;
  if (passport?.lot !== lot || !passport.stands)
    return refuse(
      "passport_missing",
      "passport",
      `${lot} has no valid passport ${given.passport}: what leaves with it is issued for ${lot} itself (certify issue)`,
    );
  const unissued = beforeGrounds(given.at, [[`${given.passport} was issued`, passport.issued_at]]);
  if (unissued) return unissued;
  return done({ ...given, mass_mg: allocation?.mass_mg ?? 0, ...onTrial(can.value.counts_on_trial) });
}

/**
 * Orders that a passing of title would take matter from: what is promised of the lot by its present owner. A title that comes
 * back to the seller of an order takes nothing from it (O12).
 */
export function titleTakesFrom(
  lot: { readonly owner: string },
  to: string,
  promises: readonly Pick<Order, "order" | "seller">[],
): Result<true, Refusal<"already_promised">> {
  const taken = promises.filter((o) => o.seller === lot.owner && o.seller !== to).map((o) => o.order);
  if (taken.length === 0) return done(true);
  return refuse("already_promised", "lot", `it is promised to ${taken.join(", ")}: release that first`);
}
