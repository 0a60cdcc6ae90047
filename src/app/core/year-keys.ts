import { utf8ToBytes } from "@noble/hashes/utils.js";
import { tagOf } from "../../intake/index.ts";
import { hmacHex } from "../../quantity/index.ts";
import { everyRecord } from "./pages.ts";
import type { LedgerStore } from "./ports.ts";

/** Secrets by year. A year's key is a document: it goes with the last that used it, and then nobody can try guesses on what entries hold. */
export type YearKeys = Map<string, Uint8Array>;

/** Keys of the years of which anything is still compared (intake N53). */
export async function yearKeys(store: Pick<LedgerStore, "list" | "document">): Promise<YearKeys> {
  const keys: YearKeys = new Map();
  for (const { key, digest, erased_at } of await everyRecord(store, "serial_key")) {
    const document = erased_at === undefined ? await store.document(digest) : undefined;
    if (document) keys.set(key, utf8ToBytes(secretIn(document.bytes)));
  }
  return keys;
}

const secretIn = (bytes: Uint8Array): string =>
  (JSON.parse(Buffer.from(bytes).toString("utf8")) as { secret: string }).secret;

/** What stands in an entry for a text that may be told again. */
export const tagUnder = (key: string, secret: Uint8Array, text: string): string =>
  tagOf(key, hmacHex(secret, text));

/** Every tag that may stand for a text. */
export const tagsOf = (keys: YearKeys, text: string): readonly string[] =>
  [...keys].map(([key, secret]) => tagUnder(key, secret, text));
