import { Decimal } from "decimal.js";
import { type AssayReported, releasesOf } from "../../assay/index.ts";
import { done } from "../../quantity/index.ts";
import {
  type AgreementVersion,
  type DifferenceStatement,
  type GivenAssay,
  lastFinal,
  nextStatement,
  postingsOf,
  type Reversed,
  type Statement,
  settleLot,
  type Unrestated,
  type WeighedSince,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";
import {
  type Asked,
  beforeItsGrounds,
  type Facts,
  factsOf,
  foreignLaboratory,
  foreignLot,
  netWetOf,
  versionFor,
} from "./facts.ts";
import { notMoneyYet, oneAlone, umpireChanged } from "./one-alone.ts";
import { canRestateNow, restate } from "./restate.ts";

export interface Settling extends Asked {
  readonly why?: string | undefined;
  readonly at: string;
}

/** Percent as decimal text from mg/kg; ten places are beyond any laboratory and within what an agreement reads. */
const percentOf = (mg_per_kg: number): string =>
  new Decimal(mg_per_kg).div(10_000).toDecimalPlaces(10).toFixed();

/**
 * Settles a lot: the receiver's weight in force, both laboratories' results, the terms in force when it was received. Each
 * statement restates the lot where the books still can; a final one posts the metal account.
 */
export async function settleOnBooks(scope: Scope, given: Settling) {
  const facts = await factsOf(scope, given);
  if (!facts.ok) return facts;
  const version = versionFor(facts.value);
  if (!version.ok) return version;
  const early = beforeItsGrounds(facts.value, version.value, given.at);
  if (early) return early;
  const foreign = foreignLot(facts.value, version.value) ?? foreignLaboratory(facts.value, version.value);
  if (foreign) return foreign;
  const alone = await oneAlone(scope, facts.value, version.value);
  if (alone) return alone;
  const settled = statementUnder(version.value, facts.value);
  if (!settled.ok) return settled;
  const changed = umpireChanged(facts.value, settled.value);
  if (changed) return changed;
  const { statements } = facts.value;
  const again = await canRestateNow(scope, facts.value);
  const next = nextStatement(statements, settled.value, given.why, again);
  if (!next.ok)
    return (next.refusal.code === "nothing_changed" ? notMoneyYet(facts.value) : undefined) ?? next;
  return issuedOn(scope, facts.value, {
    ...{ version: version.value, at: given.at, statement: next.value.statement },
    ...(next.value.difference ? { difference: next.value.difference } : {}),
    previous: lastFinal(statements),
  });
}

/** The statement of a lot under one version of the terms. */
export function statementUnder({ agreement, version }: AgreementVersion, facts: Facts) {
  const { sample, lot, moisture_pct } = facts;
  const assays: Record<string, { supplier: GivenAssay; processor: GivenAssay; umpire?: GivenAssay }> = {};
  const { supplier, processor, umpire } = sample.reports;
  for (const { element } of [...agreement.elements, ...agreement.penalties]) {
    assays[element] = {
      supplier: givenAssay(supplier, element),
      processor: givenAssay(processor, element),
      ...(umpire?.mg_per_kg[element] ? { umpire: givenAssay(umpire, element) } : {}),
    };
  }
  const weights = { net_wet_kg: netWetOf(facts), moisture_pct };
  return settleLot({ agreement, agreement_version: version, lot: lot.id, weights, assays });
}

function givenAssay(report: AssayReported | undefined, element: string): GivenAssay {
  const reading = report?.mg_per_kg[element];
  if (!reading) return null;
  return "below" in reading ? { below: percentOf(reading.below) } : percentOf(reading.best);
}

interface Issuing {
  readonly version: AgreementVersion;
  readonly at: string;
  readonly statement: Statement;
  readonly difference?: DifferenceStatement;
  readonly reversed?: Reversed;
  /** The final statement whose oxide stands on the account now. */
  readonly previous: Statement | undefined;
}

/** What was issued. */
export interface Issued {
  readonly statement: Statement;
  readonly unrestated: readonly Unrestated[];
  readonly weighed_since: WeighedSince | undefined;
}

/** What issuing a statement writes: itself, what it moves on the metal account, and what it restates of the lot. */
export async function issuedOn(scope: Scope, facts: Facts, given: Issuing) {
  const { sample, lot, shipment, received_on, weighed_since } = facts;
  const { version, at, statement, difference, reversed, previous } = given;
  const restated = await restate(scope, { ...facts, statement, terms: version.agreement, at });
  if (!restated.ok) return restated;
  const { booked, unrestated } = restated.value;
  const issued: NewEntry = {
    kind: "statement_issued",
    body: {
      ...{ lot: lot.id, sample: sample.sample, statement, at, assays_released: releasesOf(sample) },
      ...{ shipment, received_on },
      ...(difference ? { difference } : {}),
      ...(reversed ? { reversed } : {}),
      ...(booked ? { booked } : {}),
      ...(unrestated.length > 0 ? { unrestated } : {}),
      ...(weighed_since ? { weighed_since } : {}),
    },
  };
  const entries = [issued];
  if (statement.status === "final") {
    const postings = postingsOf(statement, at, previous);
    if (!postings.ok) return postings;
    const body = { agreement: version.agreement.id, postings: postings.value };
    if (postings.value.length > 0) entries.push({ kind: "account_posted", body });
  }
  return done({ entries: [...entries, ...restated.value.entries], statement, unrestated, weighed_since });
}
