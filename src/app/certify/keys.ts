import { z } from "zod";
import { addProof, type KeySuccession, methodOf, type SigningKeyRetired } from "../../certify/index.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { DidKey, PartyId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, type Scope } from "../core/use-case.ts";
import { fallingFrom } from "./falling.ts";
import { adoption, birth, type KeyStanding, keysAbsent, signing, signWith, standingOf } from "./signer.ts";

const PartyItself = { says: "the party itself", of: async ({ party }: { party: string }) => [party] };

export const rotateKey = inTwo(
  command({
    room: "certify",
    verb: "rotate-key",
    summary:
      "Give a party a new signing key and retire the one in force, which signs its successor; with `lost`, begin anew where nobody has the old one.",
    input: z.strictObject({
      party: PartyId("recycler", "refiner"),
      why: Text,
      lost: z
        .boolean()
        .optional()
        .describe("nobody has the old key any more, as after a restore without keys: begin anew"),
    }),
    example: { party: "sample-refiner", why: "a new key every year" },
    concerns: PartyItself,
    async decide(scope, { party, why, lost }) {
      const of = await scope.get("party", party);
      if (!of) return refuse("party_unknown", "party", `no party ${party} is registered`);
      const standing = await lookAt(scope, party);
      const allowed = mayRotate(party, standing, lost === true);
      if (!allowed.ok) return allowed;
      const made = await scope.ports.keys.make(party, of.signs_with);
      if (!made.ok) return made;
      const before = await endsOf(scope, { party, why, standing, next: made.value, lost: lost === true });
      if (!before.ok) return before;
      const { entries, replaces } = before.value;
      const replaced = replaces === undefined ? {} : { replaces };
      return done({
        entries: [...entries, birth({ party, key: made.value, from: scope.now, ...replaced })],
        answer: { party, key: made.value, from: scope.now, replaces: replaces ?? null },
      });
    },
  }),
  { tried: false },
);

const lookAt = async (scope: Scope, party: string) =>
  standingOf({
    party,
    party_keys: await scope.get("party_keys", party),
    ports: scope.ports,
    store: scope.store,
  });

/** A key that is gone is given up in so many words, and no key that is here. */
function mayRotate(party: string, standing: KeyStanding, lost: boolean) {
  const here = standing.is === "to_adopt" || (standing.is === "in_force" && standing.here);
  if (lost && here)
    return refuse(
      "key_held",
      "lost",
      `the key of ${party} is here: rotate it without "lost", so that it signs its successor`,
    );
  if (lost || here) return done(true);
  if (standing.is === "in_force") return keysAbsent(party, standing.key);
  return standing.is === "lost" ? keysAbsent(party, standing.keys[0] ?? "") : done(true);
}

interface Rotated {
  readonly party: string;
  readonly why: string;
  readonly next: string;
  readonly standing: KeyStanding;
  readonly lost: boolean;
}

interface Ends {
  readonly entries: readonly NewEntry[];
  readonly replaces: string | undefined;
}

/** What is told of the keys before the new one. */
async function endsOf(scope: Scope, { party, why, next, standing, lost }: Rotated) {
  const until = scope.now;
  if (standing.is === "none") return done<Ends>({ entries: [], replaces: undefined });
  if (standing.is === "ended") return done<Ends>({ entries: [], replaces: standing.key });
  if (lost) {
    const keys = standing.is === "lost" ? standing.keys : [standing.key];
    const entries: NewEntry[] = [];
    for (const key of keys) {
      if (standing.is === "lost") entries.push(await adoption(scope.store, { party, key }));
      entries.push(retirement({ party, key, until, why, next, lost: true }));
    }
    return done<Ends>({ entries, replaces: keys.at(-1) });
  }
  if (standing.is === "lost") return keysAbsent(party, standing.keys[0] ?? "");
  const { key } = standing;
  const adopted = standing.is === "to_adopt" ? [await adoption(scope.store, { party, key })] : [];
  const said: KeySuccession = { type: "DidymKeySuccession", party, key, next, at: until };
  const succession = await signing(() =>
    addProof({ ...said }, { verificationMethod: methodOf(key), created: until }, signWith(scope.ports, key)),
  );
  if (!succession.ok) return succession;
  const retired = retirement({ party, key, until, why, next, succession: succession.value });
  return done<Ends>({ entries: [...adopted, retired], replaces: key });
}

const retirement = (body: SigningKeyRetired): NewEntry => ({ kind: "signing_key_retired", body });

export const retireKey = inTwo(
  command({
    room: "certify",
    verb: "retire-key",
    summary:
      "Retire a signing key of a party: what it signs from now on counts for nothing. Where others may have had it, say since when, and it is revoked from then on.",
    input: z.strictObject({
      party: PartyId("recycler", "refiner"),
      signing_key: DidKey(),
      why: Text,
      compromised_from: Instant.optional().describe(
        "others may have had it from then on: what the log records from then on falls",
      ),
    }),
    example: {
      party: "sample-refiner",
      signing_key: "did:key:z6MkimtMd2FofMzXwoJGncwXriCcAj6pk6EmDpLBojZTR4Bm",
      why: "the room it stood in was broken into",
      compromised_from: "2026-03-28T12:00:00Z",
    },
    concerns: PartyItself,
    async decide(scope, { party, signing_key: key, why, compromised_from }) {
      const from =
        compromised_from === undefined
          ? undefined
          : notInFuture(compromised_from, scope.now, "compromised_from");
      if (from && !from.ok) return from;
      if (!(await scope.get("party", party)))
        return refuse("party_unknown", "party", `no party ${party} is registered`);
      const found = await keyOfParty(scope, party, key);
      if (!found.ok) return found;
      const { adopted, state, since, born } = found.value;
      const until = scope.now;
      if (from === undefined) {
        if (state !== "in_force")
          return refuse("key_not_in_force", "signing_key", `${key} was ${state} before`);
        const entries = [...adopted, retirement({ party, key, until, why })];
        return done({ entries, answer: ended({ party, key, until, state: "retired", passports: [] }) });
      }
      if (since !== undefined && Date.parse(from.value) >= Date.parse(since))
        return refuse("key_not_in_force", "signing_key", `${key} was revoked as of ${since} before`);
      if (born !== undefined && Date.parse(from.value) < Date.parse(born))
        return refuse(
          "time_before_input",
          "compromised_from",
          `${key} was taken into use at ${born}, not before`,
        );
      const passports = await fallingFrom(scope, { key, from: from.value });
      const body = { party, key, until, compromised_from: from.value, why, passports };
      return done({
        entries: [...adopted, { kind: "signing_key_revoked", body }],
        answer: ended({ party, key, until, state: "revoked", passports }),
      });
    },
  }),
);

interface Ended {
  readonly party: string;
  readonly key: string;
  readonly state: "retired" | "revoked";
  readonly until: string;
  /** Those that fall with it. */
  readonly passports: readonly string[];
}
const ended = (answer: Ended): Ended => answer;

/** A key that the books tell of, or one in use since before they did. */
async function keyOfParty(scope: Scope, party: string, key: string) {
  const known = await scope.get("signing_key", key);
  if (known?.party === party)
    return done({ adopted: [], state: known.state, since: known.compromised_from, born: known.from });
  const standing = await lookAt(scope, party);
  const older =
    (standing.is === "to_adopt" && standing.key === key) ||
    (standing.is === "lost" && standing.keys.includes(key));
  if (!older) return refuse("key_unknown", "signing_key", `${party} has, and had, no key ${key}`);
  const adopted = [await adoption(scope.store, { party, key })];
  return done({ adopted, state: "in_force" as const, since: undefined, born: undefined });
}
