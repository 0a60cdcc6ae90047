import { type AssayReported, type CorrectedSince, releasesOf, resultsOf } from "../../assay/index.ts";
import { doubtfulBecause } from "../../certify/index.ts";
import { done, type Refusal, type Refused, refusedAt, showMass, spread } from "../../quantity/index.ts";
import {
  type AgreementVersion,
  type DifferenceStatement,
  type GivenAssay,
  lastFinal,
  type NoClaimOn,
  nextStatement,
  postingsOf,
  type ReceivedAboveSent,
  type Reversed,
  type Statement,
  settleLot,
  type Unrestated,
  type WeighedSince,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";
import { agreedContents } from "./agreed-contents.ts";
import { settledAlready } from "./already-settled.ts";
import {
  type Asked,
  beforeItsGrounds,
  type FactsUnder,
  factsOf,
  factsUnder,
  foreignLot,
  netWetOf,
  percentOf,
  versionFor,
} from "./facts.ts";
import { laboratoriesRefused } from "./laboratories.ts";
import { notMoneyYet, oneAlone, umpireChanged } from "./one-alone.ts";
import { canRestateNow, restate } from "./restate.ts";

export interface Settling extends Asked {
  readonly why?: string | undefined;
  readonly at: string;
}

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
  const foreign =
    foreignLot(facts.value, version.value) ??
    laboratoriesRefused(facts.value.sample, version.value.agreement);
  if (foreign) return foreign;
  const settled_before = await settledAlready(scope, facts.value);
  if (!settled_before.ok) return settled_before;
  const alone = await oneAlone(scope, facts.value, version.value);
  if (alone) return alone;
  const under = factsUnder({ ...facts.value, settled_before: settled_before.value }, version.value);
  if (!under.ok) return under;
  const settled = statementUnder(version.value, under.value);
  if (!settled.ok) return askedOf(settled.refusal);
  const changed = umpireChanged(facts.value, settled.value);
  if (changed) return changed;
  const { statements } = facts.value;
  const again = await canRestateNow(scope, facts.value);
  const next = nextStatement(statements, settled.value, given.why, again);
  if (!next.ok)
    return (
      (next.refusal.code === "nothing_changed" ? notMoneyYet(facts.value) : undefined) ??
      askedOf(next.refusal)
    );
  return issuedOn(scope, under.value, {
    ...{ version: version.value, at: given.at, statement: next.value.statement },
    ...(next.value.difference ? { difference: next.value.difference } : {}),
    previous: lastFinal(statements),
  });
}

/** Where a place inside a statement comes from, in the words of what is asked. */
const ASKED: readonly (readonly [inside: RegExp, asked: string])[] = [
  [/^weights\.moisture/, "moisture_pct"],
  [/^weights/, "shipment"],
  [/^assays|^next$/, "sample"],
  [/^reason/, "why"],
  [/^next|^agreement\./, "agreement"],
  [/^settled_before/, "sample"],
];

/** A refusal of a statement, at the place of the input that brought it about. */
export const askedOf = <R extends Refusal>(refusal: R): Refused<R> =>
  refusedAt(refusal, ASKED.find(([inside]) => inside.test(refusal.at))?.[1] ?? refusal.at);

/** The statement of a lot under one version of the terms. */
export function statementUnder({ agreement, version }: AgreementVersion, facts: FactsUnder) {
  const { sample, lot, moisture_pct, moisture_dispute, settled_before = [] } = facts;
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
  return settleLot({
    ...{ agreement, agreement_version: version, lot: lot.id, weights, assays },
    ...(moisture_dispute ? { moisture_dispute } : {}),
    ...(settled_before.length > 0 ? { settled_before } : {}),
  });
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
  readonly received_above_sent: ReceivedAboveSent | undefined;
  readonly no_claim: readonly NoClaimOn[];
  readonly corrected_since: readonly CorrectedSince[];
}

/** What issuing a statement writes: itself, what it moves on the metal account, and what it restates of the lot. */
export async function issuedOn(scope: Scope, facts: FactsUnder, given: Issuing) {
  const { sample, lot, shipment, received_on, weighed_since, corrected_since, settled_before = [] } = facts;
  const { version, at, statement, difference, reversed, previous } = given;
  const received_above_sent = aboveSent(facts);
  const no_claim = withoutClaim(facts, given);
  const restated = await restate(scope, { ...facts, statement, terms: version.agreement, at });
  if (!restated.ok) return restated;
  const { booked, unrestated } = restated.value;
  const issued: NewEntry = {
    kind: "statement_issued",
    body: {
      ...{ lot: lot.id, sample: sample.sample, statement, at, assays_released: releasesOf(sample) },
      ...{ shipment, received_on, results: resultsOf(sample) },
      ...(difference ? { difference } : {}),
      ...(reversed ? { reversed } : {}),
      ...(booked ? { booked } : {}),
      ...(unrestated.length > 0 ? { unrestated } : {}),
      ...(weighed_since ? { weighed_since } : {}),
      ...(received_above_sent ? { received_above_sent } : {}),
      ...(settled_before.length > 0 ? { settled_before } : {}),
      ...(no_claim.length > 0 ? { no_claim } : {}),
      ...(corrected_since.length > 0 ? { corrected_since } : {}),
    },
  };
  const entries = [issued];
  if (statement.status === "final") {
    const postings = postingsOf(statement, at, previous);
    if (!postings.ok) return postings;
    const body = { agreement: version.agreement.id, postings: postings.value };
    if (postings.value.length > 0) entries.push({ kind: "account_posted", body });
  }
  const named = { statement, unrestated, weighed_since, received_above_sent, no_claim, corrected_since };
  return done({ entries: [...entries, ...restated.value.entries], ...named });
}

function aboveSent({ net_wet, sent_below }: FactsUnder): ReceivedAboveSent | undefined {
  if (!sent_below) return undefined;
  const { sent, sigmas } = sent_below;
  return {
    ...{ sent_kg: showMass(sent.best, "kg"), received_kg: showMass(net_wet.best, "kg") },
    sigmas: Number(sigmas.toFixed(1)),
  };
}

/** What is settled, paid and returned by the terms, and yet too doubtful to be claimed (S54). */
function withoutClaim(facts: FactsUnder, { statement, version }: Issuing): NoClaimOn[] {
  const terms = version.agreement;
  const contents = agreedContents({ ...facts, statement, terms });
  return terms.elements.flatMap(({ element }) => {
    const content = contents[element];
    const why = content && doubtfulBecause(facts.lot.id, content.best, Math.round(spread(content)));
    return why === undefined ? [] : [{ element, why }];
  });
}
