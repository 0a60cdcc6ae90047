import { createHash } from "node:crypto";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { FORMAT, type Totals } from "./backup-format.ts";
import { entryPages } from "./entry-row.ts";
import { inTransaction, SNAPSHOT_READ_ONLY } from "./transaction.ts";

/**
 * Writes entries, answers and documents as gzipped NDJSON from one snapshot, and ends `out`. Views are left out, they are
 * folded again. Signing keys are left out unless asked for: without them a backup proves nothing in anyone's name, and with
 * them it must be kept like a key. Throws what `out` throws.
 */
export async function backup(
  pool: pg.Pool,
  out: Writable,
  { keys = false }: { readonly keys?: boolean } = {},
): Promise<Totals> {
  const totals = { entries: 0, requests: 0, documents: 0, keys: 0 };
  await inTransaction(
    pool,
    async (client) => {
      const lines = Readable.from(sealedLines(contentLines(client, { totals, keys }), totals));
      await pipeline(lines, createGzip(), out);
    },
    { open: SNAPSHOT_READ_ONLY, tries: 1 },
  );
  return totals;
}

async function* sealedLines(lines: AsyncIterable<object>, totals: Totals): AsyncGenerator<string> {
  const hash = createHash("sha256");
  for await (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(text);
    yield text;
  }
  yield `${JSON.stringify({ end: { ...totals, sha256: hash.digest("hex") } })}\n`;
}

async function* contentLines(
  client: pg.PoolClient,
  { totals, keys }: { totals: { -readonly [K in keyof Totals]: number }; keys: boolean },
): AsyncGenerator<object> {
  yield { format: FORMAT };
  for await (const page of entryPages(client)) {
    for (const entry of page) {
      totals.entries++;
      yield { entry };
    }
  }
  const requests = { columns: "key, request, answer, seq", table: "request", by: "key", page: 500 };
  for await (const request of eachRow(client, requests)) {
    totals.requests++;
    yield { request };
  }
  // A document can be as large as an upload may be: one at a time.
  const documents = { columns: "digest, media_type, name, bytes", table: "document", by: "digest", page: 1 };
  for await (const document of eachRow(client, documents)) {
    totals.documents++;
    yield { document: { ...document, bytes: (document["bytes"] as Buffer).toString("base64") } };
  }
  if (!keys) return;
  const secrets = { columns: "party, private_key", table: "secret", by: "party", page: 500 };
  for await (const { party, private_key } of eachRow(client, secrets)) {
    totals.keys++;
    yield { key: { party, private_key: (private_key as Buffer).toString("base64") } };
  }
}

async function* eachRow(
  client: pg.PoolClient,
  given: { readonly columns: string; readonly table: string; readonly by: string; readonly page: number },
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const { columns, table, by, page } = given;
  for (let after: unknown = ""; ; ) {
    const { rows } = await client.query<Record<string, unknown>>(
      `select ${columns} from didym.${table} where ${by} > $1 order by ${by} limit ${page}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last[by];
  }
}
