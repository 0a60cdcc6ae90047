import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import {
  beside,
  type FieldValue,
  LotIn,
  LotOnHandId,
  NewOrMadeId,
  OwnReference,
  PartyId,
  ShipmentId,
  SiteId,
} from "../../contract/identifiers.ts";
import { weightFields } from "../../contract/weight.ts";
import { decideDeparture, type Lot, ticketOf, weighed } from "../../ledger/index.ts";
import { done, refuse, showMass } from "../../quantity/index.ts";
import { weighedSince } from "../../settle/index.ts";
import {
  decideReceipt,
  decideSending,
  decideWeightCorrection,
  type ReceivedLot,
  type SentLot,
} from "../../ship/index.ts";
import { pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";
import { type WeighedInput, weigh } from "../programme/weigh.ts";
import { printBill } from "./bill.ts";
import { doubtAtMost, doubtTooWide } from "./doubt.ts";
import { stillOpen } from "./still-open.ts";

const weighedAt = (...sites: readonly FieldValue[]) => weightFields(sites);
const Shipped = LotIn(
  { room: "ship", verb: "show", filter: { shipment: beside("shipment") }, items: "lots" },
  { member: "mass_mg.best", unit: "mg", says: "sent" },
);
const Seal = OwnReference(z.string().regex(/^[A-Za-z0-9-]{1,40}$/, "letters, digits and dashes"), "seal");

const send = command({
  room: "ship",
  verb: "send",
  summary: "Send lots to another site: bill of lading, seals, the sender's weights. Law 7 is checked here.",
  input: z.strictObject({
    shipment: NewOrMadeId("shipment"),
    from: SiteId(),
    to: SiteId(),
    carrier: PartyId("carrier"),
    at: Instant.optional(),
    mode: z.enum(["road", "rail", "sea", "air"]).default("road"),
    description: Text.default("magnets for recycling"),
    lots: z
      .array(
        z.strictObject({
          lot: LotOnHandId(beside("from")),
          ...weighedAt(beside("from")),
          pieces: z.number().int().min(1).max(10_000).default(1),
          seals: z.array(Seal).max(50).default([]),
        }),
      )
      .min(1)
      .max(200),
  }),
  example: {
    shipment: "B-1",
    from: "plainfield",
    to: "noblesville",
    carrier: "sample-carrier",
    mode: "road" as const,
    description: "demagnetised NdFeB magnets in drums",
    lots: [{ lot: "L-MAGNETS", mass: "1250.0 kg", scale: "plainfield-floor", pieces: 5, seals: ["P-1001"] }],
  },
  concerns: { says: "the shipper", of: async ({ from }, records) => ofSite(records, from) },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const ends = await endsOf(scope, input);
    if (!ends.ok) return ends;
    const shipment = input.shipment ?? scope.newId("B-");
    const lots: SentLot[] = [];
    for (const [i, { lot, pieces, seals, ...weight }] of input.lots.entries()) {
      const weighing = await weightOf(scope, input.from, {
        ...{ ...weight, at: `lots[${i}]`, own: `${shipment}/sent/${lot}` },
      });
      if (!weighing.ok) return weighing;
      const bound = await doubtAtMost(scope, weight, weighing.value.mass_mg);
      const booked = (await scope.get("lot", lot))?.mass_mg;
      lots.push({
        lot,
        ...weighing.value,
        ...bound,
        pieces,
        seals,
        ...(booked ? { booked_mg: booked } : {}),
      });
    }
    const body = {
      shipment,
      from: input.from,
      to: input.to,
      ...ends.value,
      carrier: input.carrier,
      at: at.value,
      mode: input.mode,
      description: input.description,
      lots,
    };
    const decided = decideSending(await scope.get("shipment", shipment), body);
    if (!decided.ok) return decided;
    const departure = await departureOf(scope, {
      lots: lots.map((l) => l.lot),
      from: input.from,
      at: at.value,
      shipment,
    });
    if (!departure.ok) return departure;
    const wide = doubtTooWide(lots, (i) => `lots[${i}].sd`);
    if (wide) return wide;
    const bill = await printBill(scope, decided.value);
    return done({
      entries: [
        { kind: "shipment_sent", body: { ...decided.value, bill_digest: bill.digest } },
        { kind: "lots_moved", body: departure.value },
      ],
      answer: { shipment, bill: bill.digest },
      documents: [bill],
    });
  },
});

async function endsOf(scope: Scope, input: { from: string; to: string; carrier: string }) {
  const from = await scope.get("site", input.from);
  if (!from) return refuse("site_unknown", "from", `no site ${input.from} is registered`);
  const to = await scope.get("site", input.to);
  if (!to) return refuse("site_unknown", "to", `no site ${input.to} is registered`);
  if (!(await scope.get("party", input.carrier)))
    return refuse("party_unknown", "carrier", `no party ${input.carrier} is registered`);
  return done({ shipper: from.party, consignee: to.party });
}

async function departureOf(
  scope: Scope,
  given: { lots: readonly string[]; from: string; at: string; shipment: string },
) {
  const lots: { id: string; lot: Lot | undefined }[] = [];
  for (const id of given.lots) lots.push({ id, lot: await scope.get("lot", id) });
  const open = await stillOpen(
    scope,
    lots.map(({ lot }) => lot),
  );
  const { from, at, shipment } = given;
  return decideDeparture(lots, open, { from, at, shipment });
}

async function weightOf(
  scope: Scope,
  site: string,
  { own, ...given }: WeighedInput & { readonly own: string },
) {
  const weighing = await weigh(scope, site, given);
  if (!weighing.ok) return weighing;
  if (weighing.value.mass_mg === 0)
    return refuse("mass_not_positive", `${given.at}.mass`, "a weight on a bill of lading is more than zero");
  return done({ mass_mg: weighed(weighing.value, own), ...ticketOf(weighing.value) });
}

const receive = command({
  room: "ship",
  verb: "receive",
  summary:
    "Receive a shipment: the receiver's weights, the seals, and the difference from the sender's in sigmas.",
  input: z.strictObject({
    shipment: ShipmentId({ state: "in_transit" }),
    at: Instant.optional(),
    lots: z
      .array(
        z.strictObject({
          lot: Shipped,
          ...weighedAt(beside("shipment", "to")),
          seals_intact: z.boolean().default(true),
          seals: z.array(Seal).max(50).default([]),
        }),
      )
      .max(200),
    not_arrived: z
      .array(Shipped)
      .max(200)
      .optional()
      .describe("lots that were not on the truck: they are the sender's to find, or to write off"),
  }),
  example: {
    shipment: "B-1",
    lots: [
      {
        lot: "L-MAGNETS",
        mass: "1249.6 kg",
        scale: "noblesville-floor",
        seals_intact: true,
        seals: ["P-1001"],
      },
    ],
  },
  concerns: {
    says: "the consignee",
    of: async ({ shipment }, records) => [(await records.get("shipment", shipment))?.consignee],
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const shipment = await scope.get("shipment", input.shipment);
    const lots: ReceivedLot[] = [];
    for (const [i, { lot, seals, seals_intact, ...weight }] of input.lots.entries()) {
      const weighing = await weightOf(scope, shipment?.to ?? "", {
        ...{ ...weight, at: `lots[${i}]`, own: `${input.shipment}/received/${lot}` },
      });
      if (!weighing.ok && shipment) return weighing;
      if (!weighing.ok) continue;
      const bound = await doubtAtMost(scope, weight, weighing.value.mass_mg);
      lots.push({ lot, ...weighing.value, ...bound, seals, seals_intact });
    }
    const { not_arrived = [] } = input;
    const decided = decideReceipt(shipment, {
      ...{ shipment: input.shipment, at: at.value, lots },
      ...(not_arrived.length > 0 ? { not_arrived } : {}),
    });
    if (!decided.ok) return decided;
    const arrived = decided.value.lots.map((l) => l.lot);
    for (const lot of [...arrived, ...not_arrived]) await scope.get("lot", lot);
    const moved = { state: "on_hand", at: at.value, shipment: input.shipment };
    return done({
      entries: [
        { kind: "shipment_received", body: decided.value },
        ...(arrived.length > 0
          ? [{ kind: "lots_moved", body: { lots: arrived, to: shipment?.to, ...moved } }]
          : []),
        ...(not_arrived.length > 0
          ? [{ kind: "lots_moved", body: { lots: not_arrived, to: shipment?.from, ...moved } }]
          : []),
      ] as NewEntry[],
      answer: {
        shipment: input.shipment,
        differences: decided.value.differences,
        findings: decided.value.findings,
      },
    });
  },
});

export const correctWeight = inTwo(
  command({
    room: "ship",
    verb: "correct-weight",
    summary: "Correct a weight of a received shipment, with the reason; the first weight stays readable.",
    input: z.strictObject({
      shipment: ShipmentId({ state: "received" }),
      side: z.enum(["sender", "receiver"]),
      why: Text,
      at: Instant.optional(),
      lot: Shipped,
      ...weighedAt(beside("shipment", "from"), beside("shipment", "to")),
    }),
    example: {
      shipment: "B-1",
      side: "receiver" as const,
      lot: "L-MAGNETS",
      mass: "1250.1 kg",
      scale: "noblesville-floor",
      why: "the empty drum was not taken off",
    },
    concerns: {
      says: "of the sender's weights the shipper, of the receiver's the consignee",
      of: async ({ shipment: id, side }, records) => {
        const shipment = await records.get("shipment", id);
        return [side === "sender" ? shipment?.shipper : shipment?.consignee];
      },
    },
    async decide(scope, { shipment, side, why, at, lot, ...weight }) {
      const when = notInFuture(at, scope.now);
      if (!when.ok) return when;
      const before = await scope.get("shipment", shipment);
      if (!before) return refuse("shipment_unknown", "shipment", `no shipment ${shipment} is on the books`);
      const weighing = await weightOf(scope, side === "sender" ? before.from : before.to, {
        ...{ ...weight, at: "", own: `${shipment}/${side}/${lot}@${scope.now}` },
      });
      if (!weighing.ok) return weighing;
      const bound = await doubtAtMost(scope, weight, weighing.value.mass_mg);
      const decided = decideWeightCorrection(before, {
        shipment,
        side,
        why,
        at: when.value,
        lot,
        ...weighing.value,
        ...bound,
      });
      if (!decided.ok) return decided;
      const { mass_mg } = weighing.value;
      const wide = side === "sender" ? doubtTooWide([{ mass_mg, ...bound }], () => "sd") : undefined;
      if (wide) return wide;
      const settled = side === "receiver" ? (await scope.get("statement", lot))?.issued.at(-1) : undefined;
      const since =
        settled?.shipment === shipment && weighedSince(settled, showMass(weighing.value.mass_mg.best, "kg"));
      return done({
        entries: [{ kind: "shipment_weight_corrected", body: decided.value }],
        answer: {
          ...{ shipment, differences: decided.value.differences },
          // Money only once both firms say so (settle move-lot).
          ...(since ? { settled_on: { lot, statement: settled.statement.digest, ...since } } : {}),
        },
      });
    },
  }),
);

const list = query({
  room: "ship",
  verb: "list",
  summary: "Shipments with both firms' weights, a page at a time.",
  input: z.strictObject({
    state: z.enum(["in_transit", "received"]).optional(),
    shipper: PartyId().optional(),
    consignee: PartyId().optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "shipment", { after, limit, filter });
  },
});

const show = query({
  room: "ship",
  verb: "show",
  summary: "One shipment.",
  input: z.strictObject({ shipment: ShipmentId() }),
  example: { shipment: "B-1" },
  async answer(ports, { shipment }) {
    const found = await ports.store.load("shipment", shipment);
    return found
      ? done(found.record)
      : refuse("shipment_unknown", "shipment", `no shipment ${shipment} is on the books`);
  },
});

export const shipUseCases = [send, receive, correctWeight, list, show] as const;
