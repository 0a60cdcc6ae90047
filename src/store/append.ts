import type pg from "pg";
import type { Batch, Ids } from "../app/core/ports.ts";
import { clockDoubt, type Entry, sealEntry } from "../ledger/index.ts";
import { canonicalJson, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { ENTRY_COLUMNS, type EntryRow, entryArrays, rowOf } from "./entry-row.ts";
import {
  type EntryReaders,
  type Folding,
  foldInto,
  READER_VALUES,
  readerArrays,
  showPapers,
} from "./fold.ts";
import { answerText, entriesForRequest } from "./for-request.ts";
import { RECORD_VALUES, RecordBook } from "./record-book.ts";
import { inTransaction } from "./transaction.ts";

export interface LedgerParts<R> extends Folding<R> {
  readonly pool: pg.Pool;
  /** Connections of a role that sees by right alone; without it who reads is asked in the statements alone. */
  readonly readers?: pg.Pool;
  readonly ids: Ids;
  /** Someone looked at the clock of this machine: books that rested long go on by it. */
  readonly clockChecked?: boolean;
}

export type Appended = Result<
  { readonly first: number; readonly last: number },
  Refusal<"someone_wrote_first" | "key_already_answered" | "clock_far_from_books">
>;

interface Head {
  readonly seq: number;
  readonly time: string;
  readonly hash: string;
}

/** Everyone who appends waits here for the one before: what is read after it is the last word. */
const OPEN = "begin; select seq, time, hash, clock_timestamp() as now from didym.head for update";

/**
 * Appends a batch in one transaction of four round trips and those that folding asks for: lock the head; check the key and
 * what was read; write everything; commit. Throws, having written nothing, where the batch cannot be folded.
 */
export const append = <R>(parts: LedgerParts<R>, batch: Batch): Promise<Appended> =>
  inTransaction(
    parts.pool,
    async (client, opened) => {
      const row = opened.at(-1)?.rows[0] as (Omit<Head, "seq"> & { seq: string; now: Date }) | undefined;
      if (!row) throw new Error("the head of the chain is missing: the database was not migrated");
      const head = { seq: Number(row.seq), time: row.time, hash: row.hash };
      const doubted = parts.clockChecked ? undefined : doubtOf(batch, head, row.now);
      return doubted ?? appendAfter(client, parts, { batch, head });
    },
    { open: OPEN },
  );

function doubtOf(batch: Batch, head: Head, database: Date) {
  const last = head.seq === 0 ? undefined : head.time;
  const why = clockDoubt({ now: batch.time, head: last, database: database.toISOString() });
  const way = "look at the clock, then start with --clock-checked (commands: DIDYM_CLOCK_CHECKED=yes)";
  return why === undefined ? undefined : refuse("clock_far_from_books", "clock", `${why}: ${way}`);
}

async function appendAfter<R>(
  client: pg.PoolClient,
  parts: LedgerParts<R>,
  { batch, head }: { batch: Batch; head: Head },
): Promise<Appended> {
  const { rows } = await client.query<{ answered: boolean }>({
    name: "is_answered",
    text: "select exists (select 1 from didym.request where key = $1) as answered",
    values: [batch.key],
  });
  if (rows[0]?.answered) return refuse("key_already_answered", "key", "answered meanwhile");
  const book = new RecordBook<R>(client);
  await book.load([...batch.reads.keys()]);
  for (const [name, seq] of batch.reads) {
    if (book.seqOf(name) !== seq) return refuse("someone_wrote_first", name, `${name} changed meanwhile`);
  }
  const sealed = sealBatch(parts.ids, batch, head);
  const readers: EntryReaders[] = [];
  for (const { entry } of sealed) readers.push(await foldInto(book, entry, parts));
  await insertDocuments(client, batch);
  const last = sealed.at(-1)?.entry ?? head;
  const entries = sealed.map(({ entry, text }) => rowOf(entry, text));
  await writeAll(client, { batch, rows: entries, readers, book, last });
  await showPapers(client, readers, "didym.entry_reader");
  return done({ first: head.seq + 1, last: last.seq });
}

/** The entries, each with the canonical text of its body. */
function sealBatch(ids: Ids, batch: Batch, head: Head): { readonly entry: Entry; readonly text: string }[] {
  const sealed: { entry: Entry; text: string }[] = [];
  let before = head;
  for (const { kind, body } of entriesForRequest(batch)) {
    const text = canonicalJson(body);
    const entry = sealEntry({
      seq: before.seq + 1,
      // A clock that was set back does not make time run backwards on the books.
      time: before.time > batch.time ? before.time : batch.time,
      kind,
      prev: before.hash,
      actor: batch.actor,
      key: batch.key,
      body: JSON.parse(text),
      nonce: ids.nonce(),
    });
    sealed.push({ entry, text });
    before = entry;
  }
  return sealed;
}

/** Bytes are large, so each document is a statement of its own; most batches have none. */
async function insertDocuments(client: pg.PoolClient, { documents }: Batch): Promise<void> {
  for (const { digest, media_type, name, bytes } of documents) {
    await client.query(
      "insert into didym.document (digest, media_type, name, bytes) values ($1, $2, $3, $4) on conflict do nothing",
      [digest, media_type, name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
    );
  }
}

const WRITE_ALL = `
  with entries as (
    insert into didym.entry (${ENTRY_COLUMNS.join(", ")})
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
  ), records as (
    insert into didym.record (collection, id, seq, body, readers)
    select ${RECORD_VALUES} from unnest($11::text[], $12::text[], $13::bigint[], $14::jsonb[], $15::text[])
      as r (collection, id, seq, body, readers)
    on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body, readers = excluded.readers
  ), readers as (
    insert into didym.entry_reader (seq, readers, documents)
    select ${READER_VALUES} from unnest($16::bigint[], $17::text[], $18::text[]) as e (seq, readers, documents)
  ), answer as (
    insert into didym.request (key, request, answer, seq) values ($19, $20, $21, $22)
  )
  update didym.head set seq = $22, time = $23, hash = $24`;

async function writeAll(
  client: pg.PoolClient,
  given: {
    batch: Batch;
    rows: readonly EntryRow[];
    readers: readonly EntryReaders[];
    book: RecordBook<unknown>;
    last: Head;
  },
): Promise<void> {
  const { batch, rows, readers, book, last } = given;
  await client.query({
    name: "write_all",
    text: WRITE_ALL,
    values: [
      ...entryArrays(rows),
      ...book.changes().columns,
      ...readerArrays(readers),
      batch.key,
      batch.request,
      answerText(batch),
      last.seq,
      last.time,
      last.hash,
    ],
  });
}
