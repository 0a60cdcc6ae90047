import { Decimal } from "decimal.js";
import { type AssayReported, releasesOf, type Sample } from "../../assay/index.ts";
import {
  decideFeed,
  decideRestatement,
  type ElementContents,
  type Lot,
  type Reading,
  readingValue,
} from "../../ledger/index.ts";
import { combine, done, type Measured, measured, multiply, refuse, showMass } from "../../quantity/index.ts";
import {
  type AgreementRecord,
  type GivenAssay,
  type LotStatements,
  lastFinal,
  postingsOf,
  type Statement,
  settleLot,
  supersede,
} from "../../settle/index.ts";
import { weightsInForce } from "../../ship/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

export interface Settling {
  readonly agreement: string;
  readonly sample: string;
  readonly shipment: string;
  readonly moisture_pct?: string | undefined;
  readonly why?: string | undefined;
  readonly at: string;
}

/** Percent as decimal text from mg/kg; ten places are beyond any laboratory and within what an agreement reads. */
const percentOf = (mg_per_kg: number): string =>
  new Decimal(mg_per_kg).div(10_000).toDecimalPlaces(10).toFixed();

/**
 * Settles a lot: the receiver's weight in force, both laboratories' results, the agreement's terms. A final statement posts
 * the metal account, restates the lot to what was agreed, and declares it a feed; a provisional one waits for the umpire.
 */
export async function settleOnBooks(scope: Scope, given: Settling) {
  const facts = await factsOf(scope, given);
  if (!facts.ok) return facts;
  const { agreement, sample, lot, net_wet, moisture_pct, statements } = facts.value;
  const assays: Record<string, { supplier: GivenAssay; processor: GivenAssay; umpire?: GivenAssay }> = {};
  for (const element of assayedUnder(agreement)) {
    const { supplier, processor, umpire } = sample.reports;
    assays[element] = {
      supplier: givenAssay(supplier, element),
      processor: givenAssay(processor, element),
      ...(umpire?.mg_per_kg[element] ? { umpire: givenAssay(umpire, element) } : {}),
    };
  }
  const weights = { net_wet_kg: showMass(net_wet.best, "kg"), moisture_pct };
  const settled = settleLot({ agreement: agreement.agreement, lot: lot.id, weights, assays });
  if (!settled.ok) return settled;
  const replaced = replacing(statements, settled.value, given.why);
  if (!replaced.ok) return replaced;
  const { statement, difference } = replaced.value;
  const issued: NewEntry = {
    kind: "statement_issued",
    body: {
      lot: lot.id,
      sample: sample.sample,
      statement,
      at: given.at,
      assays_released: releasesOf(sample),
      ...(difference ? { difference } : {}),
    },
  };
  if (statement.status === "provisional") return done({ entries: [issued], statement });

  const postings = postingsOf(statement, given.at, lastFinal(statements));
  if (!postings.ok) return postings;
  const books = await booked(scope, { ...facts.value, statement, at: given.at });
  if (!books.ok) return books;
  const posted: NewEntry = {
    kind: "account_posted",
    body: { agreement: given.agreement, postings: postings.value },
  };
  return done({
    entries: [issued, ...(postings.value.length > 0 ? [posted] : []), ...books.value],
    statement,
  });
}

interface Facts {
  readonly agreement: AgreementRecord;
  readonly sample: Sample;
  readonly lot: Lot;
  readonly net_wet: Measured;
  readonly moisture_pct: string;
  readonly statements: LotStatements | undefined;
}

async function factsOf(scope: Scope, given: Settling) {
  const agreement = await scope.get("agreement", given.agreement);
  if (!agreement)
    return refuse("agreement_unknown", "agreement", `no agreement ${given.agreement} is on the books`);
  const sample = await scope.get("sample", given.sample);
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.state !== "exchanged") {
    return refuse("assays_missing", "sample", `${given.sample}: both sides report before a lot is settled`);
  }
  const lot = await scope.get("lot", sample.lot);
  if (!lot) return refuse("lot_unknown", "sample", `no lot ${sample.lot} is on the books`);
  const shipment = await scope.get("shipment", given.shipment);
  if (!shipment)
    return refuse("shipment_unknown", "shipment", `no shipment ${given.shipment} is on the books`);
  const received = weightsInForce(shipment).received.find((l) => l.lot === lot.id);
  if (!received)
    return refuse("not_received", "shipment", `${lot.id} has no receiver's weight in ${given.shipment}`);
  const moisture_pct = given.moisture_pct ?? meanMoisture(sample);
  if (moisture_pct === undefined) {
    return refuse(
      "moisture_missing",
      "moisture_pct",
      "no laboratory reported moisture; state what was agreed",
    );
  }
  const statements = await scope.get("statement", lot.id);
  return done({ agreement, sample, lot, net_wet: received.mass_mg, moisture_pct, statements });
}

function meanMoisture(sample: Sample): string | undefined {
  const { supplier, processor } = sample.reports;
  const readings = [supplier, processor].flatMap((r) => (r?.moisture_pct ? [r.moisture_pct.best] : []));
  if (readings.length === 0) return undefined;
  return readings
    .reduce((sum, x) => sum.plus(x), new Decimal(0))
    .div(readings.length)
    .toFixed();
}

const assayedUnder = ({ agreement }: AgreementRecord): string[] => [
  ...new Set([...agreement.elements.map((e) => e.element), ...agreement.penalties.map((p) => p.element)]),
];

function givenAssay(report: AssayReported | undefined, element: string): GivenAssay {
  const reading = report?.mg_per_kg[element];
  if (!reading) return null;
  return "below" in reading ? { below: percentOf(reading.below) } : percentOf(reading.best);
}

function replacing(statements: LotStatements | undefined, next: Statement, why: string | undefined) {
  const previous = statements?.issued.at(-1)?.statement;
  if (!previous) return done({ statement: next, difference: undefined });
  if (why === undefined) {
    return refuse(
      "reason_missing",
      "why",
      `${next.lot} has a statement already; a new one says why it replaces it`,
    );
  }
  return supersede(previous, next, why);
}

/** What a final statement changes on the books: the lot's agreed weight and content, and the ceiling of claims on it. */
async function booked(scope: Scope, given: Facts & { statement: Statement; at: string }) {
  const { lot, statement, at, net_wet } = given;
  const elements_mg = agreedContents(given);
  const restated = decideRestatement(lot.id, lot, {
    at,
    why: "assay_agreed",
    evidence: statement.digest,
    mass_mg: net_wet,
    elements_mg,
  });
  if (!restated.ok) return restated;
  const paid = new Set(given.agreement.agreement.elements.map((e) => e.element));
  const ceiling = Object.fromEntries(Object.entries(elements_mg).filter(([element]) => paid.has(element)));
  const feed = decideFeed(lot.id, lot, {
    feed: await scope.get("feed", lot.id),
    elements_mg: ceiling,
  });
  if (!feed.ok) return feed;
  return done([
    { kind: "lot_restated", body: restated.value },
    { kind: "feed_measured", body: feed.value },
  ]);
}

/** Agreed assays times dry mass; both laboratories and the scale stay causes of doubt. Elements not settled on take the mean of both. */
function agreedContents(given: Facts & { statement: Statement }): ElementContents {
  const { sample, net_wet, moisture_pct, statement } = given;
  const dryShare = 1 - Number(moisture_pct) / 100;
  const dry = combine([[dryShare, net_wet]]);
  const { supplier, processor } = sample.reports;
  const names = new Set([
    ...Object.keys(supplier?.mg_per_kg ?? {}),
    ...Object.keys(processor?.mg_per_kg ?? {}),
  ]);
  const contents: Record<string, Measured & { below?: boolean }> = {};
  for (const element of names) {
    const sides = [supplier, processor].flatMap((report) => fractionOf(report, element));
    const share = 1 / sides.length;
    const mean = combine(sides.map((side) => [share, side.value] as const));
    const final = statement.elements.find((e) => e.element === element)?.final_pct;
    const agreed = final === undefined ? mean : { best: Number(final) / 100, moves: mean.moves };
    const amount = multiply(dry, agreed);
    const below = sides.every((side) => side.below);
    contents[element] = { best: Math.round(amount.best), moves: amount.moves, ...(below ? { below } : {}) };
  }
  return contents;
}

function fractionOf(
  report: AssayReported | undefined,
  element: string,
): { value: Measured; below: boolean }[] {
  const reading: Reading | undefined = report?.mg_per_kg[element];
  const value = reading && readingValue(reading);
  if (!report || !reading || !value) return [];
  return [
    {
      value: measured(value.best / 1e6, value.sd / 1e6, `${report.laboratory}/${element}`),
      below: "below" in reading,
    },
  ];
}
