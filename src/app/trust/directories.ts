import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { OwnReference, PartyId, Role, saying } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import {
  clientOf,
  decideDirectory,
  decideDirectoryEnd,
  directoryUnknown,
  inForce,
  mayGive,
} from "../../trust/index.ts";
import { perform, type Request } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { action, command, query } from "../core/use-case.ts";

/** A word of the directory's own. */
const DirectoryWord = z.string().trim().min(1).max(300);

export const nameDirectory = inTwo(
  command({
    room: "trust",
    verb: "name-directory",
    known: true,
    summary:
      "Name a party's own directory; its people sign in by it (OpenID Connect), in the role that a table gives to their groups, the first that they have.",
    input: z.strictObject({
      party: PartyId(),
      issuer: z
        .url()
        .max(300)
        .describe("as the directory names itself, in its .well-known/openid-configuration"),
      client_id: OwnReference(DirectoryWord, "Didym, as the directory knows it"),
      claim: saying(DirectoryWord, { "x-offers": ["groups", "roles"] }).describe(
        "the claim that tells what somebody is; names with dots between are looked up within each other",
      ),
      roles: z
        .array(z.strictObject({ value: DirectoryWord, role: Role(z.string().max(40)) }))
        .min(1)
        .max(200),
      scopes: z
        .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, "is a word without spaces"))
        .max(20)
        .optional()
        .describe("asked for beside openid, profile, email and offline_access"),
    }),
    example: {
      party: "sample-recycler",
      issuer: "https://login.recycler.example/tenant",
      client_id: "didym",
      claim: "groups",
      roles: [
        { value: "didym-administrators", role: "administrator" },
        { value: "dock", role: "weigher" },
      ],
    },
    concerns: { says: "the party itself", of: async ({ party }) => [party] },
    async decide(scope, { party, scopes, ...asked }) {
      if (!(await scope.get("party", party)))
        return refuse("party_unknown", "party", `no party ${party} is registered`);
      const decided = decideDirectory(await scope.get("directory", party), {
        ...{ party, ...asked, named_at: scope.now },
        ...(scopes === undefined ? {} : { scopes }),
      });
      if (!decided.ok) return decided;
      return done({
        entries: [{ kind: "directory_named", body: decided.value }],
        answer: { party, callback: callbackOf(party) },
      });
    },
  }),
);

/** Where a directory sends browsers back to; the server's own address stands before it. */
export const callbackOf = (party: string): string =>
  `/api/auth/directory/${encodeURIComponent(party)}/callback`;

export const directories = query({
  room: "trust",
  verb: "directories",
  summary:
    "Directories that people sign in by, where each sends them back to, and whether its client's secret was given: never that itself.",
  input: z.strictObject({ party: PartyId().optional(), ...PageOf }),
  example: { limit: 50 },
  async answer({ store, directories: asked }, { after, limit, party }) {
    const page = await store.list({
      ...{ collection: "directory", limit, where: party === undefined ? {} : { party } },
      ...(after === undefined ? {} : { after }),
    });
    const items = await Promise.all(
      page.items.map(async ({ record }) => ({
        ...{ ...record, callback: callbackOf(record.party) },
        secret_given: (await asked?.beside.secretOf(record.party)) !== undefined,
      })),
    );
    return done({ items, ...(page.next === undefined ? {} : { next: page.next }) });
  },
});

/** Who may name a party's directory gives its secret too: that is no entry, so the table is asked here. */
async function mayGiveSecret(
  { store }: Pick<Ports, "store">,
  { actor, owner }: Pick<Request, "actor" | "owner">,
  party: string,
) {
  if (owner) return undefined;
  if (!actor.verified)
    return refuse("not_signed_in", "actor", "a secret is given by who signed in, not by who states it");
  const kind = (await store.load("party", actor.party))?.record.kind;
  const wrongRole = mayGive("trust name-directory", { role: actor.role, kind });
  if (wrongRole) return wrongRole;
  if (actor.party === party) return undefined;
  return refuse("not_allowed", "actor", `the secret is for ${party} to give, not for ${actor.party}`);
}

export const keepDirectorySecret = action({
  room: "trust",
  verb: "keep-directory-secret",
  summary:
    "Give the secret by which the directory knows Didym: it is kept sealed for that issuer and client, and told to nobody again.",
  input: z.strictObject({
    party: PartyId(),
    client_secret: saying(z.string().min(1).max(2000), { "x-own-reference": "a secret of the directory" }),
  }),
  example: { party: "sample-recycler", client_secret: "as the directory shows it once" },
  async run(ports, { input: { party, client_secret }, request }) {
    const stopped = await mayGiveSecret(ports, request, party);
    if (stopped) return stopped;
    const directory = (await ports.store.load("directory", party))?.record;
    if (!inForce(directory) || !ports.people) return directoryUnknown(party);
    const sealed = await ports.people.seal.seal(new TextEncoder().encode(client_secret), clientOf(directory));
    await ports.directories?.beside.keepSecret(party, sealed);
    return done({ party, secret_given: true as const });
  },
});

export const endDirectory = command({
  room: "trust",
  verb: "end-directory",
  known: true,
  summary:
    "State that a party's directory is asked no more; trust forget-directory states it and takes its secret away.",
  input: z.strictObject({ party: PartyId() }),
  example: { party: "sample-recycler" },
  concerns: { says: "the party itself", of: async ({ party }) => [party] },
  async decide(scope, { party }) {
    const decided = decideDirectoryEnd(await scope.get("directory", party), { party, at: scope.now });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "directory_forgotten", body: decided.value }], answer: { party } });
  },
});

export const forgetDirectory = action({
  room: "trust",
  verb: "forget-directory",
  summary:
    "Ask a party's directory no more: whoever signed in by it is out at once, and its client's secret is gone.",
  input: z.strictObject({ party: PartyId() }),
  example: { party: "sample-recycler" },
  async run(ports, { input, request }) {
    const written = await perform(ports, endDirectory, {
      request: { ...request, key: `directory/${ports.ids.nonce()}` },
      input,
    });
    if (!written.ok) return written;
    await ports.directories?.beside.forgetSecret(input.party);
    return done({ party: input.party, forgotten: true as const, seq: written.value.seq });
  },
});
