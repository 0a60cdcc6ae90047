import { z } from "zod";
import { Instant, PageOf, Text } from "../../contract/fields.ts";
import { PartyId, PersonId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decideSubstitute, isPower, standingFor } from "../../trust/index.ts";
import { pageOf } from "../core/pages.ts";
import { inTwo } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";

export const substitute = inTwo(
  command({
    room: "trust",
    verb: "substitute",
    known: true,
    summary:
      "Name who stands in for somebody of the same party for some days: they hold that role beside their own, and entries say for whom.",
    input: z.strictObject({
      person: PersonId(),
      for: PersonId(),
      from: Instant.optional().describe("left out, now"),
      until: Instant,
      why: Text,
    }),
    example: {
      person: "recycler-stand-in",
      for: "recycler-operator",
      from: "2099-06-01T00:00:00Z",
      until: "2099-06-15T00:00:00Z",
      why: "leave",
    },
    concerns: {
      says: "the party of the person who is stood in for",
      of: async (input, { get }) => [(await get("person", input.for))?.party],
    },
    async decide(scope, { from, until, ...given }) {
      const known = {
        person: await scope.get("person", given.person),
        instead_of: await scope.get("person", given.for),
      };
      const decided = decideSubstitute(known, {
        ...given,
        from: new Date(from ?? scope.now).toISOString(),
        until: new Date(until).toISOString(),
        at: scope.now,
      });
      if (!decided.ok) return decided;
      if (scope.actor.verified && scope.actor.person === given.person)
        return refuse("second_person_same", "person", `${given.person} is named by somebody else`);
      await scope.watch("stands_in", given.person);
      const { party, role } = known.instead_of ?? { party: "", role: "" };
      return done({
        entries: [{ kind: "substitute_named", body: { ...decided.value, party, role } }],
        answer: { person: given.person, for: given.for, role, until: decided.value.until },
      });
    },
  }),
  {
    takes: (_scope, _input, entries) => entries.some(({ body }) => isPower((body as { role: string }).role)),
  },
);

export const substitutes = query({
  room: "trust",
  verb: "substitutes",
  summary: "Who stands in for whom, from when until when, and who does so today.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  async answer(ports, { after, limit, ...filter }) {
    const page = await pageOf(ports, "stands_in", { after, limit, filter });
    const now = ports.clock.now().toISOString();
    const items = page.value.items.map((one) => ({ ...one, today: standingFor(one.stands, now) }));
    return done({ ...page.value, items });
  },
});
