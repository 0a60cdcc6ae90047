import type { Book, Entry } from "../../ledger/index.ts";
import { isOfCompartment, readersOfCompartment } from "../../trust/index.ts";
import type { WhoReads } from "../core/ports.ts";
import type { Collection, Records } from "../core/records.ts";
import { AUDITORS } from "../core/seen.ts";
import { type Look, partyOf, type Readers } from "./look.ts";
import { ofEntry } from "./of-entry.ts";
import { BESIDE_LOT, OF_RECORD } from "./of-record.ts";

/** Each once, in the order of their names, and those who audit; not of what a compartment alone may know. */
function named(readers: Readers): readonly string[] {
  const known = new Set(readers.filter((reader) => reader !== undefined));
  const shut =
    known.size > 0 && [...known].every((reader) => isOfCompartment(reader) || reader.includes("/"));
  return [...known, ...(shut ? [] : [AUDITORS])].sort();
}

const splitName = (name: string): [Collection, string] => {
  const slash = name.indexOf("/");
  return [name.slice(0, slash) as Collection, name.slice(slash + 1)];
};

/**
 * Who may read what an entry says, and each record that it changed: worked out as it is folded, from what the books then say, so
 * that it can be worked out again of any books (Z11).
 */
export const whoReads: WhoReads<Records> = async ({ book, entry, changed, before }) => {
  const look: Look = { book, by: partyOf(entry.actor) };
  const records = new Map<string, readonly string[]>();
  const show = async (name: string, also: Readers = []) => {
    const [collection, id] = splitName(name);
    const record = await book.get(collection, id);
    if (record === undefined) return;
    const rule = OF_RECORD[collection];
    const readers = await rule.of(record as never, look);
    const kept = rule.keeps ? (records.get(name) ?? (await before(name))) : [];
    records.set(name, named([...kept, ...readers, ...also]));
  };
  for (const name of changed) await show(name);
  for (const name of changed) await followLot({ book, name, records, before, show });
  for (const [name, to] of await granted(entry, book)) await show(name, to);
  const papers = await papersOf({ records, changed, book });
  return { entry: named(await ofEntry(entry, look)), records, papers };
};

/** The papers of records that came to be read by others without having changed. */
async function papersOf(given: {
  readonly records: ReadonlyMap<string, readonly string[]>;
  readonly changed: readonly string[];
  readonly book: Pick<Book<Records>, "get">;
}): Promise<ReadonlyMap<string, readonly string[]>> {
  const papers = new Map<string, readonly string[]>();
  for (const [name, readers] of given.records) {
    const [collection, id] = splitName(name);
    if (given.changed.includes(name)) continue;
    if (collection === "passport") {
      const digest = (await given.book.get(collection, id))?.credential_digest;
      if (digest !== undefined) papers.set(digest, readers);
    }
    if (collection === "certificate") {
      const certificate = await given.book.get(collection, id);
      for (const digest of [certificate?.json_digest, certificate?.pdf_digest])
        if (digest !== undefined) papers.set(digest, readers);
    }
  }
  return papers;
}

/** Whoever comes to read of a lot reads what stands under its name. */
async function followLot(given: {
  readonly book: Pick<Book<Records>, "get">;
  readonly name: string;
  readonly records: ReadonlyMap<string, readonly string[]>;
  readonly before: (name: string) => Promise<readonly string[]>;
  readonly show: (name: string) => Promise<void>;
}): Promise<void> {
  const { book, name, records, before, show } = given;
  const [collection, id] = splitName(name);
  if (collection !== "lot") return;
  const earlier = await before(name);
  // A new lot has nothing beside it that this entry did not change too.
  if (earlier.length === 0 || records.get(name)?.every((reader) => earlier.includes(reader))) return;
  for (const beside of BESIDE_LOT) await show(`${beside}/${id}`);
  const passport = await book.get("lot_passport", id);
  if (passport) await show(`passport/${passport.passport}`);
}

/** A buyer reads the papers of what was sent to it. */
async function granted(
  { kind, body }: Entry,
  book: Pick<Book<Records>, "get">,
): Promise<readonly (readonly [name: string, to: Readers])[]> {
  if (kind !== "order_shipped") return [];
  const { order: id, lot, passport } = body as { order: string; lot: string; passport?: string };
  const of = await book.get("order", id);
  const to = [of?.compartment === undefined ? of?.buyer : readersOfCompartment(of.compartment)];
  return [
    [`certificate/${lot}`, to],
    ...(passport === undefined ? [] : ([[`passport/${passport}`, to]] as const)),
  ];
}
