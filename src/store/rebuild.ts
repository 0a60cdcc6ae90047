import { createHash } from "node:crypto";
import type pg from "pg";
import type { ApplyEntry } from "../app/ports.ts";
import { canonicalJson } from "../quantity/index.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { inTransaction } from "./transaction.ts";
import { TransactionBook } from "./transaction-book.ts";

interface Books {
  readonly pool: pg.Pool;
  readonly apply: ApplyEntry;
}

/** Entries folded between two writes of records: bounds the memory of a rebuild. */
const CHUNK = 2000;

/** SHA-256 over every record in order of name: the same books give the same bytes. */
export async function viewsDigest(db: pg.Pool | pg.PoolClient): Promise<{ records: number; digest: string }> {
  const hash = createHash("sha256");
  let records = 0;
  let [collection, id] = ["", ""];
  for (;;) {
    const { rows } = await db.query<{ collection: string; id: string; seq: string; body: object }>(
      `select collection, id, seq, body from didym.record
       where (collection, id) > ($1 collate "C", $2 collate "C") order by collection, id limit 2000`,
      [collection, id],
    );
    for (const row of rows) {
      hash.update(`${row.collection}\0${row.id}\0${row.seq}\0${canonicalJson(row.body)}\n`);
      records++;
    }
    const last = rows.at(-1);
    if (!last) return { records, digest: hash.digest("hex") };
    [collection, id] = [last.collection, last.id];
  }
}

/** Deletes every view and folds all entries again, in one transaction; appends wait for it. */
export async function rebuildViews({ pool, apply }: Books) {
  return inTransaction(pool, async (client) => {
    await client.query("select 1 from didym.head for update");
    const before = await viewsDigest(client);
    await client.query("delete from didym.record");
    const entries = await foldAll(client, apply);
    const after = await viewsDigest(client);
    return {
      entries,
      records: after.records,
      digest_before: before.digest,
      digest_after: after.digest,
      same: before.digest === after.digest,
    };
  });
}

/** Folds every entry into the records of this transaction; answers how many there were. */
export async function foldAll(client: pg.PoolClient, apply: ApplyEntry): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const { rows } = await client.query<EntryRow>(
      "select * from didym.entry where seq > $1 order by seq limit $2",
      [after, CHUNK],
    );
    if (rows.length === 0) return count;
    const book = new TransactionBook(client);
    for (const row of rows) {
      const entry = entryOf(row);
      book.seq = entry.seq;
      await apply(book, entry);
      after = entry.seq;
      count++;
    }
    await book.flush();
  }
}
