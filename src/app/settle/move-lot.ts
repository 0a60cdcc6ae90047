import { z } from "zod";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { AgreementId, SettledLotId } from "../../contract/identifiers.ts";
import { isBefore } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import {
  type LotMoveProposed,
  type LotStatements,
  lastFinal,
  moveStatement,
  otherParty,
  reversalOf,
  type Statement,
  versionBehind,
} from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { beforeItsGrounds, type Facts, factsOf, foreignLaboratory, inForce } from "./facts.ts";
import { issuedOn, statementUnder } from "./lot.ts";
import { partiesOf } from "./parties.ts";

export const moveLot = command({
  room: "settle",
  verb: "move-lot",
  summary:
    "Move a settled lot to another agreement, or to the terms now in force on its day of receipt: one party proposes it, the same by the other does it.",
  input: z.strictObject({
    lot: SettledLotId(),
    agreement: AgreementId(),
    why: Text.optional().describe("asked of the party that proposes"),
    at: Instant.optional(),
  }),
  example: { lot: "L-MAGNETS", agreement: "A-2026-02", why: "it came under the second agreement" },
  concerns: {
    says: "the two parties of the agreement",
    takes: "two",
    of: async ({ agreement }, records) => partiesOf(await records.get("agreement", agreement)),
  },
  async decide(scope, { lot, agreement, why, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const asked = await askedFor(scope, { lot, agreement });
    if (!asked.ok) return asked;
    const { statements, terms } = asked.value;
    const early = beforeItsGrounds(asked.value.facts, asked.value.version, at.value);
    if (early) return early;
    const { role, party } = scope.actor;
    const by = { role, party };
    const open = statements.move?.agreement === agreement ? statements.move : undefined;
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
      const body: LotMoveProposed = { lot, from, agreement, why: why ?? "", by, at: at.value };
      const accepted_by = otherParty(terms, party);
      return done({
        entries: [{ kind: "lot_move_proposed", body }],
        answer: { lot, agreement, state: "proposed" as "proposed" | "accepted", accepted_by },
      });
    }
    if (isBefore(at.value, open.at))
      return refuse("time_before_input", "at", `it was proposed at ${open.at}, after ${at.value}`);
    const moved = await movedOn(scope, { ...asked.value, move: open, at: at.value });
    if (!moved.ok) return moved;
    const accepted = { by, at: at.value };
    return done({
      entries: [{ kind: "lot_moved", body: { ...open, accepted } }, ...moved.value.entries],
      answer: {
        ...{ lot, agreement, state: "accepted" as "proposed" | "accepted" },
        ...{ statement: moved.value.statement, unrestated: moved.value.unrestated },
      },
    });
  },
});

/** The lot as it is settled, and the terms it would come under: of the same two parties, in force when it was received. */
async function askedFor(
  scope: Scope,
  { lot, agreement }: { readonly lot: string; readonly agreement: string },
) {
  const statements = await scope.get("statement", lot);
  const last = statements?.issued.at(-1);
  if (!statements || !last)
    return refuse(
      "statement_missing",
      "lot",
      `${lot} is not settled: it comes under the terms it is settled under`,
    );
  const shipment = last.shipment ?? (await receivedBy(scope, lot));
  if (shipment === undefined)
    return refuse("not_received", "lot", `no shipment that brought ${lot} is on the books`);
  const moisture_pct = last.statement.lines.find((line) => line.id === "moisture")?.value;
  const facts = await factsOf(scope, { agreement, sample: statements.sample, shipment, moisture_pct });
  if (!facts.ok) return facts;
  const { parties } = facts.value.agreement.agreement;
  const before = last.statement.parties;
  if (parties.supplier !== before.supplier || parties.processor !== before.processor) {
    const message = `${lot} is settled between ${before.supplier} and ${before.processor}; ${agreement} is of others`;
    return refuse("agreement_of_others", "agreement", message);
  }
  const version = inForce(facts.value.agreement, lot, facts.value.received_on);
  if (!version.ok) return version;
  const same =
    last.statement.agreement.id === agreement && versionBehind(facts.value.agreement, last.statement);
  if (same && same.version === version.value.version)
    return refuse("nothing_changed", "agreement", `${lot} is settled under these terms already`);
  const foreign = foreignLaboratory(facts.value, version.value);
  if (foreign) return foreign;
  return done({ facts: facts.value, statements, version: version.value, terms: version.value.agreement });
}

/** Statements of before the shipment was kept: it is the last one that brought the lot. */
async function receivedBy(scope: Scope, lot: string): Promise<string | undefined> {
  const shipments = await everyRecord(scope.store, "shipment", { where: { state: "received" } });
  return shipments
    .filter(({ received }) => received?.lots.some((weighed) => weighed.lot === lot))
    .sort((a, b) => Date.parse(a.received?.at ?? "") - Date.parse(b.received?.at ?? ""))
    .at(-1)?.shipment;
}

interface Moving {
  readonly facts: Facts;
  readonly statements: LotStatements;
  readonly version: Parameters<typeof statementUnder>[0];
  readonly move: LotMoveProposed;
  readonly at: string;
}

/** The lot's statement made anew under the other terms; what the old ones posted is taken back, what was due there is due no more. */
async function movedOn(scope: Scope, { facts, statements, version, move, at }: Moving) {
  const last = statements.issued.at(-1)?.statement as Statement;
  const settled = statementUnder(version, facts);
  if (!settled.ok) return settled;
  const { statement, reversed } = moveStatement(last, settled.value, move.why);
  const issued = await issuedOn(scope, facts, { version, at, statement, reversed, previous: undefined });
  if (!issued.ok) return issued;
  const postings = reversalOf(lastFinal(statements), { at, reason: move.why });
  const back: NewEntry[] =
    postings.length > 0
      ? [{ kind: "account_posted", body: { agreement: statements.agreement, postings } }]
      : [];
  return done({ ...issued.value, entries: [...back, ...issued.value.entries] });
}
