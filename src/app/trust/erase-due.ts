import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { ConsignmentId, PartyId } from "../../contract/identifiers.ts";
import {
  type Consignment,
  decideErasing,
  doneWithSince,
  dueOf,
  holdsOn,
  type Kept,
  type Papers,
  type SerialKey,
} from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { Retention } from "../../trust/index.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import { perform } from "../core/perform.ts";
import { inTwo } from "../core/two.ts";
import { action, command, query } from "../core/use-case.ts";

/** What a party says of keeping, as intake asks it. */
const keptBy = (retention: Retention | undefined): Kept => ({
  days: Object.fromEntries((retention?.rules ?? []).map(({ kind, days }) => [kind, days])),
  holds: retention?.holds ?? [],
});

export const eraseDocuments = inTwo(
  command({
    room: "trust",
    verb: "erase-documents",
    known: true,
    summary:
      "State that what retention deletes of a consignment is erased: an entry names each digest; trust erase-due states it and does it.",
    input: z.strictObject({ consignment: ConsignmentId() }),
    example: { consignment: "C-1" },
    concerns: {
      says: "the owner of the consignment",
      of: async ({ consignment }, { get }) => [(await get("consignment", consignment))?.owner],
    },
    async decide(scope, { consignment: id }) {
      const consignment = await scope.get("consignment", id);
      const papers = await scope.get("consignment_papers", id);
      if (!consignment)
        return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
      if (!papers)
        return refuse("nothing_due", "consignment", `what is known of ${id} stands in its entries: it stays`);
      const kept = keptBy(await scope.get("retention", consignment.owner));
      const keys: SerialKey[] = [];
      for (const key of papers.serial_keys) {
        const known = await scope.get("serial_key", key);
        if (known) keys.push(known);
      }
      const decided = decideErasing({ consignment, papers, kept }, keys, scope.now);
      if (!decided.ok) return decided;
      const { kinds, digests, keys: forgotten } = decided.value;
      return done({
        entries: [{ kind: "documents_erased", body: decided.value }],
        answer: { consignment: id, kinds, documents: digests.length, keys: forgotten },
      });
    },
  }),
);

export const eraseDue = action({
  room: "trust",
  verb: "erase-due",
  summary:
    "Erase what the rules of a party delete today: an entry names each document, its bytes go, and every entry stays as it is.",
  input: z.strictObject({ party: PartyId() }),
  example: { party: "sample-recycler" },
  async run(ports, { input: { party }, request }) {
    const erased: { readonly consignment: string; readonly documents: number }[] = [];
    const waiting: { readonly consignment: string; readonly code: string; readonly message: string }[] = [];
    const { verified, party: asking } = request.actor;
    // Before anything is looked at: what would be refused of a consignment names it.
    if (verified && asking !== party)
      return refuse(
        "not_allowed",
        "actor",
        `what ${party} keeps is for ${party} to erase, not for ${asking}`,
      );
    const kept = keptBy((await ports.store.load("retention", party))?.record);
    for (const papers of await everyRecord(ports.store, "consignment_papers", { where: { owner: party } })) {
      const consignment = (await ports.store.load("consignment", papers.consignment))?.record;
      const due = consignment && dueNow({ consignment, papers, kept }, ports.clock.now().toISOString());
      if (!due) continue;
      const written = await perform(ports, eraseDocuments, {
        request: { ...request, key: `erasure/${ports.ids.nonce()}` },
        input: { consignment: papers.consignment },
      });
      if (written.ok) {
        erased.push({ consignment: papers.consignment, documents: written.value.answer.documents });
        continue;
      }
      const { code, message } = written.refusal;
      // Who may not erase is told of no consignment.
      if (!TOLD.has(code)) return written;
      waiting.push({ consignment: papers.consignment, code, message });
    }
    // Also what an entry of before names, and a crash, a second person or a restored backup left.
    const documents_gone = (await ports.documents?.erase(party)) ?? 0;
    return done({ party, erased, waiting, documents_gone });
  },
});

const TOLD: ReadonlySet<string> = new Set([
  "second_person_needed",
  "erasure_held",
  "nothing_due",
  "not_done_with",
]);

interface Asked {
  readonly consignment: Consignment;
  readonly papers: Papers;
  readonly kept: Kept;
}

function dueNow({ consignment, papers, kept }: Asked, now: string): boolean {
  const since = doneWithSince(consignment, papers);
  if (since === undefined || holdsOn(kept, consignment.consignment).length > 0) return false;
  return dueOf(papers, since, kept).some(({ due_at }) => due_at <= now);
}

export const dueForErasure = query({
  room: "trust",
  verb: "due-for-erasure",
  summary:
    "What the rules of a party delete, consignment by consignment: since when it is done with, from which day, and what holds it.",
  input: z.strictObject({ party: PartyId(), ...PageOf }),
  example: { party: "sample-recycler", limit: 50 },
  async answer({ store, clock }, { party, after, limit }) {
    const kept = keptBy((await store.load("retention", party))?.record);
    const { value } = await pageOf({ store }, "consignment_papers", {
      after,
      limit,
      filter: { owner: party },
    });
    const now = clock.now().toISOString();
    const items = [];
    for (const papers of value.items) {
      const consignment = (await store.load("consignment", papers.consignment))?.record;
      if (!consignment) continue;
      const since = doneWithSince(consignment, papers);
      const held_by = holdsOn(kept, papers.consignment);
      const due = since === undefined ? [] : dueOf(papers, since, kept);
      items.push({
        consignment: papers.consignment,
        done_with_since: since ?? null,
        held_by,
        due: due.map((one) => ({ ...one, now: held_by.length === 0 && one.due_at <= now })),
      });
    }
    return done({ ...value, items });
  },
});
