import { keyNamed, type SignatureAlgorithm, type SigningKeyBorn } from "../../certify/index.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import type { KeysRefusal } from "../core/keys.ts";
import type { NewEntry, Ports } from "../core/ports.ts";
import type { Records } from "../core/records.ts";
import type { Scope } from "../core/use-case.ts";
import { signedBefore } from "./signed-before.ts";

/** What the books, and what is kept here, say of a party's key at this moment. */
export type KeyStanding =
  | { readonly is: "in_force"; readonly key: string; readonly here: boolean }
  /** It was in use before keys had entries: its birth is told with the next thing it signs. */
  | { readonly is: "to_adopt"; readonly key: string }
  /** The party signed with keys that nobody has, and of which the books tell nothing. */
  | { readonly is: "lost"; readonly keys: readonly string[] }
  | { readonly is: "ended"; readonly key: string }
  | { readonly is: "none" };

export type SignerRefusal = KeysRefusal | Refusal<"key_retired" | "key_not_as_bound">;

interface Looked {
  readonly party: string;
  readonly party_keys: Records["party_keys"] | undefined;
  readonly ports: Pick<Ports, "keys">;
  readonly store: Scope["store"];
}

export async function standingOf({ party, party_keys, ports, store }: Looked): Promise<KeyStanding> {
  const held = await ports.keys.held(party);
  const { in_force, keys = [] } = party_keys ?? {};
  if (in_force !== undefined)
    return { is: "in_force", key: in_force, here: held.some(({ key }) => key === in_force) };
  const last = keys.at(-1);
  if (last !== undefined) return { is: "ended", key: last };
  const before = held.find(({ adopted }) => adopted);
  if (before) return { is: "to_adopt", key: before.key };
  const signed = await signedBefore(store, party);
  return signed.length > 0 ? { is: "lost", keys: signed } : { is: "none" };
}

export const keysAbsent = (party: string, key: string) =>
  refuse(
    "keys_absent",
    "party",
    `the key of ${party}, ${key}, is not here: restore a backup made --with-keys, or begin anew with certify rotate-key and "lost": true; what was signed before stays valid under the old key`,
  );

const keyEnded = (party: string, key: string) =>
  refuse(
    "key_retired",
    "party",
    `the last key of ${party}, ${key}, was retired or revoked: certify rotate-key gives it another`,
  );

/** Of a party that is bound to a kind of key, one of another signs nothing but its succession (trust Z55). */
function notAsBound(party: string, key: string, bound: SignatureAlgorithm | undefined) {
  if (bound === undefined || keyNamed(key)?.algorithm === bound) return undefined;
  return refuse(
    "key_not_as_bound",
    "party",
    `${party} signs with ${bound}, and its key ${key} is of another kind: certify rotate-key gives it one that is`,
  );
}

/** Why nothing can be signed for a party, by what it is bound to; undefined where it can. */
export function whyUnsigned(party: string, standing: KeyStanding, bound?: SignatureAlgorithm) {
  if (standing.is === "in_force")
    return standing.here ? notAsBound(party, standing.key, bound) : keysAbsent(party, standing.key);
  if (standing.is === "to_adopt") return notAsBound(party, standing.key, bound);
  if (standing.is === "ended") return keyEnded(party, standing.key);
  if (standing.is === "lost") return keysAbsent(party, standing.keys[0] ?? "");
  return undefined;
}

export interface Signer {
  readonly key: string;
  /** The birth of the key, where the books do not tell of it yet. */
  readonly born: readonly NewEntry[];
}

/** The key that a party signs with now; its first one is born with what it signs (C50). */
export async function signerOf(scope: Scope, party: string): Promise<Result<Signer, SignerRefusal>> {
  const { ports, store, now } = scope;
  const party_keys = await scope.get("party_keys", party);
  const standing = await standingOf({ party, party_keys, ports, store });
  const bound = (await scope.get("party", party))?.signs_with;
  const why = whyUnsigned(party, standing, bound);
  if (why) return why;
  if (standing.is === "in_force") return done({ key: standing.key, born: [] });
  if (standing.is === "to_adopt")
    return done({ key: standing.key, born: [await adoption(store, { party, key: standing.key })] });
  const made = await ports.keys.make(party, bound);
  return made.ok ? done({ key: made.value, born: [birth({ party, key: made.value, from: now })] }) : made;
}

export const birth = (body: SigningKeyBorn): NewEntry => ({ kind: "signing_key_born", body });

/** Nobody wrote down since when: it counts for what the books have held of the party from their first entry on. */
export async function adoption(
  store: Scope["store"],
  { party, key }: Pick<SigningKeyBorn, "party" | "key">,
): Promise<NewEntry> {
  const [first] = await store.entries({ after: 0, limit: 1 });
  return birth({ party, key, from: first?.time ?? "", adopted: true });
}

/** A signature, or a refusal thrown as a value that `signing` catches: what signs does so in the middle of other work. */
export class NotSigned extends Error {
  readonly refusal: KeysRefusal;
  constructor(refusal: KeysRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export const signWith =
  ({ keys }: Pick<Ports, "keys">, key: string) =>
  async (message: Uint8Array): Promise<Uint8Array> => {
    const signed = await keys.sign(key, message);
    if (!signed.ok) throw new NotSigned(signed.refusal);
    return signed.value;
  };

/** What is signed on the way, or why it was not. */
export async function signing<T>(work: () => Promise<T>): Promise<Result<T, KeysRefusal>> {
  try {
    return done(await work());
  } catch (cause) {
    if (cause instanceof NotSigned) return { ok: false, refusal: cause.refusal };
    throw cause;
  }
}
