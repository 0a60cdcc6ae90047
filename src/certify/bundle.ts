import { type Entry, type EntryHeader, headerOf, type SealedPart } from "../ledger/index.ts";
import { digestOf } from "../quantity/index.ts";
import { disclosedFor } from "./disclose.ts";
import { addProof, type Json, methodOf, type Sign, type Signed } from "./proof.ts";

export interface Disclosed extends SealedPart {
  readonly seq: number;
}

/** Who made a bundle, when, of what, and what it shows: the last thing in it that counts (C13). */
export interface BundleEnd {
  readonly type: "DidymBundleEnd";
  readonly issuer: string;
  readonly at: string;
  readonly head: { readonly seq: number; readonly hash: string };
  /** Digest of the numbers of the entries that are disclosed, in their order. */
  readonly shows: string;
}

/** What a buyer checks a passport with, offline (C7). */
export interface Bundle {
  readonly format: "didym-bundle/2";
  readonly head: { readonly seq: number; readonly hash: string };
  readonly headers: readonly EntryHeader[];
  readonly disclosed: readonly Disclosed[];
  /** Signed by its maker; without it nobody says up to when the passport was not revoked. */
  readonly end?: Signed<BundleEnd & Json>;
}

/** What the first form of a bundle always disclosed. */
export const FIRST_DISCLOSED: ReadonlySet<string> = new Set([
  "feed_measured",
  "passport_issued",
  "passport_revoked",
]);

/**
 * Every entry of these kinds is disclosed: without one of them the sum of claims could be too small, provenance another, what
 * was promised no longer there, or a key no longer its party's.
 */
export const ALWAYS_DISCLOSED: ReadonlySet<string> = new Set([
  ...FIRST_DISCLOSED,
  "feed_agreed",
  "feed_traced",
  "site_country_stated",
  "step_reversed",
  "lot_restated",
  "certificate_released",
  "certificate_superseded",
  "signing_key_born",
  "signing_key_retired",
  "signing_key_revoked",
]);

/**
 * What made the lots, down from their feeds, and what became of them: everything else stays a header. What lies before a feed is
 * the recycler's own and is not shown. Several lots give one bundle for all of them.
 */
export function discloseFor(entries: readonly Entry[], lots: string | readonly string[]): Bundle {
  const last = entries.at(-1);
  const shown = disclosedFor(entries, typeof lots === "string" ? [lots] : lots);
  const disclosed = entries.filter((e) => ALWAYS_DISCLOSED.has(e.kind) || shown.has(e.seq));
  return {
    format: "didym-bundle/2",
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? "" },
    headers: entries.map(headerOf),
    disclosed: disclosed.map(({ seq, actor, key, body, nonce }) => ({ seq, actor, key, body, nonce })),
  };
}

export const showsOf = (disclosed: readonly { readonly seq: number }[]): string =>
  digestOf(disclosed.map(({ seq }) => seq).sort((a, b) => a - b));

/** Signs and dates a bundle's end (C13). */
export async function signEnd(
  bundle: Bundle,
  maker: { readonly issuer: string; readonly at: string; readonly sign: Sign },
): Promise<Bundle> {
  const { issuer, at, sign } = maker;
  const { head, disclosed } = bundle;
  const end = { type: "DidymBundleEnd" as const, issuer, at, head, shows: showsOf(disclosed) };
  return {
    ...bundle,
    end: await addProof(end, { verificationMethod: methodOf(issuer), created: at }, sign),
  };
}
