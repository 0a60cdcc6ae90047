import { utf8ToBytes } from "@noble/hashes/utils.js";
import { serialKey } from "../../intake/index.ts";
import { assert } from "../../quantity/index.ts";
import { documentOf } from "../core/documents.ts";
import type { NewEntry, StoredDocument } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";
import { tagsOf, tagUnder, yearKeys } from "../core/year-keys.ts";

/** How serial numbers, and wordings that are learned of customers' lines, are told again without standing in an entry (N53, N56). */
export interface Tags {
  /** The tag that is written for a text from now on. */
  tag(text: string): string;
  /** Every name under which a serial number may stand on the books: of each year, and in its own letters as before. */
  names(serial: string): readonly string[];
  /** This year's key is on the books, and the document that holds it is not there. */
  readonly lost: boolean;
  /** The birth of this year's key, in the batch that first uses it. */
  readonly entries: readonly NewEntry[];
  readonly documents: readonly StoredDocument[];
}

/** By the keys of the years that are kept, this year's made where it is not there. */
export async function tagsBy(scope: Scope): Promise<Tags> {
  const year = scope.now.slice(0, 4);
  const known = await scope.get("serial_key", year);
  const keys = await yearKeys(scope.store);
  const born = known ? undefined : birth(scope, year);
  // Nothing stands under a key that is born just now.
  const secret = born ? utf8ToBytes(born.secret) : keys.get(year);
  return {
    tag(text) {
      assert(secret, `the key of ${year} is kept`);
      return tagUnder(year, secret, text);
    },
    names: (serial) => [serialKey(serial), ...tagsOf(keys, serialKey(serial))],
    lost: secret === undefined,
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
