import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { ParticularsAt } from "../../intake/index.ts";
import { documentOf } from "../core/documents.ts";
import type { LedgerStore, StoredDocument } from "../core/ports.ts";

/** Particulars of one entry as a document. What nobody can guess goes into it: else a digest would tell who guesses a serial number. */
export const particularsDocument = (
  consignment: string,
  items: readonly object[],
  ids: { nonce(): string },
): StoredDocument =>
  documentOf(
    `${consignment}-particulars.json`,
    "application/json",
    utf8ToBytes(JSON.stringify({ salt: ids.nonce(), items })),
  );

/** Why particulars are not told: retention erased them, by an entry, or they are missing and nothing says why. */
export interface Withheld {
  readonly why: "erased" | "missing";
  readonly entry?: number;
  readonly at?: string;
}

type Apart = { readonly particulars?: ParticularsAt };
export type Joined<T> = T & { readonly withheld?: Withheld };

type Documents = Pick<LedgerStore, "document">;

/** Records with the particulars that stand apart from them (N52); as records hold them, where retention took those away. */
export async function withParticulars<T extends Apart>(
  store: Documents & Partial<Pick<LedgerStore, "load">>,
  records: readonly T[],
): Promise<readonly Joined<T>[]> {
  const read = new Map<string, readonly object[] | undefined>();
  const itemsOf = async (digest: string) => {
    if (!read.has(digest)) read.set(digest, await itemsIn(store, digest));
    return read.get(digest);
  };
  const joined: Joined<T>[] = [];
  for (const record of records) {
    const { particulars: at, ...rest } = record;
    if (at === undefined) {
      joined.push(record);
      continue;
    }
    const item = (await itemsOf(at.document))?.[at.item];
    const found = item ?? { withheld: await whyWithheld(store, at.document) };
    joined.push({ ...rest, ...found } as Joined<T>);
  }
  return joined;
}

async function itemsIn(store: Documents, digest: string): Promise<readonly object[] | undefined> {
  const document = await store.document(digest);
  if (!document) return undefined;
  return (JSON.parse(Buffer.from(document.bytes).toString("utf8")) as { items: readonly object[] }).items;
}

async function whyWithheld(store: Partial<Pick<LedgerStore, "load">>, digest: string): Promise<Withheld> {
  const erased = await store.load?.("erased_document", digest);
  return erased ? { why: "erased", entry: erased.seq, at: erased.record.at } : { why: "missing" };
}
