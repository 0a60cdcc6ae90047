import {
  type Book,
  beforeGrounds,
  type InstrumentRecords,
  notePair,
  pairOf,
  ticketOf,
  type WeighingTicket,
} from "../ledger/index.ts";
import {
  assert,
  combine,
  done,
  type Measured,
  refuse,
  spread,
  spreadInParts,
  subtract,
} from "../quantity/index.ts";

export interface SentLot {
  readonly lot: string;
  readonly mass_mg: Measured;
  readonly pieces: number;
  readonly seals: readonly string[];
  readonly weighing_ticket?: WeighingTicket;
  /** Where the sender stated more doubt than that: as much of it counts beside the receiver's weight (H3). */
  readonly doubt_at_most_mg?: number;
  /** What the books held of it when it was sent; shipments of before that was kept do not say. */
  readonly booked_mg?: Measured;
}

export interface ShipmentSent {
  readonly shipment: string;
  readonly from: string;
  readonly to: string;
  readonly shipper: string;
  readonly consignee: string;
  readonly carrier: string;
  readonly at: string;
  readonly mode: "road" | "rail" | "sea" | "air";
  readonly description: string;
  readonly lots: readonly SentLot[];
  readonly bill_digest?: string;
}

export interface ReceivedLot {
  readonly lot: string;
  readonly mass_mg: Measured;
  readonly seals_intact: boolean;
  readonly seals: readonly string[];
  readonly weighing_ticket?: WeighingTicket;
  /** Where the receiver stated more doubt than that: as much of it counts beside the sender's weight (H3). */
  readonly doubt_at_most_mg?: number;
}

/** Receiver minus sender, and how far that is from chance. */
export interface WeightDifference {
  readonly lot: string;
  readonly sent_mg: number;
  readonly received_mg: number;
  readonly difference_mg: number;
  readonly sd_mg: number;
  readonly sd_random_mg?: number;
  readonly sd_shared_mg?: number;
  readonly sigmas: number;
  readonly within: boolean;
}

export interface ShipmentReceived {
  readonly shipment: string;
  readonly at: string;
  readonly lots: readonly ReceivedLot[];
  /** Lots on the bill of lading that were not on the truck: they are the sender's to find (H8). */
  readonly not_arrived?: readonly string[];
  readonly differences: readonly WeightDifference[];
  readonly findings: readonly string[];
}

export interface WeightCorrected {
  readonly shipment: string;
  readonly at: string;
  readonly why: string;
  readonly side: "sender" | "receiver";
  readonly lot: string;
  readonly mass_mg: Measured;
  readonly weighing_ticket?: WeighingTicket;
  readonly doubt_at_most_mg?: number;
  readonly differences: readonly WeightDifference[];
}

export interface Shipment extends ShipmentSent {
  readonly state: "in_transit" | "received";
  readonly received?: ShipmentReceived;
  readonly corrections: readonly WeightCorrected[];
}

/** A weight difference beyond this many standard uncertainties is more than chance. Same threshold as closures (ledger). */
const DIFFERENCE_K = 3;

export function decideSending(before: Shipment | undefined, given: ShipmentSent) {
  if (before) return refuse("shipment_name_taken", "shipment", `${given.shipment} was used before`);
  if (given.from === given.to) return refuse("same_place", "to", "a shipment goes somewhere else");
  const lots = given.lots.map((l) => l.lot);
  const again = lots.findIndex((lot, i) => lots.indexOf(lot) !== i);
  if (again !== -1) return refuse("lot_named_twice", `lots[${again}].lot`, `${lots[again]} is sent twice`);
  const seals = given.lots.flatMap((l) => l.seals);
  const twice = seals.find((seal, i) => seals.indexOf(seal) !== i);
  if (twice !== undefined) return refuse("seal_used_twice", "lots", `seal ${twice} is named twice`);
  return done(given);
}

export function decideReceipt(
  shipment: Shipment | undefined,
  given: Omit<ShipmentReceived, "differences" | "findings">,
) {
  if (!shipment)
    return refuse("shipment_unknown", "shipment", `no shipment ${given.shipment} is on the books`);
  if (shipment.received)
    return refuse("already_received", "shipment", `received at ${shipment.received.at}; correct it instead`);
  const seen = new Set<string>();
  for (const [i, { lot }] of given.lots.entries()) {
    if (seen.has(lot)) return refuse("lot_named_twice", `lots[${i}].lot`, `${lot} is weighed twice`);
    seen.add(lot);
    if (!shipment.lots.some((l) => l.lot === lot)) {
      return refuse("lot_not_in_shipment", `lots[${i}].lot`, `${lot} is not on the bill of lading`);
    }
  }
  for (const [i, lot] of (given.not_arrived ?? []).entries()) {
    if (seen.has(lot)) return refuse("lot_named_twice", `not_arrived[${i}]`, `${lot} is named twice`);
    seen.add(lot);
    if (!shipment.lots.some((l) => l.lot === lot))
      return refuse("lot_not_in_shipment", `not_arrived[${i}]`, `${lot} is not on the bill of lading`);
  }
  const missing = shipment.lots.filter((l) => !seen.has(l.lot)).map((l) => l.lot);
  if (missing.length > 0) {
    return refuse(
      "lot_missing",
      "lots",
      `not received: ${missing.join(", ")}; a lot that did not arrive is named so (not_arrived)`,
    );
  }
  const early = beforeGrounds(given.at, [["it was sent", shipment.at]]);
  if (early) return early;
  const differences = differencesOf(shipment.lots, given.lots);
  return done({
    ...given,
    differences,
    findings: [
      ...weightFindings(differences),
      ...bookFindings(shipment.lots, given.lots),
      ...sealFindings(shipment.lots, given.lots),
      ...(given.not_arrived ?? []).map((lot) => `${lot} did not arrive`),
    ],
  });
}

export function decideWeightCorrection(
  shipment: Shipment | undefined,
  given: Omit<WeightCorrected, "differences">,
) {
  if (!shipment)
    return refuse("shipment_unknown", "shipment", `no shipment ${given.shipment} is on the books`);
  if (!shipment.received)
    return refuse("not_received", "shipment", `${given.shipment} has not been received`);
  if (!shipment.lots.some((l) => l.lot === given.lot)) {
    return refuse("lot_not_in_shipment", "lot", `${given.lot} is not on the bill of lading`);
  }
  if (given.side === "receiver" && shipment.received.not_arrived?.includes(given.lot))
    return refuse("not_received", "lot", `${given.lot} did not arrive with ${given.shipment}`);
  const first = given.side === "sender" ? shipment.at : shipment.received.at;
  const last = shipment.corrections.findLast(({ side, lot }) => side === given.side && lot === given.lot);
  const early = beforeGrounds(given.at, [
    [given.side === "sender" ? "it was sent" : "it was received", first],
    ["its weight was last corrected", last?.at],
  ]);
  if (early) return early;
  const corrected = foldCorrection(shipment, given);
  return done({ ...given, differences: differencesOf(corrected.sent, corrected.received) });
}

/** The weights now in force, after every correction. */
export function weightsInForce(shipment: Shipment): {
  sent: readonly SentLot[];
  received: readonly ReceivedLot[];
} {
  let weights = { sent: shipment.lots, received: shipment.received?.lots ?? [] };
  for (const correction of shipment.corrections) weights = replaceWeight(weights, correction);
  return weights;
}

/** Every weight one side gave of a lot, the latest last; the first stays readable. */
export function weightsOf(
  shipment: Shipment,
  { side, lot }: { readonly side: WeightCorrected["side"]; readonly lot: string },
): readonly Measured[] {
  const weighed: readonly { readonly lot: string; readonly mass_mg: Measured }[] =
    side === "sender" ? shipment.lots : (shipment.received?.lots ?? []);
  const corrected = shipment.corrections.filter((one) => one.side === side);
  return [...weighed, ...corrected].filter((one) => one.lot === lot).map(({ mass_mg }) => mass_mg);
}

const foldCorrection = (shipment: Shipment, given: Omit<WeightCorrected, "differences">) =>
  replaceWeight(weightsInForce(shipment), given);

function replaceWeight(
  weights: { sent: readonly SentLot[]; received: readonly ReceivedLot[] },
  given: Omit<WeightCorrected, "differences">,
) {
  const { side, lot, mass_mg, doubt_at_most_mg } = given;
  const bound = doubt_at_most_mg === undefined ? {} : { doubt_at_most_mg };
  // The ticket and the bound of the weight before are of the weight before.
  const put = <T extends SentLot | ReceivedLot>(lots: readonly T[]): T[] =>
    lots.map((l) => {
      if (l.lot !== lot) return l;
      const { weighing_ticket: _, doubt_at_most_mg: __, ...others } = l as ReceivedLot;
      return { ...others, mass_mg, ...ticketOf(given), ...bound } as unknown as T;
    });
  return side === "sender"
    ? { ...weights, sent: put(weights.sent) }
    : { ...weights, received: put(weights.received) };
}

/** A reading that errs by no more than this; what it errs by keeps its proportions. */
function atMost(mass_mg: Measured, doubt_mg = Number.POSITIVE_INFINITY): Measured {
  const sd = spread(mass_mg);
  if (sd <= doubt_mg) return mass_mg;
  const moves = Object.entries(mass_mg.moves).map(([cause, move]) => [cause, (move * doubt_mg) / sd]);
  return { best: mass_mg.best, moves: Object.fromEntries(moves) };
}

type Received = Pick<ReceivedLot, "lot" | "mass_mg" | "doubt_at_most_mg">;

/** The weight that was sent, or what the books held then, where one the receiver gave is above it by more than chance. */
export interface SentBelow {
  readonly sent: Measured;
  readonly by: "sender" | "books";
  readonly sigmas: number;
}

/** The lesser of the two that a weight of the receiver's is above by more than chance (settle S53); nothing where it is above none. */
export function sentBelow(shipment: Shipment, lot: string, { best }: Measured): SentBelow | undefined {
  const given: readonly Received[] = [
    ...(shipment.received?.lots ?? []),
    ...shipment.corrections.filter(({ side }) => side === "receiver"),
  ];
  const received = given.findLast((one) => one.lot === lot && one.mass_mg.best === best);
  const before = weightsInForce(shipment).sent.find((one) => one.lot === lot);
  if (!before || !received) return undefined;
  const below = (["sender", "books"] as const).flatMap((by) => {
    const sent = by === "sender" ? before.mass_mg : before.booked_mg;
    const asSent = by === "sender" ? before : { lot, mass_mg: sent ?? before.mass_mg };
    const [difference] = differencesOf([asSent], [received]);
    if (!sent || !difference || difference.within || difference.difference_mg <= 0) return [];
    return [{ sent, by, sigmas: difference.sigmas }];
  });
  return below.sort((a, b) => a.sent.best - b.sent.best)[0];
}

function differencesOf(sent: readonly Received[], received: readonly Received[]): WeightDifference[] {
  return received.map(({ lot, mass_mg, doubt_at_most_mg }) => {
    const weighed = sent.find((l) => l.lot === lot);
    const before = weighed ? atMost(weighed.mass_mg, weighed.doubt_at_most_mg) : mass_mg;
    const difference = combine([
      [1, atMost(mass_mg, doubt_at_most_mg)],
      [-1, before],
    ]);
    const sd_mg = spread(difference);
    const { random, shared } = spreadInParts(difference);
    const sigmas = difference.best === 0 ? 0 : Math.abs(difference.best) / Math.max(sd_mg, 1);
    return {
      lot,
      sent_mg: before.best,
      received_mg: mass_mg.best,
      difference_mg: difference.best,
      sd_mg,
      sd_random_mg: random,
      sd_shared_mg: shared,
      sigmas,
      within: sigmas <= DIFFERENCE_K,
    };
  });
}

const weightFindings = (differences: readonly WeightDifference[]): string[] =>
  differences
    .filter((d) => !d.within)
    .map(
      (d) =>
        `${d.lot}: ${d.difference_mg} mg between the firms' scales, ${d.sigmas.toFixed(1)} standard uncertainties`,
    );

/** What the two firms agree on by their scales, and is more than the books held of what was sent. */
function bookFindings(sent: readonly SentLot[], received: readonly Received[]): string[] {
  const booked = sent.flatMap((one) => (one.booked_mg ? [{ lot: one.lot, mass_mg: one.booked_mg }] : []));
  const within = new Set(differencesOf(sent, received).flatMap((d) => (d.within ? [d.lot] : [])));
  const named = received.filter(({ lot }) => within.has(lot) && booked.some((one) => one.lot === lot));
  return differencesOf(booked, named)
    .filter((d) => !d.within && d.difference_mg > 0)
    .map(
      (d) =>
        `${d.lot}: the books held ${d.sent_mg} mg when it was sent, ${d.difference_mg} mg less than was received: ${d.sigmas.toFixed(1)} standard uncertainties. Count it where it stood`,
    );
}

function sealFindings(sent: readonly SentLot[], received: readonly ReceivedLot[]): string[] {
  return received.flatMap(({ lot, seals, seals_intact }) => {
    const expected = new Set(sent.find((l) => l.lot === lot)?.seals ?? []);
    const strange = seals.filter((seal) => !expected.has(seal));
    const gone = [...expected].filter((seal) => !seals.includes(seal));
    return [
      ...(seals_intact ? [] : [`${lot}: a seal arrived broken`]),
      ...(strange.length > 0 ? [`${lot}: seals not on the bill of lading: ${strange.join(", ")}`] : []),
      ...(gone.length > 0 ? [`${lot}: seals missing: ${gone.join(", ")}`] : []),
    ];
  });
}

export interface ShipBodies {
  shipment_sent: ShipmentSent;
  shipment_received: ShipmentReceived;
  shipment_weight_corrected: WeightCorrected;
}
export type ShipEntry = {
  [K in keyof ShipBodies]: { readonly kind: K; readonly body: ShipBodies[K] };
}[keyof ShipBodies];

/** The kinds of entry this room folds, each in the words of those who read the books. */
export const SHIP_KINDS: { readonly [K in keyof ShipBodies]: string } = {
  shipment_sent: "shipment sent",
  shipment_received: "shipment received",
  shipment_weight_corrected: "shipped weight corrected",
};

/** What entries of this room fold to, by collection. */
export interface ShipRecords {
  readonly shipment: Shipment;
}

/** Two firms' weights of one lot tell of their scales. What is corrected later was no reading of that lot. */
async function noteWeights(
  book: Book<InstrumentRecords>,
  sent: readonly SentLot[],
  { lots, at }: ShipmentReceived,
): Promise<void> {
  for (const { lot, mass_mg } of lots) {
    const before = sent.find((one) => one.lot === lot);
    if (!before) continue;
    await notePair(book, pairOf(mass_mg, before.mass_mg, { off_mg: subtract(mass_mg, before.mass_mg), at }));
  }
}

export async function applyShip(
  book: Book<ShipRecords & InstrumentRecords>,
  entry: ShipEntry,
): Promise<void> {
  if (entry.kind === "shipment_sent") {
    book.put("shipment", entry.body.shipment, {
      ...entry.body,
      state: "in_transit",
      corrections: [],
    });
    return;
  }
  const before = await book.get("shipment", entry.body.shipment);
  assert(before, "what is received or corrected was sent");
  const after: Shipment =
    entry.kind === "shipment_received"
      ? { ...before, state: "received", received: entry.body }
      : { ...before, corrections: [...before.corrections, entry.body] };
  book.put("shipment", after.shipment, after);
  if (entry.kind === "shipment_received") await noteWeights(book, before.lots, entry.body);
}
