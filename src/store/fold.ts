import type pg from "pg";
import type { ApplyEntry, WhoReads } from "../app/core/ports.ts";
import type { Entry } from "../ledger/index.ts";
import { documentsNamedBy } from "./named-documents.ts";
import type { RecordBook } from "./record-book.ts";

/** How entries become records, and who reads what came of them. */
export interface Folding<R> {
  readonly apply: ApplyEntry<R>;
  /** Without it nobody reads anything but who reads everything. */
  readonly whoReads?: WhoReads<R>;
}

/** Who reads what an entry says, and the documents that it names. */
export interface EntryReaders {
  readonly seq: number;
  readonly readers: readonly string[];
  readonly documents: readonly string[];
  /** Documents of before that these read too from now on. */
  readonly papers: ReadonlyMap<string, readonly string[]>;
}

const NO_PAPERS: EntryReaders["papers"] = new Map();

/** Folds one entry into records, and works out who reads it and them. */
export async function foldInto<R>(
  book: RecordBook<R>,
  entry: Entry,
  { apply, whoReads }: Folding<R>,
): Promise<EntryReaders> {
  book.seq = entry.seq;
  await apply(book, entry);
  const changed = book.changed();
  const documents = documentsNamedBy(entry).map(({ digest }) => digest);
  if (!whoReads) return { seq: entry.seq, readers: [], documents, papers: NO_PAPERS };
  const read = await whoReads({ book, entry, changed, before: (name) => book.readersOf(name) });
  book.show(read.records);
  return { seq: entry.seq, readers: read.entry, documents, papers: read.papers };
}

/** Lets those who came to read a document read the entries that name it. After the rows of the entries themselves. */
export async function showPapers(
  client: Pick<pg.PoolClient, "query">,
  rows: readonly EntryReaders[],
  table: "didym.entry_reader" | "refold_reader",
): Promise<void> {
  for (const { papers } of rows)
    for (const [digest, readers] of papers)
      await client.query(
        `update ${table} set readers = array(select distinct unnest(readers || $2::text[]) order by 1)
         where documents @> array[$1]::text[] and not readers @> $2::text[]`,
        [digest, readers],
      );
}

/** As the arrays that `unnest` takes: numbers, readers and documents, each row's between commas. */
export const readerArrays = (rows: readonly EntryReaders[]): [number[], string[], string[]] => [
  rows.map(({ seq }) => seq),
  rows.map(({ readers }) => readers.join(",")),
  rows.map(({ documents }) => documents.join(",")),
];

/** Of rows of texts named `e`. */
export const READER_VALUES = "e.seq, string_to_array(e.readers, ','), string_to_array(e.documents, ',')";
