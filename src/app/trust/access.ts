import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { PartyId, PersonId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { decideReview, isReviewDue, type Person } from "../../trust/index.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";

export const reviewAccess = inTwo(
  command({
    room: "trust",
    verb: "review-access",
    known: true,
    summary: "Confirm who may still act for a party, each by another: who is not kept has left, from now on.",
    input: z.strictObject({
      party: PartyId(),
      people: z
        .array(z.strictObject({ person: PersonId(), keep: z.boolean() }))
        .min(1)
        .max(500),
    }),
    example: { party: "sample-recycler", people: [{ person: "recycler-stand-in", keep: true }] },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { party, people }) {
      const known = new Map<string, Person>();
      for (const { person: id } of people) {
        const person = await scope.get("person", id);
        if (person) known.set(id, person);
      }
      const decided = decideReview(known, { party, people, by: scope.actor, at: scope.now });
      if (!decided.ok) return decided;
      const leaving = people.filter(({ keep }) => !keep).map(({ person }) => person);
      return done({
        entries: [
          { kind: "access_reviewed", body: decided.value },
          ...leaving.map((person): NewEntry => ({ kind: "person_left", body: { person, at: scope.now } })),
        ],
        answer: { party, kept: people.length - leaving.length, left: leaving },
      });
    },
  }),
  { takes: (_scope, _input, entries) => entries.some(({ kind }) => kind === "person_left") },
);

export const access = query({
  room: "trust",
  verb: "access",
  summary:
    "Who may do what for which party: role, tokens, for whom they stand in, and when somebody last looked at it.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  async answer(ports, { after, limit, ...filter }) {
    const page = await pageOf(ports, "person", { after, limit, filter });
    const now = ports.clock.now().toISOString();
    const items = [];
    for (const person of page.value.items) {
      const { id, party, role, ended_at, reviewed_at, registered_at } = person;
      const tokens = await everyRecord(ports.store, "token", { where: { person: id } });
      const stands = (await ports.store.load("stands_in", id))?.record.stands ?? [];
      items.push({
        ...{ person: id, party, role, registered_at },
        ...{ ended_at: ended_at ?? null, reviewed_at: reviewed_at ?? null },
        review_due: isReviewDue(person, now),
        tokens_count: tokens.filter((one) => one.ended_at === undefined && one.until > now).length,
        stands_in_for: stands.filter((one) => one.until > now).map((one) => one.for),
      });
    }
    return done({ ...page.value, items });
  },
});
