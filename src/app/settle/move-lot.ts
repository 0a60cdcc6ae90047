import { z } from "zod";
import { resultsOf } from "../../assay/index.ts";
import { Instant, Moisture, notInFuture, Text } from "../../contract/fields.ts";
import { AgreementId, beside, SampleId, SettledLotId, ShipmentId } from "../../contract/identifiers.ts";
import { isBefore } from "../../ledger/index.ts";
import { digestOf, done, refuse } from "../../quantity/index.ts";
import {
  figureOf,
  type LotMoveProposed,
  type LotStatements,
  lastFinal,
  moveStatement,
  nextStatement,
  otherParty,
  reversalOf,
  type Statement,
  sameFigure,
  versionBehind,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { partIsSettled, settledBelow } from "./already-settled.ts";
import {
  beforeItsGrounds,
  type Facts,
  type FactsUnder,
  factsOf,
  factsUnder,
  foreignLot,
  inForce,
  isShown,
  netWetOf,
} from "./facts.ts";
import { laboratoriesRefused } from "./laboratories.ts";
import { issuedOn, statementUnder } from "./lot.ts";
import { waitsForMoisture } from "./moisture.ts";
import { partiesOf } from "./parties.ts";
import { receivedLastBy } from "./receipts.ts";

export const moveLot = command({
  room: "settle",
  verb: "move-lot",
  summary:
    "Settle a settled lot otherwise: under another agreement or the terms now in force on its day of receipt, on another sample or receipt, a corrected weight, corrected results or moisture. One party proposes it, the same by the other does it.",
  input: z.strictObject({
    lot: SettledLotId(),
    agreement: AgreementId(),
    sample: SampleId({ state: "exchanged", lot: beside("lot") })
      .optional()
      .describe("another one of the same lot"),
    shipment: ShipmentId({ state: "received" }, { "lots.lot": beside("lot") })
      .optional()
      .describe("another one that brought it"),
    weights: z
      .enum(["as_settled", "corrected"])
      .default("as_settled")
      .describe("the receiver's weight: as it was settled on, or as it was corrected since"),
    results: z
      .enum(["as_settled", "corrected"])
      .default("as_settled")
      .describe("the laboratories' results: as it was settled on, or as a side corrected them since"),
    moisture_pct: Moisture.optional().describe(
      "what both agree, where it is not what the laboratories found",
    ),
    why: Text.optional().describe("asked of the party that proposes"),
    at: Instant.optional(),
  }),
  example: {
    lot: "L-MAGNETS",
    agreement: "A-2026-02",
    weights: "as_settled" as const,
    results: "as_settled" as const,
    why: "it came under the second agreement",
  },
  concerns: {
    says: "the two parties of the agreement",
    takes: "two",
    of: async ({ agreement }, records) => partiesOf(await records.get("agreement", agreement)),
  },
  async decide(scope, { why, at: when, ...asked }) {
    const at = notInFuture(when, scope.now);
    if (!at.ok) return at;
    const { lot, agreement } = asked;
    const found = await askedFor(scope, asked);
    if (!found.ok) return found;
    const { statements, terms, otherwise, settled } = found.value;
    const says: Saying = {
      ...{ agreement, ...otherwise },
      ...{ agreement_version: found.value.version.version, comes_to: settled.digest },
    };
    const early = beforeItsGrounds(found.value.facts, found.value.version, at.value);
    if (early) return early;
    const { role, party } = scope.actor;
    const by = { role, party };
    const open = statements.move && isSame(statements.move, says) ? statements.move : undefined;
    const accepts = open !== undefined && otherParty(terms, open.by.party) === party;
    if (open?.by.party === party)
      return refuse(
        "already_proposed",
        "lot",
        `${party} proposed this at ${open.at}; the other party's word is awaited`,
      );
    if (!accepts && why === undefined)
      return refuse("reason_missing", "why", `who proposes to move ${lot} says why`);
    if (!accepts) {
      const from = statements.agreement;
      const body: LotMoveProposed = { lot, from, ...says, why: why ?? "", by, at: at.value };
      const accepted_by = otherParty(terms, party);
      return done({
        entries: [{ kind: "lot_move_proposed", body }],
        answer: { lot, agreement, state: "proposed" as "proposed" | "accepted", accepted_by },
      });
    }
    if (isBefore(at.value, open.at))
      return refuse("time_before_input", "at", `it was proposed at ${open.at}, after ${at.value}`);
    const moved = await movedOn(scope, { ...found.value, move: open, at: at.value });
    if (!moved.ok) return moved;
    const accepted = { by, at: at.value };
    return done({
      entries: [{ kind: "lot_moved", body: { ...open, accepted } }, ...moved.value.entries],
      answer: {
        ...{ lot, agreement, state: "accepted" as "proposed" | "accepted" },
        ...{ statement: moved.value.statement, unrestated: moved.value.unrestated },
        ...(moved.value.received_above_sent ? { received_above_sent: moved.value.received_above_sent } : {}),
      },
    });
  },
});

const GROUNDS = ["sample", "shipment", "net_wet_kg", "moisture_pct", "results"] as const;
const COMES_TO = ["agreement_version", "comes_to"] as const;
type Otherwise = Pick<LotMoveProposed, (typeof GROUNDS)[number]>;
type Saying = Otherwise & Pick<LotMoveProposed, "agreement" | (typeof COMES_TO)[number]>;

/**
 * Whether two ask for the same: what is accepted is what was proposed, to the figure, the version of the terms included (S39). What
 * it came to is not in proposals of before that was kept.
 */
const isSame = (open: LotMoveProposed, asked: Saying): boolean =>
  (["agreement", ...GROUNDS] as const).every((field) => open[field] === asked[field]) &&
  COMES_TO.every((field) => open[field] === undefined || open[field] === asked[field]);

/** The lot as it is settled, and what it would come under: terms of the same two parties, in force when it was received. */
async function askedFor(
  scope: Scope,
  asked: {
    readonly lot: string;
    readonly agreement: string;
    readonly sample?: string | undefined;
    readonly shipment?: string | undefined;
    readonly results: "as_settled" | "corrected";
    readonly weights: "as_settled" | "corrected";
    readonly moisture_pct?: string | undefined;
  },
) {
  const { lot, agreement } = asked;
  const statements = await scope.get("statement", lot);
  const last = statements?.issued.at(-1);
  if (!statements || !last)
    return refuse(
      "statement_missing",
      "lot",
      `${lot} is not settled: it comes under the terms it is settled under`,
    );
  const brought = last.shipment ?? (await receivedLastBy(scope, lot));
  const shipment = asked.shipment ?? brought;
  if (shipment === undefined)
    return refuse("not_received", "lot", `no shipment that brought ${lot} is on the books`);
  const sample = asked.sample ?? statements.sample;
  const of = (await scope.get("sample", sample))?.lot ?? lot;
  if (of !== lot) return refuse("sample_of_another_lot", "sample", `${sample} is of ${of}, not of ${lot}`);
  const kept =
    sample === statements.sample && !waitsForMoisture(statements) ? figureOf(last, "moisture") : undefined;
  const facts = await factsOf(scope, {
    ...{ agreement, sample, shipment, as_reported: asked.results === "corrected" },
    as_corrected: asked.weights === "corrected" || shipment !== brought,
    moisture_pct: asked.moisture_pct ?? (asked.results === "corrected" ? undefined : kept),
  });
  if (!facts.ok) return facts;
  const { parties } = facts.value.agreement.agreement;
  const before = last.statement.parties;
  if (parties.supplier !== before.supplier || parties.processor !== before.processor) {
    const message = `${lot} is settled between ${before.supplier} and ${before.processor}; ${agreement} is of others`;
    return refuse("agreement_of_others", "agreement", message);
  }
  // On another receipt the lot is more, or less, than it was settled as: nothing in it is settled twice (S48).
  const below = await settledBelow(scope, facts.value.lot, facts.value.received_at);
  if (below !== undefined) return partIsSettled(below, facts.value.lot);
  const otherwise = otherwiseOf(facts.value, { ...asked, brought });
  const version = versionAsked(facts.value, last.statement, otherwise);
  if (!version.ok) return version;
  const foreign =
    foreignLot(facts.value, version.value) ??
    laboratoriesRefused(facts.value.sample, version.value.agreement);
  if (foreign) return foreign;
  // What of its metal is settled elsewhere stays what it was.
  const { settled_before = [] } = last;
  const under = factsUnder({ ...facts.value, settled_before }, version.value);
  if (!under.ok) return under;
  const settled = statementUnder(version.value, under.value);
  if (!settled.ok) return settled;
  return done({
    ...{ facts: under.value, statements, version: version.value, terms: version.value.agreement },
    ...{ otherwise, settled: settled.value },
  });
}

/** In what of its grounds the lot would be settled otherwise than it is. */
function otherwiseOf(
  facts: Facts,
  asked: {
    readonly moisture_pct?: string | undefined;
    readonly results: "as_settled" | "corrected";
    readonly brought: string | undefined;
  },
): Otherwise {
  const { sample, shipment, statements } = facts;
  const last = statements?.issued.at(-1);
  const [wet, dry] = [figureOf(last, "net_wet"), figureOf(last, "moisture")];
  const differs = (was: string | undefined, is: string) => was === undefined || !sameFigure(was, is);
  const { moisture_pct } = asked;
  const drier = moisture_pct !== undefined && (differs(dry, moisture_pct) || waitsForMoisture(statements));
  const { umpire } = sample.reports;
  const others = umpire !== undefined && last !== undefined && !isShown(last.statement, "umpire", umpire);
  const sides = digestOf(resultsOf(sample)) !== digestOf(last?.results ?? {});
  const anew = asked.results === "corrected" && (sides || others);
  return {
    ...(sample.sample === statements?.sample ? {} : { sample: sample.sample }),
    ...(shipment === asked.brought ? {} : { shipment }),
    ...(differs(wet, netWetOf(facts)) ? { net_wet_kg: netWetOf(facts) } : {}),
    ...(drier ? { moisture_pct } : {}),
    ...(anew ? { results: "corrected" as const } : {}),
  };
}

/** The version it comes under: settled otherwise under its own agreement it keeps its own; else the one in force on its day of receipt. */
function versionAsked({ agreement, lot, received_on }: Facts, last: Statement, otherwise: Otherwise) {
  const own = last.agreement.id === agreement.agreement.id ? versionBehind(agreement, last) : undefined;
  if (own && Object.keys(otherwise).length > 0) return done(own);
  const version = inForce(agreement, lot.id, received_on);
  if (version.ok && own?.version === version.value.version)
    return refuse(
      "nothing_changed",
      "agreement",
      `${lot.id} is settled under these terms already, on the same`,
    );
  return version;
}

interface Moving {
  readonly facts: FactsUnder;
  readonly settled: Statement;
  readonly statements: LotStatements;
  readonly version: Parameters<typeof statementUnder>[0];
  readonly move: LotMoveProposed;
  readonly at: string;
}

/**
 * The lot's statement made anew by both. Under its own terms it replaces the last one; under others, what the old ones posted is
 * taken back, and what was due there is due no more.
 */
async function movedOn(scope: Scope, { facts, settled, statements, version, move, at }: Moving) {
  const last = statements.issued.at(-1)?.statement as Statement;
  const own = last.agreement.id === version.agreement.id && versionBehind(facts.agreement, last);
  if (own && own.version === version.version) {
    const next = nextStatement(statements, settled, move.why, true);
    if (!next.ok) return next;
    const previous = lastFinal(statements);
    const { statement, difference } = next.value;
    return issuedOn(scope, facts, {
      version,
      at,
      statement,
      previous,
      ...(difference ? { difference } : {}),
    });
  }
  const { statement, reversed } = moveStatement(last, settled, move.why);
  const issued = await issuedOn(scope, facts, { version, at, statement, reversed, previous: undefined });
  if (!issued.ok) return issued;
  const postings = reversalOf(lastFinal(statements), { at, reason: move.why });
  const back: NewEntry[] =
    postings.length > 0
      ? [{ kind: "account_posted", body: { agreement: statements.agreement, postings } }]
      : [];
  return done({ ...issued.value, entries: [...back, ...issued.value.entries] });
}
