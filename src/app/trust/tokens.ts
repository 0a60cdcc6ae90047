import { z } from "zod";
import { Instant, PageOf } from "../../contract/fields.ts";
import { PartyId, PersonId, Role, TokenId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import {
  bearerOf,
  decideTokenEnd,
  decideUntil,
  digestOfBearer,
  isPower,
  isRole,
  ofDirectory,
  roleUnknown,
  tokenId,
} from "../../trust/index.ts";
import type { Reads } from "../core/concerns.ts";
import { perform } from "../core/perform.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { action, command, query } from "../core/use-case.ts";

const Asked = z.strictObject({
  person: PersonId().optional().describe("whose it is: it speaks in their role, as long as they are there"),
  party: PartyId().optional(),
  role: Role(z.string().max(40)).optional(),
  scope: z
    .array(z.string().regex(/^[a-z]+(\/[a-z-]+)?$/, "is written ROOM or ROOM/VERB"))
    .min(1)
    .max(100)
    .optional()
    .describe("rooms, and commands as ROOM/VERB, that it may be used for; left out, all that its role may"),
  until: Instant.optional().describe("left out, ninety days from now"),
});
type Asked = z.infer<typeof Asked>;

/** Whom a token, or an invitation, is made for: a person, or any in a role of a party. */
export async function holderOf(
  get: Reads["get"],
  { person: id, party, role }: Pick<Asked, "person" | "party" | "role">,
) {
  if (id !== undefined) {
    const person = await get("person", id);
    if (!person) return refuse("person_unknown", "person", `no ${id} is registered`);
    if (person.ended_at) return refuse("person_ended", "person", `${id} left`);
    if (person.by_directory) return ofDirectory(id);
    if ((party ?? person.party) !== person.party || (role ?? person.role) !== person.role)
      return refuse(
        "person_differs",
        "person",
        `${id} is ${person.role} of ${person.party}, and nobody else`,
      );
    return done({ person: id, party: person.party, role: person.role });
  }
  if (party === undefined || role === undefined)
    return refuse("holder_missing", "party", "name a person, or a party and a role");
  if (!isRole(role)) return roleUnknown(role);
  if (!(await get("party", party)))
    return refuse("party_unknown", "party", `no party ${party} is registered`);
  return done({ party, role });
}

const givesPower = ({ body }: NewEntry): boolean => isPower((body as { role: string }).role);

/** What is written of a token, whoever made it: its bearer's text is never part of it. */
export const registerToken = inTwo(
  command({
    room: "trust",
    verb: "register-token",
    known: true,
    summary:
      "Register a token that its holder made, by the SHA-256 of what it will show: the text itself never leaves them.",
    input: Asked.extend({
      digest: z.string().regex(/^[0-9a-f]{64}$/, "is a SHA-256, in 64 hexadecimal digits"),
    }),
    example: {
      party: "sample-recycler",
      role: "weigher",
      scope: ["intake/weigh-pallets", "ship"],
      digest: "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
    },
    concerns: {
      says: "the party whose token it is",
      of: async ({ person, party }, { get }) => [
        person === undefined ? party : (await get("person", person))?.party,
      ],
    },
    async decide(scope, { digest, ...asked }) {
      const known = await scope.get("token", tokenId(digest));
      if (known) return refuse("token_already_registered", "digest", `${known.id} is a token already`);
      const holder = await holderOf(scope.get, asked);
      if (!holder.ok) return holder;
      const until = decideUntil(asked.until, scope.now);
      if (!until.ok) return until;
      const token = {
        ...{ id: tokenId(digest), digest, ...holder.value },
        ...(asked.scope === undefined ? {} : { scope: asked.scope }),
        ...{ until: until.value, issued_at: scope.now },
      };
      const { digest: _digest, ...answer } = token;
      return done({ entries: [{ kind: "token_issued", body: token }], answer });
    },
  }),
  { takes: (_scope, _input, entries) => entries.some(givesPower) },
);

export const token = action({
  room: "trust",
  verb: "token",
  summary:
    "Make a token for a scanner, a scale, a laboratory or a partner's system; what it shows is told once and kept nowhere.",
  input: Asked,
  example: { party: "sample-recycler", role: "weigher", scope: ["intake/weigh-pallets", "ship"] },
  async run(ports, { input, request }) {
    const bearer = bearerOf(ports.ids.nonce(), ports.ids.nonce());
    const written = await perform(ports, registerToken, {
      request: { ...request, key: `token/${ports.ids.nonce()}` },
      input: { ...input, digest: digestOfBearer(bearer) },
    });
    if (!written.ok) return written;
    const { id, ...rest } = written.value.answer;
    return done({ token: bearer, id, ...rest, seq: written.value.seq });
  },
});

export const endToken = command({
  room: "trust",
  verb: "end-token",
  known: true,
  summary: "End a token: from now on it speaks for nobody.",
  input: z.strictObject({ token: TokenId().describe("by its id, T-…, never by what its bearer shows") }),
  example: { token: "T-0a1b2c3d4e5f60718293" },
  concerns: {
    says: "the party whose token it is",
    of: async ({ token: id }, { get }) => [(await get("token", id))?.party],
  },
  async decide(scope, { token: id }) {
    const decided = decideTokenEnd(await scope.get("token", id), { id, at: scope.now });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "token_ended", body: decided.value }], answer: { token: id } });
  },
});

export const tokens = query({
  room: "trust",
  verb: "tokens",
  summary: "Tokens that were made: whose, for what and until when; never what their bearers show.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  async answer({ store }, { after, limit, party }) {
    const page = await store.list({
      ...{ collection: "token", limit, where: party === undefined ? {} : { party } },
      ...(after === undefined ? {} : { after }),
    });
    const items = page.items.map(({ record: { digest: _digest, ...rest } }) => rest);
    return done({ items, ...(page.next === undefined ? {} : { next: page.next }) });
  },
});
