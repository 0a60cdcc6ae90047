import { z } from "zod";
import { findSpecification } from "../../certify/index.ts";
import { CompartmentId } from "../../contract/compartment-id.ts";
import { Id, Instant, Mass, notInFuture, PageOf, positiveMass, Text } from "../../contract/fields.ts";
import {
  BuyerId,
  beside,
  LotIn,
  NewOrMadeId,
  OrderId,
  OwnReference,
  OxideFormula,
  PartyId,
  PassportId,
  SpecificationId,
} from "../../contract/identifiers.ts";
import { decideDelivery } from "../../ledger/index.ts";
import {
  decideAllocation,
  decideCancelling,
  decideOrder,
  decideQualification,
  decideRelease,
  decideShipping,
  isUntouched,
} from "../../orders/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { isMember } from "../../trust/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { findProduct } from "../programme/products.ts";
import { stillOpen } from "../ship/still-open.ts";
import { passportHeld, promiseGround } from "./offered.ts";
import { onOffer } from "./on-offer.ts";
import { showOrder } from "./show.ts";

/** A lot promised to the order that is named beside it. */
const Promised = LotIn(
  { room: "orders", verb: "show", filter: { order: beside("order") }, items: "allocations" },
  { member: "mass_mg", unit: "mg", says: "promised" },
);

const registerBuyer = command({
  room: "orders",
  verb: "register-buyer",
  summary: "Register a party as a buyer, commercial or defence, with the mass it may order on trial.",
  input: z.strictObject({
    buyer: PartyId("buyer"),
    segment: z.enum(["commercial", "defence"]),
    trial_limit: Mass,
  }),
  example: { buyer: "sample-buyer-a", segment: "commercial" as const, trial_limit: "5 kg" },
  concerns: {
    says: "any recycler or refiner that sells, and never the buyer itself",
    of: async ({ buyer }) => ({ kinds: FIRMS, but: [buyer] }),
  },
  async decide(scope, { buyer, segment, trial_limit }) {
    if (!(await scope.knows("party", buyer)))
      return refuse("party_unknown", "buyer", `no party ${buyer} is registered`);
    if (await scope.get("buyer", buyer))
      return refuse("buyer_already_registered", "buyer", `${buyer} is a buyer already`);
    const limit = positiveMass(trial_limit, "trial_limit");
    if (!limit.ok) return limit;
    return done({
      entries: [
        { kind: "buyer_registered", body: { buyer, segment, trial_limit_mg: limit.value, at: scope.now } },
      ],
      answer: { buyer, state: "unqualified" },
    });
  },
});

const qualify = command({
  room: "orders",
  verb: "qualify",
  summary: "Change a buyer's qualification one step up, or down, with the reason and the evidence.",
  input: z.strictObject({
    buyer: BuyerId(),
    to: z.enum(["unqualified", "trial", "qualified"]),
    why: Text,
    evidence: Text,
    at: Instant.optional(),
  }),
  example: {
    buyer: "sample-buyer-a",
    to: "trial" as const,
    why: "specification agreed",
    evidence: "QA-2026-014",
  },
  concerns: {
    says: "any recycler or refiner that sells, and never the buyer itself",
    of: async ({ buyer }) => ({ kinds: FIRMS, but: [buyer] }),
  },
  async decide(scope, { buyer, to, why, evidence, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    if (!(await scope.knows("buyer", buyer)))
      return refuse("buyer_unknown", "buyer", `no buyer ${buyer} is registered`);
    const decided = decideQualification(await scope.get("buyer", buyer), {
      buyer,
      to,
      why,
      evidence,
      at: when.value,
    });
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "buyer_qualified", body: decided.value }],
      answer: { buyer, state: to },
    });
  },
});

const place = command({
  room: "orders",
  verb: "place",
  summary: "Place an order for an oxide to a specification.",
  input: z.strictObject({
    order: NewOrMadeId("order"),
    buyer: BuyerId("trial", "qualified"),
    seller: PartyId("recycler", "refiner"),
    oxide: OxideFormula(Id),
    specification: SpecificationId(),
    mass: Mass,
    due: z.iso.date(),
    reference: OwnReference(Text, "the buyer's purchase order").optional(),
    compartment: CompartmentId().optional().describe("whose people alone will know of it"),
    at: Instant.optional(),
  }),
  example: {
    order: "O-1",
    buyer: "sample-buyer-a",
    seller: "sample-recycler",
    oxide: "Nd2O3",
    specification: "4N",
    mass: "2 kg",
    due: "2099-12-31",
  },
  concerns: { says: "the buyer or the seller", of: async ({ buyer, seller }) => [buyer, seller] },
  async decide(scope, { at, mass, ...input }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const mass_mg = positiveMass(mass, "mass");
    if (!mass_mg.ok) return mass_mg;
    if (!(await scope.get("party", input.seller)))
      return refuse("party_unknown", "seller", `no party ${input.seller} is registered`);
    const nothing = await ofNothing(scope, input);
    if (nothing) return nothing;
    const order = input.order ?? scope.newId("O-");
    const { reference, compartment, ...terms } = input;
    const stranger = await notInCompartment(scope, compartment);
    if (stranger) return stranger;
    const given = {
      ...terms,
      ...(compartment === undefined ? {} : { compartment }),
      order,
      mass_mg: mass_mg.value,
      at: when.value,
      ...(reference === undefined ? {} : { reference }),
    };
    // Also of one in a compartment that they are not in, and would write over.
    if (await scope.isTaken("order", order))
      return refuse("order_name_taken", "order", `${order} was used before`);
    const decided = decideOrder(
      await scope.get("buyer", input.buyer),
      await scope.get("order", order),
      given,
    );
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "order_placed", body: decided.value }],
      answer: { order, trial: decided.value.trial },
    });
  },
});

/** Only who is in a compartment puts an order into it; the machine's owner does so for anyone. */
async function notInCompartment({ get, actor, now, owner }: Scope, id: string | undefined) {
  if (id === undefined) return undefined;
  const compartment = await get("compartment", id);
  if (compartment && (owner || isMember(compartment, actor.person ?? "", now))) return undefined;
  return refuse("compartment_unknown", "compartment", `you are in no compartment ${id}`);
}

/** What is ordered is a product and a specification that there are, the one of the other (O3). */
async function ofNothing(
  scope: Scope,
  { oxide, specification }: { readonly oxide: string; readonly specification: string },
) {
  if (!(await findProduct(scope, oxide)))
    return refuse(
      "product_unknown",
      "oxide",
      `${oxide} is no single oxide, and no product of that name is defined`,
    );
  const found = findSpecification(specification);
  if (!found)
    return refuse("specification_unknown", "specification", `there is no specification ${specification}`);
  if (found.oxide !== undefined && found.oxide !== oxide)
    return refuse(
      "product_differs",
      "specification",
      `${specification} is of ${found.oxide}, not of ${oxide}`,
    );
  return undefined;
}

const allocate = command({
  room: "orders",
  verb: "allocate",
  summary: "Promise mass of a lot to an order. The same gram is never promised twice.",
  input: z.strictObject({
    order: OrderId(undefined, { state: ["open", "allocated"] }),
    lot: LotIn(
      { room: "orders", verb: "on-offer", filter: { order: beside("order") }, items: "items" },
      { member: "free_mg", unit: "mg", says: "free" },
    ),
    mass: Mass,
    at: Instant.optional(),
  }),
  example: { order: "O-1", lot: "L-OXIDE", mass: "2 kg" },
  concerns: { says: "the seller", of: async ({ order }, { get }) => [(await get("order", order))?.seller] },
  async decide(scope, { order: id, lot, mass, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const mass_mg = positiveMass(mass, "mass");
    if (!mass_mg.ok) return mass_mg;
    const ground = await promiseGround(scope, { order: id, lot });
    const decided = decideAllocation(ground, { order: id, lot, mass_mg: mass_mg.value, at: when.value });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "order_allocated", body: decided.value }], answer: decided.value });
  },
});

const release = command({
  room: "orders",
  verb: "release",
  summary: "Take a promise back before it ships, with the reason.",
  input: z.strictObject({ order: OrderId(), lot: Promised, why: Text, at: Instant.optional() }),
  example: { order: "O-1", lot: "L-OXIDE", why: "the lot is needed for an earlier order" },
  concerns: { says: "the seller", of: async ({ order }, { get }) => [(await get("order", order))?.seller] },
  async decide(scope, { order, lot, why, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    await scope.watch("taking", lot);
    const decided = decideRelease(await scope.get("order", order), {
      order,
      lot,
      why,
      at: when.value,
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "allocation_released", body: decided.value }], answer: decided.value });
  },
});

const ship = command({
  room: "orders",
  verb: "ship",
  summary: "Deliver what was promised of a lot, with its passport.",
  input: z.strictObject({
    order: OrderId(),
    lot: Promised,
    passport: PassportId({ lot: beside("lot") }),
    carrier: PartyId("carrier"),
    shipment: NewOrMadeId("shipment"),
    at: Instant.optional(),
  }),
  example: { order: "O-1", lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" },
  concerns: {
    says: "the seller, or the party at whose site the lot stands",
    of: async ({ order, lot }, { get }) => [
      (await get("order", order))?.seller,
      ...(await ofSite({ get }, (await get("lot", lot))?.place)),
    ],
  },
  async decide(scope, { order: id, lot: lotId, passport: passportId, carrier, shipment: named, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    if (!(await scope.get("party", carrier)))
      return refuse("party_unknown", "carrier", `no party ${carrier} is registered`);
    const shipment = named ?? scope.newId("D-");
    const held = await passportHeld(scope, passportId);
    const ground = await promiseGround(scope, { order: id, lot: lotId });
    const decided = decideShipping(ground, held, {
      order: id,
      lot: lotId,
      passport: passportId,
      shipment,
      carrier,
      at: when.value,
    });
    if (!decided.ok) return decided;
    const lot = await scope.get("lot", lotId);
    const delivered = decideDelivery(lot, await stillOpen(scope, [lot]), {
      lot: lotId,
      mass_mg: decided.value.mass_mg,
      at: when.value,
      to: ground.order?.buyer ?? "",
      shipment,
    });
    if (!delivered.ok) return delivered;
    return done({
      entries: [
        { kind: "order_shipped", body: decided.value },
        { kind: "lot_delivered", body: delivered.value },
      ],
      answer: { order: id, shipment, mass_mg: decided.value.mass_mg },
    });
  },
});

const cancel = command({
  room: "orders",
  verb: "cancel",
  summary: "Cancel an order with the reason; its promises are freed.",
  input: z.strictObject({
    order: OrderId(undefined, { state: ["open", "allocated"] }),
    why: Text,
    at: Instant.optional(),
  }),
  example: { order: "O-2", why: "the buyer withdrew" },
  concerns: {
    says: "the seller; while nothing is promised to it or sent, the buyer",
    of: async ({ order: id }, { get }) => {
      const order = await get("order", id);
      return [order?.seller, ...(order && isUntouched(order) ? [order.buyer] : [])];
    },
  },
  async decide(scope, { order: id, why, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const order = await scope.get("order", id);
    const decided = decideCancelling(order, { order: id, why, at: when.value });
    if (!decided.ok) return decided;
    for (const { lot } of order?.allocations ?? []) await scope.watch("taking", lot);
    return done({ entries: [{ kind: "order_cancelled", body: decided.value }], answer: decided.value });
  },
});

const list = query({
  room: "orders",
  verb: "list",
  summary: "Orders, a page at a time.",
  input: z.strictObject({
    buyer: BuyerId().optional(),
    state: z.enum(["open", "allocated", "shipped", "cancelled"]).optional(),
    seller: PartyId().optional(),
    ...PageOf,
  }),
  example: { state: "open" as const, limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "order", { after, limit, filter });
  },
});

const buyers = query({
  room: "orders",
  verb: "buyers",
  summary: "Buyers with their qualification.",
  input: z.strictObject({
    state: z.enum(["unqualified", "trial", "qualified"]).optional(),
    segment: z.enum(["commercial", "defence"]).optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "buyer", { after, limit, filter });
  },
});

export const ordersUseCases = [
  registerBuyer,
  qualify,
  place,
  allocate,
  release,
  ship,
  cancel,
  list,
  showOrder,
  buyers,
  onOffer,
] as const;
