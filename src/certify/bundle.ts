import { type Entry, type EntryHeader, headerOf, type SealedPart } from "../ledger/index.ts";

export interface Disclosed extends SealedPart {
  readonly seq: number;
}

/** What a buyer checks a passport with, offline (C7). */
export interface Bundle {
  readonly format: "didym-bundle/1";
  readonly head: { readonly seq: number; readonly hash: string };
  readonly headers: readonly EntryHeader[];
  readonly disclosed: readonly Disclosed[];
}

/**
 * Every entry of these kinds is disclosed: without one of them the sum of claims could be too small, or provenance another.
 */
export const ALWAYS_DISCLOSED: ReadonlySet<string> = new Set([
  "feed_measured",
  "feed_traced",
  "site_country_stated",
  "passport_issued",
  "passport_revoked",
]);

interface StepLike {
  readonly inputs: readonly { readonly lot: string }[];
  readonly outputs: readonly { readonly lot: string }[];
}

/**
 * Walks back from a lot and discloses what made it, down from its feeds; everything else stays a header. What lies before a
 * feed is the recycler's own and is not shown. Several lots give one bundle for all of them.
 */
export function discloseFor(entries: readonly Entry[], lots: string | readonly string[]): Bundle {
  const last = entries.at(-1);
  const lineage = lineageOf(entries, typeof lots === "string" ? [lots] : lots);
  const disclosed = entries.filter((e) => ALWAYS_DISCLOSED.has(e.kind) || lineage.has(e.seq));
  return {
    format: "didym-bundle/1",
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? "" },
    headers: entries.map(headerOf),
    disclosed: disclosed.map(({ seq, actor, key, body, nonce }) => ({ seq, actor, key, body, nonce })),
  };
}

/** Sequence numbers of the steps between the feeds and the lot, of what was opened without being a feed, and of restatements. */
function lineageOf(entries: readonly Entry[], lots: readonly string[]): Set<number> {
  const origin = new Map<string, Entry>();
  const restated = new Map<string, number[]>();
  const feeds = new Set<string>();
  for (const entry of entries) {
    const named = String(entry.body["lot"]);
    if (entry.kind === "step_recorded") {
      for (const { lot: made } of (entry.body as unknown as StepLike).outputs) origin.set(made, entry);
    }
    if (entry.kind === "lot_opened") origin.set(named, entry);
    if (entry.kind === "lot_restated") restated.set(named, [...(restated.get(named) ?? []), entry.seq]);
    if (entry.kind === "feed_measured") feeds.add(String(entry.body["feed"]));
  }
  const found = new Set<number>();
  const open = [...lots];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entry = feeds.has(next) ? undefined : origin.get(next);
    if (!entry) continue;
    found.add(entry.seq);
    for (const seq of restated.get(next) ?? []) found.add(seq);
    if (entry.kind !== "step_recorded") continue;
    for (const { lot: from } of (entry.body as unknown as StepLike).inputs) {
      if (seen.has(from)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  return found;
}
