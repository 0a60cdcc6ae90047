import type pg from "pg";
import type {
  Answered,
  ApplyEntry,
  Batch,
  Ids,
  LedgerStore,
  LineageNode,
  Page,
  StoredDocument,
  Versioned,
} from "../app/ports.ts";
import { type Entry, type EntryHeader, GENESIS, sealEntry } from "../ledger/index.ts";
import { canonicalJson, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { inTransaction } from "./transaction.ts";
import { TransactionBook } from "./transaction-book.ts";

interface Ports {
  readonly pool: pg.Pool;
  readonly apply: ApplyEntry;
  readonly ids: Ids;
}

type Appended = Result<
  { first: number; last: number },
  Refusal<"someone_wrote_first" | "key_already_answered">
>;

/** The books in PostgreSQL. Views are folded in the transaction that appends, under the lock of the chain's head. */
export function postgresLedger(ports: Ports): LedgerStore {
  const { pool } = ports;
  return {
    answerTo: (key) => answerTo(pool, key),
    load: (collection, id) => load(pool, collection, id),
    append: (batch) => inTransaction(pool, (client) => append(client, ports, batch)),
    list: (query) => list(pool, query),
    head: async () => {
      const { rows } = await pool.query<EntryRow>(
        "select seq, time, kind, sealed, prev, hash from didym.entry order by seq desc limit 1",
      );
      const row = rows[0];
      return row && headerOfRow(row);
    },
    async entries({ after, limit, kind }) {
      const { rows } = await pool.query<EntryRow>(
        `select * from didym.entry where seq > $1 ${kind === undefined ? "" : "and kind = $3"} order by seq limit $2`,
        kind === undefined ? [after, limit] : [after, limit, kind],
      );
      return rows.map(entryOf);
    },
    lineage: (query) => lineage(pool, query),
    async document(digest) {
      const { rows } = await pool.query<StoredDocument>("select * from didym.document where digest = $1", [
        digest,
      ]);
      return rows[0];
    },
  };
}

const headerOfRow = (row: EntryRow): EntryHeader => ({
  seq: Number(row.seq),
  time: row.time,
  kind: row.kind,
  sealed: row.sealed,
  prev: row.prev,
  hash: row.hash,
});

async function answerTo(db: pg.Pool | pg.PoolClient, key: string): Promise<Answered | undefined> {
  const { rows } = await db.query<{ request: string; answer: string; seq: string }>(
    "select request, answer, seq from didym.request where key = $1",
    [key],
  );
  const row = rows[0];
  return row && { request: row.request, answer: JSON.parse(row.answer), seq: Number(row.seq) };
}

async function load(pool: pg.Pool, collection: string, id: string): Promise<Versioned | undefined> {
  const { rows } = await pool.query<{ seq: string; body: object }>(
    "select seq, body from didym.record where collection = $1 and id = $2",
    [collection, id],
  );
  const row = rows[0];
  return row && { seq: Number(row.seq), record: row.body };
}

async function append(client: pg.PoolClient, ports: Ports, batch: Batch): Promise<Appended> {
  // The head row is made by the first append ever; the lock on it makes appends one after the other.
  await client.query("insert into didym.head values (true, 0, '', $1) on conflict do nothing", [GENESIS]);
  const { rows } = await client.query<{ seq: string; time: string; hash: string }>(
    "select seq, time, hash from didym.head for update",
  );
  const head = rows[0];
  if (!head) throw new Error("the head of the chain is missing");
  if (await answerTo(client, batch.key)) return refuse("key_already_answered", "key", "answered meanwhile");
  const book = new TransactionBook(client);
  const changed = await changedSince(book, batch.reads);
  if (changed) return refuse("someone_wrote_first", changed, `${changed} changed meanwhile`);

  const written = sealBatch(ports.ids, batch, { seq: Number(head.seq), time: head.time, hash: head.hash });
  for (const entry of written) {
    book.seq = entry.seq;
    await ports.apply(book, entry);
  }
  await insertEntries(client, written);
  await book.flush();
  await insertDocuments(client, batch.documents);
  const last = written.at(-1);
  if (!last) throw new Error("a batch holds at least one entry");
  await client.query("insert into didym.request values ($1, $2, $3, $4)", [
    batch.key,
    batch.request,
    JSON.stringify(batch.answer ?? null),
    last.seq,
  ]);
  await client.query("update didym.head set seq = $1, time = $2, hash = $3", [
    last.seq,
    last.time,
    last.hash,
  ]);
  return done({ first: Number(head.seq) + 1, last: last.seq });
}

function sealBatch(ids: Ids, batch: Batch, head: { seq: number; time: string; hash: string }): Entry[] {
  const entries: Entry[] = [];
  let before = head;
  for (const { kind, body } of batch.entries) {
    const { actor, key } = batch;
    // A clock that was set back does not make time run backwards on the books.
    const time = before.time > batch.time ? before.time : batch.time;
    const plain = JSON.parse(canonicalJson(body)) as Record<string, unknown>;
    const entry = sealEntry({
      seq: before.seq + 1,
      time,
      kind,
      prev: before.hash,
      actor,
      key,
      body: plain,
      nonce: ids.nonce(),
    });
    entries.push(entry);
    before = entry;
  }
  return entries;
}

async function insertEntries(client: pg.PoolClient, entries: readonly Entry[]): Promise<void> {
  const column = (of: (entry: Entry) => string | number) => entries.map(of);
  await client.query(
    `insert into didym.entry (seq, time, kind, actor, key, body, nonce, sealed, prev, hash)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])`,
    [
      column((e) => e.seq),
      column((e) => e.time),
      column((e) => e.kind),
      column((e) => canonicalJson(e.actor)),
      column((e) => e.key),
      column((e) => canonicalJson(e.body)),
      column((e) => e.nonce),
      column((e) => e.sealed),
      column((e) => e.prev),
      column((e) => e.hash),
    ],
  );
}

async function insertDocuments(client: pg.PoolClient, documents: readonly StoredDocument[]): Promise<void> {
  for (const { digest, media_type, name, bytes } of documents) {
    await client.query("insert into didym.document values ($1, $2, $3, $4) on conflict do nothing", [
      digest,
      media_type,
      name,
      Buffer.from(bytes),
    ]);
  }
}

async function changedSince(
  book: TransactionBook,
  reads: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  await book.preload([...reads.keys()]);
  for (const [name, seq] of reads) if (book.seqOf(name) !== seq) return name;
  return undefined;
}

async function list(
  pool: pg.Pool,
  query: { collection: string; after?: string; limit: number; where?: Readonly<Record<string, string>> },
): Promise<Page<Versioned>> {
  const { collection, after, limit, where = {} } = query;
  const filtered = Object.keys(where).length > 0;
  const { rows } = await pool.query<{ id: string; seq: string; body: object }>(
    `select id, seq, body from didym.record
     where collection = $1 and id > $2 ${filtered ? "and body @> $4::jsonb" : ""} order by id limit $3`,
    [collection, after ?? "", limit + 1, ...(filtered ? [JSON.stringify(where)] : [])],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ seq: Number(row.seq), record: row.body })),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  };
}

/** Breadth first, a level a query: each lot once, at its least depth, ties by id. */
async function lineage(
  pool: pg.Pool,
  query: { lot: string; direction: "up" | "down"; limit: number },
): Promise<{ nodes: LineageNode[]; truncated: boolean }> {
  const { direction, limit } = query;
  const nodes: LineageNode[] = [];
  const seen = new Set([query.lot]);
  let level = [query.lot];
  for (let depth = 0; level.length > 0; depth++) {
    const { rows } = await pool.query<{
      id: string;
      body: { parents: { lot: string }[]; children: string[] };
    }>("select id, body from didym.record where collection = 'lot' and id = any($1::text[]) order by id", [
      level,
    ]);
    const next: string[] = [];
    for (const { id, body } of rows) {
      if (nodes.length === limit) return { nodes, truncated: true };
      nodes.push({ lot: id, depth, record: body });
      for (const other of direction === "up" ? body.parents.map((p) => p.lot) : body.children) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    level = next.sort();
  }
  return { nodes, truncated: false };
}
