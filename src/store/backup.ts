import { createHash } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type pg from "pg";
import type { ApplyEntry } from "../app/ports.ts";
import { type EntryHeader, entryFault } from "../ledger/index.ts";
import { done, type Result, refuse } from "../quantity/index.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { foldAll } from "./rebuild.ts";
import { inTransaction } from "./transaction.ts";

/** The first line of a backup: what it is, so that another file is not taken for one. */
const FORMAT = "didym-backup/1";
const CHUNK = 1000;

interface Totals {
  readonly entries: number;
  readonly requests: number;
  readonly documents: number;
}

/**
 * Writes entries, answers and documents as gzipped NDJSON from one snapshot. Views are left out (they are folded again), and
 * so are signing keys: a backup proves nothing in anyone's name.
 */
export async function backup(pool: pg.Pool, out: Writable): Promise<Totals> {
  const zip = createGzip();
  zip.pipe(out);
  const client = await pool.connect();
  const write = async (line: object) => {
    if (!zip.write(`${JSON.stringify(line)}\n`)) await once(zip, "drain");
  };
  try {
    await client.query("begin isolation level repeatable read read only");
    await write({ format: FORMAT });
    const entries = await eachRow(client, { table: "entry", by: "seq", from: 0 }, (row) =>
      write({ entry: row }),
    );
    const requests = await eachRow(client, { table: "request", by: "key", from: "" }, (row) =>
      write({ request: row }),
    );
    const documents = await eachRow(client, { table: "document", by: "digest", from: "" }, (row) =>
      write({ document: { ...row, bytes: (row["bytes"] as Buffer).toString("base64") } }),
    );
    const totals = { entries, requests, documents };
    await write({ end: totals });
    zip.end();
    await finished(out);
    return totals;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

async function eachRow(
  client: pg.PoolClient,
  { table, by, from }: { table: "entry" | "request" | "document"; by: string; from: string | number },
  write: (row: Record<string, unknown>) => Promise<void>,
): Promise<number> {
  let after: unknown = from;
  for (let count = 0; ; ) {
    const limit = table === "document" ? 20 : CHUNK;
    const { rows } = await client.query(
      `select * from didym.${table} where ${by} > $1 order by ${by} limit ${limit}`,
      [after],
    );
    if (rows.length === 0) return count;
    for (const row of rows) {
      await write(row);
      after = row[by];
      count++;
    }
  }
}

/**
 * Reads a backup into an empty database in one transaction: the chain and the documents' hashes are checked as they come, and
 * the views folded. Refuses a database that holds entries, and a file that is not a whole, unchanged backup; then nothing is written.
 */
export async function restore(
  books: { readonly pool: pg.Pool; readonly apply: ApplyEntry },
  from: Readable,
): Promise<Result<Totals>> {
  class Refused extends Error {}
  let refusal: Result<Totals> | undefined;
  const stop = (result: Result<never>): never => {
    refusal = result;
    throw new Refused();
  };
  try {
    return done(
      await inTransaction(books.pool, async (client) => {
        const { rows } = await client.query("select 1 from didym.entry limit 1");
        if (rows.length > 0)
          stop(refuse("database_not_empty", "database", "a backup is restored into an empty database only"));
        const totals = await takeLines(client, from, stop);
        await foldAll(client, books.apply);
        return totals;
      }),
    );
  } catch (cause) {
    if (refusal) return refusal;
    const { code, message } = cause as { code?: string; message: string };
    if (code?.startsWith("Z_") || cause instanceof SyntaxError) {
      return refuse("backup_damaged", "file", `the file is not a whole backup: ${message}`);
    }
    throw cause;
  }
}

async function takeLines(
  client: pg.PoolClient,
  from: Readable,
  stop: (result: Result<never>) => never,
): Promise<Totals> {
  const unzip = createGunzip();
  from.on("error", (error) => unzip.destroy(error));
  const lines = createInterface({ input: from.pipe(unzip), crlfDelay: Number.POSITIVE_INFINITY });
  const totals = { entries: 0, requests: 0, documents: 0 };
  let last: EntryHeader | undefined;
  let number = 0;
  let end: Totals | undefined;
  for await (const text of lines) {
    number++;
    const line = JSON.parse(text);
    if (number === 1) {
      if (line.format !== FORMAT) stop(refuse("backup_damaged", "line 1", `this is not a ${FORMAT} file`));
    } else if (end) {
      stop(refuse("backup_damaged", `line ${number}`, "there is more after the end"));
    } else if (line.entry) {
      last = await takeEntry(client, line.entry, { last, number, stop });
      totals.entries++;
    } else if (line.request) {
      const { key, request, answer, seq } = line.request;
      await client.query("insert into didym.request values ($1, $2, $3, $4)", [key, request, answer, seq]);
      totals.requests++;
    } else if (line.document) {
      await takeDocument(client, line.document, stop);
      totals.documents++;
    } else {
      end = line.end;
    }
  }
  if (JSON.stringify(end) !== JSON.stringify(totals)) {
    stop(refuse("backup_damaged", "end", "the file ends before the backup does"));
  }
  if (last) {
    await client.query("insert into didym.head values (true, $1, $2, $3)", [last.seq, last.time, last.hash]);
  }
  return totals;
}

async function takeEntry(
  client: pg.PoolClient,
  row: EntryRow,
  given: { last: EntryHeader | undefined; number: number; stop: (result: Result<never>) => never },
): Promise<EntryHeader> {
  const entry = entryOf(row);
  const fault = entryFault(entry, given.last);
  if (fault)
    given.stop(
      refuse("backup_damaged", `line ${given.number}`, `entry ${row.seq}: ${fault.replaceAll("_", " ")}`),
    );
  await client.query("insert into didym.entry values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", [
    row.seq,
    row.time,
    row.kind,
    row.actor,
    row.key,
    row.body,
    row.nonce,
    row.sealed,
    row.prev,
    row.hash,
  ]);
  return entry;
}

async function takeDocument(
  client: pg.PoolClient,
  row: { digest: string; media_type: string; name: string; bytes: string },
  stop: (result: Result<never>) => never,
): Promise<void> {
  const bytes = Buffer.from(row.bytes, "base64");
  if (createHash("sha256").update(bytes).digest("hex") !== row.digest) {
    stop(refuse("backup_damaged", `document ${row.digest}`, "a document does not hash to its name"));
  }
  await client.query("insert into didym.document values ($1, $2, $3, $4)", [
    row.digest,
    row.media_type,
    row.name,
    bytes,
  ]);
}
