import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { PassportRecord } from "./entries.ts";
import type { Json, Signed } from "./proof.ts";

/** A party has a key from now on; of one that was in use before keys had entries, since the books began (C50). */
export interface SigningKeyBorn {
  readonly party: string;
  readonly key: string;
  readonly from: string;
  readonly adopted?: true;
  /** The key that it takes the place of. */
  readonly replaces?: string;
}

/** What the old key signs of the new one: whoever trusts the one can follow to the other, asking nobody (C52). */
export interface KeySuccession {
  readonly type: "DidymKeySuccession";
  readonly party: string;
  readonly key: string;
  readonly next: string;
  readonly at: string;
}

export interface SigningKeyRetired {
  readonly party: string;
  readonly key: string;
  readonly until: string;
  readonly why: string;
  readonly next?: string;
  /** Nobody has its secret any more: it could sign no succession. */
  readonly lost?: true;
  readonly succession?: Signed<KeySuccession & Json>;
}

/** Not trusted from a time on that may lie before it was known (C53). */
export interface SigningKeyRevoked {
  readonly party: string;
  readonly key: string;
  readonly until: string;
  readonly compromised_from: string;
  readonly why: string;
  /** Passports that it signed from then on. */
  readonly passports: readonly string[];
}

export interface SigningKeyBodies {
  signing_key_born: SigningKeyBorn;
  signing_key_retired: SigningKeyRetired;
  signing_key_revoked: SigningKeyRevoked;
}
export type SigningKeyEntry = {
  [K in keyof SigningKeyBodies]: { readonly kind: K; readonly body: SigningKeyBodies[K] };
}[keyof SigningKeyBodies];

export const SIGNING_KEY_KINDS: { readonly [K in keyof SigningKeyBodies]: string } = {
  signing_key_born: "signing key taken into use",
  signing_key_retired: "signing key retired",
  signing_key_revoked: "signing key revoked",
};

export interface SigningKey extends Omit<SigningKeyBorn, "replaces"> {
  readonly state: "in_force" | "retired" | "revoked";
  readonly until?: string;
  readonly why?: string;
  readonly compromised_from?: string;
  readonly lost?: true;
}

export interface SigningKeyRecords {
  /** By its did:key. */
  readonly signing_key: SigningKey;
  readonly party_keys: {
    readonly party: string;
    readonly keys: readonly string[];
    readonly in_force?: string;
  };
}

type Fold = Book<SigningKeyRecords & { readonly passport: PassportRecord }>;

export async function applySigningKey(book: Fold, entry: SigningKeyEntry): Promise<void> {
  switch (entry.kind) {
    case "signing_key_born": {
      const { replaces: _, ...key } = entry.body;
      const before = await book.get("party_keys", key.party);
      book.put("signing_key", key.key, { ...key, state: "in_force" });
      const keys = [...(before?.keys ?? []), key.key];
      return book.put("party_keys", key.party, { party: key.party, keys, in_force: key.key });
    }
    case "signing_key_retired": {
      const { key, until, why, lost } = entry.body;
      const gone = lost ? { lost } : {};
      return end(book, key, { state: "retired", until, why, ...gone });
    }
    case "signing_key_revoked": {
      const { key, until, why, compromised_from, passports } = entry.body;
      await end(book, key, { state: "revoked", until, why, compromised_from });
      for (const name of passports) await fall(book, name, { why: `its key was revoked: ${why}`, at: until });
    }
  }
}

async function end(
  book: Fold,
  key: string,
  ended: Pick<SigningKey, "state" | "until" | "why" | "compromised_from" | "lost">,
): Promise<void> {
  const before = await book.get("signing_key", key);
  assert(before, `${key} was taken into use`);
  const until = before.until ?? ended.until;
  book.put("signing_key", key, { ...before, ...ended, ...(until === undefined ? {} : { until }) });
  const of = await book.get("party_keys", before.party);
  if (of?.in_force !== key) return;
  book.put("party_keys", before.party, { party: of.party, keys: of.keys });
}

/** It stands on a signature that is nobody's word any more; it holds its claims until it is revoked, as any that is superseded. */
async function fall(book: Fold, name: string, superseded: { why: string; at: string }): Promise<void> {
  const passport = await book.get("passport", name);
  assert(passport, `passport ${name} was issued`);
  if (!passport.revoked && !passport.superseded) book.put("passport", name, { ...passport, superseded });
}
