import { z } from "zod";
import { PartyId, PersonId, Role } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { bearerOf, decideInvitation, decidePerson, digestOfBearer, invitationId } from "../../trust/index.ts";
import { perform } from "../core/perform.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { action, command } from "../core/use-case.ts";
import { endWaysIn } from "./erasure.ts";
import { holderOf } from "./tokens.ts";

const Asked = z.strictObject({
  person: PersonId().optional().describe("who is registered: their recovery, or their first way in"),
  party: PartyId().optional(),
  role: Role(z.string().max(40)).optional(),
});

/** What is written of an invitation: its link's secret is never part of it. */
export const registerInvitation = inTwo(
  command({
    room: "trust",
    verb: "register-invitation",
    known: true,
    summary: "Register an invitation by the SHA-256 of the secret in its link; who is not registered yet is.",
    input: Asked.extend({
      digest: z.string().regex(/^[0-9a-f]{64}$/, "is a SHA-256, in 64 hexadecimal digits"),
    }),
    example: {
      person: "U-7K2M9QXA",
      digest: "1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a",
    },
    concerns: {
      says: "the party of who is invited",
      of: async ({ person, party }, { get }) => [
        person === undefined ? party : (await get("person", person))?.party,
      ],
    },
    async decide(scope, { digest, ...asked }) {
      const holder = await holderOf(scope.get, asked);
      if (!holder.ok) return holder;
      const { party, role } = holder.value;
      const entries: NewEntry[] = [];
      const known = asked.person === undefined ? undefined : await scope.get("person", asked.person);
      const person = known ?? {
        ...{ id: scope.newId("U-"), party, role, sample: false, registered_at: scope.now },
      };
      if (!known) {
        const made = decidePerson(await scope.get("person", person.id), person);
        if (!made.ok) return made;
        entries.push({ kind: "person_registered", body: made.value });
      }
      const decided = decideInvitation(await scope.get("invitation", invitationId(digest)), {
        ...{ digest, person, by: scope.actor.person, now: scope.now },
      });
      if (!decided.ok) return decided;
      entries.push({ kind: "person_invited", body: decided.value });
      const { id, until } = decided.value;
      return done({ entries, answer: { invitation: id, person: person.id, party, role, until } });
    },
  }),
  { takes: (_scope, _input, entries) => entries.some(({ kind }) => kind === "person_registered") },
);

/** Where an invitation is opened: what stands after the mark is sent to no server by a browser that opens it. */
export const linkOf = (bearer: string): string => `/join#${bearer}`;

export const invite = action({
  room: "trust",
  verb: "invite",
  summary:
    "Invite someone to sign in, or to make a new way in where theirs was lost: the link is told once and kept nowhere.",
  input: Asked,
  example: { person: "U-7K2M9QXA" },
  async run(ports, { input, request }) {
    const bearer = bearerOf(ports.ids.nonce(), ports.ids.nonce());
    const written = await perform(ports, registerInvitation, {
      request: { ...request, key: `invitation/${ports.ids.nonce()}` },
      input: { ...input, digest: digestOfBearer(bearer) },
    });
    if (!written.ok) return written;
    const { answer, seq } = written.value;
    // What was lost may be in other hands: it ends now, not when the link is opened.
    await endWaysIn(ports, answer.person);
    return done({ link: linkOf(bearer), ...answer, seq });
  },
});
