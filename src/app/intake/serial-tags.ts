import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type SerialKey, serialKey, tagOf } from "../../intake/index.ts";
import { assert, hmacHex } from "../../quantity/index.ts";
import { documentOf } from "../core/documents.ts";
import { everyRecord } from "../core/pages.ts";
import type { NewEntry, StoredDocument } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

/** How serial numbers are told again without standing in an entry (N53). */
export interface SerialTags {
  /** The tag that is written for one from now on. */
  tag(serial: string): string;
  /** Every name under which one may stand on the books: of each year, and in its own letters as before. */
  names(serial: string): readonly string[];
  /** This year's key is on the books, and the document that holds it is not there. */
  readonly lost: boolean;
  /** The birth of this year's key, in the batch that first uses it. */
  readonly entries: readonly NewEntry[];
  readonly documents: readonly StoredDocument[];
}

/**
 * Keys of the years whose serial numbers are still compared, the newest made where it is not there. A year's key is a document: it goes
 * with the last that used it, and then nobody can try guesses on what stands in the entries.
 */
export async function serialTags(scope: Scope): Promise<SerialTags> {
  const year = scope.now.slice(0, 4);
  const known = await scope.get("serial_key", year);
  const keys = new Map<string, Uint8Array>();
  for (const { key, digest, erased_at } of await everyRecord(scope.store, "serial_key")) {
    const secret = erased_at === undefined ? await secretOf(scope, { key, digest }) : undefined;
    if (secret) keys.set(key, secret);
  }
  const born = known ? undefined : birth(scope, year);
  if (born) keys.set(year, utf8ToBytes(born.secret));
  const tagUnder = (key: string, secret: Uint8Array, serial: string) =>
    tagOf(key, hmacHex(secret, serialKey(serial)));
  return {
    tag(serial) {
      const secret = keys.get(year);
      assert(secret, `the key of serial numbers of ${year} is kept`);
      return tagUnder(year, secret, serial);
    },
    names: (serial) => [
      serialKey(serial),
      ...[...keys].map(([key, secret]) => tagUnder(key, secret, serial)),
    ],
    lost: !keys.has(year),
    entries: born ? [born.entry] : [],
    documents: born ? [born.document] : [],
  };
}

function birth(scope: Scope, key: string) {
  const secret = scope.ports.ids.nonce() + scope.ports.ids.nonce();
  const bytes = utf8ToBytes(JSON.stringify({ key, secret }));
  const document = documentOf(`serial-key-${key}.json`, "application/json", bytes);
  const body = { key, digest: document.digest, at: scope.now };
  return { secret, document, entry: { kind: "serial_key_made", body } };
}

async function secretOf(scope: Scope, { digest }: Pick<SerialKey, "key" | "digest">) {
  const document = await scope.store.document(digest);
  if (!document) return undefined;
  return utf8ToBytes((JSON.parse(Buffer.from(document.bytes).toString("utf8")) as { secret: string }).secret);
}
