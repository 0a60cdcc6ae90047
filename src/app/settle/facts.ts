import { Decimal } from "decimal.js";
import {
  type AssayReported,
  asSettled,
  type CorrectedSince,
  moistureReported,
  type Sample,
} from "../../assay/index.ts";
import { beforeGrounds, type Ground, type Lot } from "../../ledger/index.ts";
import { digestOf, done, type Measured, multiply, refuse, showMass } from "../../quantity/index.ts";
import {
  type AgreementRecord,
  type AgreementVersion,
  type LotStatements,
  type MoistureDispute,
  type SettledBefore,
  type Statement,
  sameFigure,
  versionBehind,
  versionOn,
  type WeighedSince,
  weighedSince,
} from "../../settle/index.ts";
import { type SentBelow, type Shipment, sentBelow, weightsInForce, weightsOf } from "../../ship/index.ts";
import type { Scope } from "../core/use-case.ts";
import { settledOnReceipt } from "./already-settled.ts";
import { type Between, cameBy } from "./came.ts";
import { moistureMissing, moistureUnder } from "./moisture.ts";

/** What a statement of a lot rests on. */
export interface Facts {
  readonly agreement: AgreementRecord;
  readonly sample: Sample;
  readonly lot: Lot;
  readonly shipment: string;
  /** The day of its receipt, in universal time: it decides which version of the terms holds. */
  readonly received_on: string;
  readonly received_at: string;
  readonly net_wet: Measured;
  /** It was divided off what was received: what there is of it is what was weighed then (S58). */
  readonly divided?: true;
  /** What was sent, where the weight it is settled on is above that by more than chance (S53). */
  readonly sent_below?: SentBelow;
  /** The weight was corrected since the lot was settled, and that is not money yet. */
  readonly weighed_since?: WeighedSince;
  /** What a side corrected alone since, which is no money yet. */
  readonly corrected_since: readonly CorrectedSince[];
  /** As it was stated or agreed with this command; what is known without that depends on the terms. */
  readonly stated_pct?: string;
  readonly statements: LotStatements | undefined;
  /** What of its metal is settled in other lots (S57). */
  readonly settled_before?: readonly SettledBefore[];
}

export interface Asked {
  readonly agreement: string;
  readonly sample: string;
  readonly shipment: string;
  readonly moisture_pct?: string | undefined;
  /** The weight in force, though it was corrected after the lot was settled; both firms say so. */
  readonly as_corrected?: boolean;
  /** Results as they are on the books now, though a side corrected them alone; both firms say so. */
  readonly as_reported?: boolean;
}

/** Facts under the terms the lot is settled under: they decide which moisture counts. */
export interface FactsUnder extends Facts {
  readonly moisture_pct: string;
  /** The same in figures, with what the laboratories and the sample err by; a moisture that was only agreed has no doubt. */
  readonly moisture: Measured;
  readonly moisture_dispute?: MoistureDispute;
}

export async function factsOf(scope: Scope, given: Asked) {
  const agreement = await scope.get("agreement", given.agreement);
  if (!agreement)
    return refuse("agreement_unknown", "agreement", `no agreement ${given.agreement} is on the books`);
  const sample = await scope.get("sample", given.sample);
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose === "product" || sample.state !== "exchanged") {
    return refuse("assays_missing", "sample", `${given.sample}: both sides report before a lot is settled`);
  }
  const lot = await scope.get("lot", sample.lot);
  if (!lot) return refuse("lot_unknown", "sample", `no lot ${sample.lot} is on the books`);
  if (lot.state === "reversed") return neverMade(lot);
  const statements = await scope.get("statement", lot.id);
  const shipment = await scope.get("shipment", given.shipment);
  if (!shipment)
    return refuse("shipment_unknown", "shipment", `no shipment ${given.shipment} is on the books`);
  const { parties } = agreement.agreement;
  const as_received = await receivedAs(scope, { lot, shipment, between: parties });
  const received = as_received && (statements ? as_received : await leftOf(scope, shipment, as_received));
  if (received && received.part.best <= 0) return allSettled(lot, { ...received, shipment: given.shipment });
  const { as_corrected } = given;
  const weighed = received && weighedIn(shipment, { ...received, statements, as_corrected });
  if (!weighed || !shipment.received) return notReceived(lot.id, given.shipment);
  const counted = given.as_reported ? { sample, corrected_since: [] } : countedOf(sample, statements);
  return done({
    ...{ agreement, ...counted, lot, shipment: given.shipment, ...weighed, statements },
    ...(received.divided ? { divided: true as const } : {}),
    ...(given.moisture_pct === undefined ? {} : { stated_pct: given.moisture_pct }),
    received_at: shipment.received.at,
    received_on: new Date(Date.parse(shipment.received.at)).toISOString().slice(0, 10),
  } satisfies Facts);
}

/** Facts with the moisture that counts under these terms. */
export function factsUnder(facts: Facts, { agreement }: AgreementVersion) {
  const known = facts.stated_pct === undefined ? moistureUnder(agreement, facts) : { pct: facts.stated_pct };
  if (!known) return moistureMissing();
  const { pct: moisture_pct, dispute } = known;
  const moisture = { best: Number(moisture_pct), moves: moistureReported(facts.sample)?.moves ?? {} };
  return done<FactsUnder>({
    ...{ ...facts, moisture_pct, moisture },
    ...(dispute ? { moisture_dispute: dispute } : {}),
  });
}

/**
 * The results a settled lot is settled on. A statement names the reports it was made of; of one from before it did, those whose
 * figures it shows.
 */
function countedOf(sample: Sample, statements: LotStatements | undefined) {
  const last = statements?.sample === sample.sample ? statements.issued.at(-1) : undefined;
  if (!last) return { sample, corrected_since: [] };
  return asSettled(sample, (side, report) =>
    last.results ? last.results[side] === digestOf(report) : isShown(last.statement, side, report),
  );
}

/** Whether a statement shows the figures of a report, as far as it shows any of that side. */
export const isShown = ({ lines }: Statement, side: string, { mg_per_kg }: AssayReported): boolean =>
  Object.entries(mg_per_kg).every(([element, reading]) => {
    const shown = lines.find(({ id }) => id === `${element}.${side}`)?.value;
    return shown === undefined || "below" in reading || sameFigure(shown, percentOf(reading.best));
  });

/** Percent as decimal text from mg/kg; ten places are beyond any laboratory and within what an agreement reads. */
export const percentOf = (mg_per_kg: number): string =>
  new Decimal(mg_per_kg).div(10_000).toDecimalPlaces(10).toFixed();

const notReceived = (lot: string, shipment: string) =>
  refuse(
    "not_received",
    "shipment",
    `${lot} has no receiver's weight in ${shipment}, nor is it a known part of what has: what was mixed, dried or sorted since takes its step back first (prepare reverse)`,
  );

/** A step that made it was taken back: its matter is in what that drew on, and is settled there. */
const neverMade = (lot: Lot) =>
  refuse(
    "lot_not_held",
    "sample",
    `the step ${lot.made_by}, which made ${lot.id}, was taken back: its matter is where it was before, and is settled there`,
  );

interface ReceivedAs {
  /** The lot that was weighed at the receipt. */
  readonly weighed: string;
  /** What part of it the lot is that is settled (S58). */
  readonly part: Measured;
  readonly divided: boolean;
}

/** The lot itself, or the one that came by this shipment and was only divided or repacked since. */
async function receivedAs(
  scope: Scope,
  { lot, shipment, between }: { readonly lot: Lot; readonly shipment: Shipment; readonly between: Between },
): Promise<ReceivedAs | undefined> {
  if (shipment.received?.lots.some((weighed) => weighed.lot === lot.id))
    return { weighed: lot.id, part: { best: 1, moves: {} }, divided: false };
  const came = (await cameBy(scope, lot, between)).find((one) => one.shipment.shipment === shipment.shipment);
  return came?.part && { weighed: came.lot.id, part: came.part, divided: true };
}

/** No more of a receipt than parts that are settled on it have left: they were worked out from what the books held then (S71). */
async function leftOf(scope: Scope, shipment: Shipment, received: ReceivedAs): Promise<ReceivedAs> {
  const { weighed, part, divided } = received;
  const whole = weightsInForce(shipment).received.find((one) => one.lot === weighed)?.mass_mg.best ?? 0;
  const settled_mg = divided ? await settledOnReceipt(scope, weighed, shipment.shipment) : 0;
  const left = whole > 0 ? 1 - settled_mg / whole : 1;
  return part.best <= left ? received : { ...received, part: { best: Math.max(0, left), moves: part.moves } };
}

const allSettled = (
  lot: Lot,
  { weighed, shipment }: { readonly weighed: string; readonly shipment: string },
) =>
  refuse(
    "already_settled",
    "sample",
    `all that ${weighed} weighed at its receipt by ${shipment} is settled in other parts of it: nothing of that weight is left for ${lot.id}`,
  );

/** The receiver's weight in force; of a settled lot the one it was settled on, until both firms say otherwise (S47). */
function weighedIn(
  shipment: Shipment,
  given: ReceivedAs & {
    readonly statements: LotStatements | undefined;
    readonly as_corrected: boolean | undefined;
  },
): Pick<Facts, "net_wet" | "weighed_since" | "sent_below"> | undefined {
  const { weighed: lot, part } = given;
  const now = weightsInForce(shipment).received.find((one) => one.lot === lot)?.mass_mg;
  if (!now) return undefined;
  const weighing = (mass_mg: Measured): Pick<Facts, "net_wet" | "sent_below"> => {
    const below = sentBelow(shipment, lot, mass_mg);
    return {
      net_wet: partOf(mass_mg, part),
      ...(below ? { sent_below: { ...below, sent: partOf(below.sent, part) } } : {}),
    };
  };
  const last = given.statements?.issued.at(-1);
  const kg = (mass_mg: Measured) => showMass(partOf(mass_mg, part).best, "kg");
  const weighed_since = weighedSince(last, kg(now));
  if (given.as_corrected || !weighed_since) return weighing(now);
  const settled = weightsOf(shipment, { side: "receiver", lot }).findLast((mass_mg) =>
    sameFigure(kg(mass_mg), weighed_since.settled_kg),
  );
  return settled ? { ...weighing(settled), weighed_since } : weighing(now);
}

function partOf(mass_mg: Measured, part: Measured): Measured {
  if (part.best === 1) return mass_mg;
  const { best, moves } = multiply(mass_mg, part);
  return { best: Math.round(best), moves };
}

/** Kilograms as a statement takes them. */
export const netWetOf = ({ net_wet }: Facts): string => showMass(net_wet.best, "kg");

/** The version a lot is settled under: a settled lot keeps its own, another has the one in force when it was received (SPEC S37). */
export function versionFor({ agreement, lot, received_on, statements }: Facts) {
  const last = statements?.issued.at(-1)?.statement;
  if (last && last.agreement.id !== agreement.agreement.id) {
    const message = `${lot.id} is settled under ${last.agreement.id}; both parties move it (settle move-lot)`;
    return refuse("statement_of_another_lot", "agreement", message);
  }
  const kept = last && versionBehind(agreement, last);
  return kept ? done(kept) : inForce(agreement, lot.id, received_on);
}

export function inForce(agreement: AgreementRecord, lot: string, received_on: string) {
  const found = versionOn(agreement, received_on);
  if (found) return done(found);
  const { id } = agreement.agreement;
  const message = `${lot} was received on ${received_on}: no version of ${id} that both accepted holds on that day`;
  return refuse("agreement_not_in_force", "agreement", message);
}

/** Nothing is settled before what it rests on: the receipt, the results, the terms both accepted, the statement before it. */
export function beforeItsGrounds(
  { sample, received_at, statements }: Facts,
  { accepted }: AgreementVersion,
  at: string,
) {
  return beforeGrounds(at, [
    ["it was received", received_at],
    ...Object.values(sample.reports).map((report): Ground => [`the ${report.side} reported`, report.at]),
    ["the terms were accepted", accepted?.at],
    ["the statement before it was made", statements?.issued.at(-1)?.at],
  ]);
}

/** Terms between two firms settle what one of them sent to the other, and no one else's lots. */
export function foreignLot({ sample, lot, statements }: Facts, { agreement }: AgreementVersion) {
  if (statements?.sample === sample.sample) return undefined;
  const { supplier, processor } = agreement.parties;
  if (!statements && lot.owned_since !== undefined && ![supplier, processor].includes(lot.owner)) {
    const sold = `the title of ${lot.id} passed to ${lot.owner} at ${lot.owned_since}, before it was settled: it is ${lot.owner}'s to settle, under terms of its own`;
    return refuse("agreement_of_others", "agreement", sold);
  }
  const from = sample.firms?.supplier ?? lot.owner;
  const to = sample.firms?.processor ?? processor;
  if (from === supplier && to === processor) return undefined;
  const message = `${lot.id} is between ${from} and ${to}, ${agreement.id} between ${supplier} and ${processor}`;
  return refuse("agreement_of_others", "agreement", message);
}
