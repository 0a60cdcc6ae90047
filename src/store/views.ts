import { createHash } from "node:crypto";
import type pg from "pg";
import { canonicalJson } from "../quantity/index.ts";
import { entryOf, entryPages } from "./entry-row.ts";
import {
  type EntryReaders,
  type Folding,
  foldInto,
  READER_VALUES,
  readerArrays,
  showPapers,
} from "./fold.ts";
import { RecordBook, type RecordTable } from "./record-book.ts";
import { inTransaction, SNAPSHOT_READ_ONLY } from "./transaction.ts";

export interface StoredRecord {
  readonly collection: string;
  readonly id: string;
  readonly seq: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ViewsDigest {
  readonly records: number;
  readonly digest: string;
}

const PAGE_RECORDS = 1000;

/** Records held in memory while folding: far more than a step touches, far less than a programme has. */
const KEPT_WHILE_FOLDING = 20_000;

/** Every record in order of collection and id, a page at a time. */
export async function* recordPages(
  client: pg.PoolClient,
  table: RecordTable = "didym.record",
): AsyncGenerator<readonly StoredRecord[]> {
  for (let [collection, id] = ["", ""]; ; ) {
    const { rows } = await client.query<StoredRecord>(
      `select collection, id, seq, body from ${table}
       where (collection, id) > ($1, $2) order by collection, id limit $3`,
      [collection, id, PAGE_RECORDS],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    [collection, id] = [last.collection, last.id];
  }
}

/**
 * SHA-256 over every record in order of name: the same books give the same bytes. `see` is shown each record on the way.
 * Within a transaction of the caller's.
 */
export async function digestRecords(
  client: pg.PoolClient,
  table: RecordTable = "didym.record",
  see: (record: StoredRecord) => void = () => {},
): Promise<ViewsDigest> {
  const hash = createHash("sha256");
  let records = 0;
  for await (const page of recordPages(client, table)) {
    for (const row of page) {
      hash.update(`${row.collection}\0${row.id}\0${row.seq}\0${canonicalJson(row.body)}\n`);
      see(row);
      records++;
    }
  }
  return { records, digest: hash.digest("hex") };
}

/** The digest of the views as they are at one moment, whoever writes meanwhile. */
export const viewsDigest = (pool: pg.Pool): Promise<ViewsDigest> =>
  inTransaction(pool, (client) => digestRecords(client), { open: SNAPSHOT_READ_ONLY });

const REFOLD = [
  `create temporary table refold (
     collection text collate "C" not null, id text collate "C" not null, seq bigint not null, body jsonb not null,
     readers text[] not null, primary key (collection, id)
   ) on commit drop`,
  "create temporary table refold_reader (seq bigint primary key, readers text[] not null, documents text[] not null) on commit drop",
  "create index on refold_reader using gin (documents) where documents <> '{}'",
].join("; ");

/**
 * Folds every entry into the empty temporary tables `refold` and `refold_reader`, which go with the transaction; the views in use are not touched.
 * Answers how many entries there were, and says on the way how many were folded. Throws where an entry cannot be folded.
 */
export async function refold<R>(
  client: pg.PoolClient,
  folding: Folding<R>,
  progress: (count: number) => void = () => {},
): Promise<number> {
  await client.query(REFOLD);
  const book = new RecordBook<R>(client, { table: "refold", startsEmpty: true });
  let count = 0;
  for await (const page of entryPages(client)) {
    const readers: EntryReaders[] = [];
    for (const row of page) {
      readers.push(await foldInto(book, entryOf(row), folding));
      count++;
    }
    await book.flush(KEPT_WHILE_FOLDING);
    await client.query(
      `insert into refold_reader select ${READER_VALUES}
       from unnest($1::bigint[], $2::text[], $3::text[]) as e (seq, readers, documents)`,
      readerArrays(readers),
    );
    await showPapers(client, readers, "refold_reader");
    progress(count);
  }
  await client.query("analyze refold");
  return count;
}
