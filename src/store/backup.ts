import { createHash } from "node:crypto";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import type { KeySeal, KeysRefusal } from "../app/core/keys.ts";
import { FORMAT, type Totals } from "./backup-format.ts";
import type { SealBackup } from "./backup-seal.ts";
import { entryPages } from "./entry-row.ts";
import { everySecret } from "./keys.ts";
import { inTransaction, SNAPSHOT_READ_ONLY } from "./transaction.ts";

interface Options {
  /** Opens the signing keys, which then go along. */
  readonly keys?: KeySeal;
  /** Signs the end, so that a backup sealed anew by somebody else is told from it. */
  readonly seal?: SealBackup;
  /** What the file becomes on its way; plain where nothing is said. */
  readonly encrypt?: (plain: Readable) => Promise<Readable>;
}

/** Carries a refusal out of the middle of a stream. */
export class KeysNotOpened extends Error {
  readonly refusal: KeysRefusal;
  constructor(refusal: KeysRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Writes entries, answers and documents as gzipped NDJSON from one snapshot, and ends `out`. Views are left out, they are
 * folded again. Signing keys are left out unless asked for: without them a backup proves nothing in anyone's name, and with
 * them it must be kept like a key, and is encrypted. Throws what `out` throws, and `KeysNotOpened`.
 */
export async function backup(pool: pg.Pool, out: Writable, options: Options = {}): Promise<Totals> {
  const made = new Made();
  await inTransaction(
    pool,
    async (client) => {
      const lines = Readable.from(sealedLines(contentLines(client, made, options.keys), made, options.seal));
      const { encrypt } = options;
      if (!encrypt) return pipeline(lines, createGzip(), out);
      const zip = createGzip();
      // What fails on either side of the encryption ends the other side too.
      const zipped = pipeline(lines, zip);
      await Promise.all([zipped, pipeline(await encrypt(zip), out)]);
    },
    { open: SNAPSHOT_READ_ONLY, tries: 1 },
  );
  return made.totals;
}

/** What has been written so far. */
class Made {
  readonly totals = { entries: 0, requests: 0, documents: 0, keys: 0 };
  head = { seq: 0, hash: "", time: "" };
}

async function* sealedLines(
  lines: AsyncIterable<object>,
  made: Made,
  seal: SealBackup | undefined,
): AsyncGenerator<string> {
  const hash = createHash("sha256");
  for await (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(text);
    yield text;
  }
  const { seq, hash: last, time } = made.head;
  const what = { ...made.totals, sha256: hash.digest("hex") };
  // Dated by the books, so that the same books give the same file.
  const signed = seal ? { seal: await seal({ ...what, head: { seq, hash: last } }, time) } : {};
  yield `${JSON.stringify({ end: { ...what, ...signed } })}\n`;
}

async function* contentLines(
  client: pg.PoolClient,
  made: Made,
  keys: KeySeal | undefined,
): AsyncGenerator<object> {
  const { totals } = made;
  yield { format: FORMAT };
  for await (const page of entryPages(client)) {
    for (const entry of page) {
      totals.entries++;
      made.head = { seq: Number(entry.seq), hash: entry.hash, time: entry.time };
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
  for await (const secret of everySecret(client, keys)) {
    if (!secret.ok) throw new KeysNotOpened(secret.refusal);
    totals.keys++;
    const { party, adopted, der } = secret.value;
    yield { key: { party, adopted, private_key: Buffer.from(der).toString("base64") } };
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
