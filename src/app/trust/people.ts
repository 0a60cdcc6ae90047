import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { NewOrMadeId, PartyId, PersonId, Role } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decidePerson, decidePersonEnd } from "../../trust/index.ts";
import type { Reads } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import { inTwo } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";

export const registerPerson = inTwo(
  command({
    room: "trust",
    verb: "register-person",
    known: true,
    summary: "Register who acts for a party, by an id that means nothing, and in which role.",
    input: z.strictObject({
      person: NewOrMadeId("person"),
      party: PartyId(),
      role: Role(z.string().max(40)),
      sample: z.boolean().default(false),
    }),
    example: {
      person: "recycler-intake-lead",
      party: "sample-recycler",
      role: "intake lead",
      sample: true,
    },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { person: asked, party, role, sample }) {
      const of = await scope.get("party", party);
      if (!of) return refuse("party_unknown", "party", `no party ${party} is registered`);
      if (sample && !of.sample)
        return refuse("party_not_sample", "sample", `${party} is no sample party, so its people are real`);
      const id = asked ?? scope.newId("U-");
      const decided = decidePerson(await scope.get("person", id), {
        ...{ id, party, role, sample, registered_at: scope.now },
      });
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "person_registered", body: decided.value }],
        answer: { person: id, party, role },
      });
    },
  }),
);

export const endPerson = inTwo(
  command({
    room: "trust",
    verb: "end-person",
    known: true,
    summary: "Say that someone no longer acts for a party: from now on nothing of theirs speaks.",
    input: z.strictObject({ person: PersonId() }),
    example: { person: "recycler-intake-lead" },
    concerns: { says: "the party of the person", of: async ({ person }, { get }) => partyOf(get, person) },
    async decide(scope, { person: id }) {
      const decided = decidePersonEnd(await scope.get("person", id), { id, at: scope.now });
      if (!decided.ok) return decided;
      return done({ entries: [{ kind: "person_left", body: decided.value }], answer: { person: id } });
    },
  }),
);

const partyOf = async (get: Reads["get"], person: string) => [(await get("person", person))?.party];

export const people = query({
  room: "trust",
  verb: "people",
  summary: "Who acts for which party, and in which role.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "person", { after, limit, filter }),
});
