import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type pg from "pg";
import type { KeySeal } from "../app/core/keys.ts";
import { type EntryHeader, entryFault } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { decrypted, type IdentityRefusal, NotAsEncrypted } from "./age.ts";
import { answerFaults } from "./answers.ts";
import { type End, FORMAT, type Totals } from "./backup-format.ts";
import { sealedBy } from "./backup-seal.ts";
import { ENTRY_COLUMNS, type EntryRow, entryArrays, entryOf, INSERT_ENTRIES } from "./entry-row.ts";
import type { Folding } from "./fold.ts";
import { keepSecret, privateKeyOf } from "./keys.ts";
import { type NotedHead, notHeld } from "./noted-heads.ts";
import { swapIn } from "./rebuild.ts";
import { inTransaction } from "./transaction.ts";
import { refold } from "./views.ts";

export type RestoreRefusal =
  | Refusal<"database_not_empty" | "backup_damaged" | "backup_forged" | "head_not_held">
  | IdentityRefusal;

/** Carries a refusal out of the transaction, which rolls back on its way. */
class Refused extends Error {
  readonly refusal: RestoreRefusal;
  constructor(refusal: RestoreRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const damaged = (at: string, why: string): Refused => new Refused(refuse("backup_damaged", at, why).refusal);

/** Beyond any line that was written: an entry or a document as large as an upload may be, in base64. Keeps a forged file from filling the memory. */
const LINE_BYTES_MAX = 400 * 1024 * 1024;

/** Entries and answers are written to the database this many, or this many bytes, at a time. */
const WRITE_ROWS = 500;
const WRITE_BYTES = 8 * 1024 * 1024;

const REQUEST_COLUMNS = ["key", "request", "answer", "seq"] as const;
type RequestRow = Readonly<Record<(typeof REQUEST_COLUMNS)[number], string>>;

const UNDER_LOCK = "begin; select seq from didym.head for update";

/**
 * Reads a backup into an empty database in one transaction: the chain, the documents' hashes and the seal over the file are
 * checked as they come, and the views folded. Refuses `database_not_empty`, `backup_damaged` for a file that is not a whole,
 * unchanged backup, and `head_not_held`; then nothing is written. Throws where entries are of a kind this version does not know.
 */
export async function restore<R>(books: Books<R>, file: Readable): Promise<Result<Restored, RestoreRefusal>> {
  const opened = await decrypted(file, books.identities ?? []);
  if (!opened.ok) return opened;
  const from = opened.value;
  try {
    const totals = await inTransaction(
      books.pool,
      async (client) => {
        await checkEmpty(client);
        const totals = await new Restoring(client, books).take(linesOf(from));
        await checkHeld(client, books.heads ?? []);
        const [fault] = await answerFaults(client);
        if (fault) throw damaged("requests", fault.why);
        await refold(client, books);
        await swapIn(client);
        return totals;
      },
      { open: UNDER_LOCK, tries: 1 },
    );
    return done(totals);
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, refusal: cause.refusal };
    throw cause;
  } finally {
    from.destroy();
    file.destroy();
  }
}

async function checkHeld(client: pg.PoolClient, heads: readonly NotedHead[]): Promise<void> {
  const [fault] = await notHeld(client, heads);
  if (!fault) return;
  const [i, why] = fault;
  throw new Refused(
    refuse(
      "head_not_held",
      `entry ${heads[i]?.seq}`,
      `the backup does not hold a head that was noted: ${why}`,
    ).refusal,
  );
}

interface Books<R> extends Folding<R> {
  readonly pool: pg.Pool;
  /** Heads that were noted elsewhere, which the backup must hold. */
  readonly heads?: readonly NotedHead[];
  /** What signing keys are sealed under from now on. */
  readonly seal: KeySeal;
  /** Of age, for a file that is encrypted. */
  readonly identities?: readonly string[];
  /** The did:key that must have sealed it; without it whoever did is told, and nothing more. */
  readonly signer?: string;
}

export interface Restored extends Totals {
  /** Who sealed the file, where anybody did. */
  readonly signed_by: string | null;
}

async function checkEmpty(client: pg.PoolClient): Promise<void> {
  for (const table of ["entry", "request", "record", "document"]) {
    const { rows } = await client.query(`select 1 from didym.${table} limit 1`);
    if (rows.length === 0) continue;
    throw new Refused(
      refuse("database_not_empty", table, "a backup is restored into an empty database only").refusal,
    );
  }
}

/** The lines of the file as they were written, without their ends. */
async function* linesOf(from: Readable): AsyncGenerator<Buffer> {
  const unzip = createGunzip();
  // What happens to the file happens to what reads it; `pipe` alone would wait for ever.
  let failed: Error | undefined;
  from.on("error", (error) => {
    failed = error;
    unzip.destroy(error);
  });
  let pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of from.pipe(unzip) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        yield Buffer.concat([...pieces, chunk.subarray(start, end)]);
        pieces = [];
        size = 0;
        start = end + 1;
      }
      pieces.push(chunk.subarray(start));
      size += chunk.length - start;
      if (size > LINE_BYTES_MAX) throw damaged("file", `a line is longer than ${LINE_BYTES_MAX} bytes`);
    }
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    if (failed instanceof NotAsEncrypted || (failed === undefined && code?.startsWith("Z_")))
      throw damaged("file", `the file is not a whole backup: ${message}`);
    throw cause;
  }
  if (size > 0) throw damaged("end", "the last line is cut off");
}

/** Checks line after line and writes what it has checked. */
class Restoring {
  private readonly client: pg.PoolClient;
  private readonly how: Pick<Books<never>, "seal" | "signer">;
  private readonly totals = { entries: 0, requests: 0, documents: 0, keys: 0 };
  private readonly hash = createHash("sha256");
  private readonly waiting: { entries: EntryRow[]; requests: RequestRow[] } = { entries: [], requests: [] };
  private waitingBytes = 0;
  private last: EntryHeader | undefined;
  private number = 0;

  constructor(client: pg.PoolClient, how: Pick<Books<never>, "seal" | "signer">) {
    this.client = client;
    this.how = how;
  }

  async take(lines: AsyncIterable<Buffer>): Promise<Restored> {
    let end: End | undefined;
    for await (const text of lines) {
      this.number++;
      if (end) throw this.damaged("there is more after the end");
      const line = this.parse(text);
      if ("end" in line) {
        end = this.fieldsOf(line["end"]) as unknown as End;
        continue;
      }
      this.hash.update(text).update("\n");
      await this.takeLine(line);
    }
    await this.writeWaiting();
    if (!end) throw damaged("end", "the file ends before the backup does");
    const found = { ...this.totals, sha256: this.hash.digest("hex") };
    for (const [what, value] of Object.entries(found)) {
      if ((end as unknown as Record<string, unknown>)[what] !== value)
        throw damaged("end", `${what} is not what the end of the file says`);
    }
    if (this.last) {
      const { seq, time, hash } = this.last;
      // Without their keys nothing here says with which one earlier passports were signed (P73).
      const keys_from = this.totals.keys === 0 ? seq : 0;
      await this.client.query("update didym.head set seq = $1, time = $2, hash = $3, keys_from = $4", [
        ...[seq, time, hash, keys_from],
      ]);
    }
    return { ...this.totals, signed_by: this.signerOf(end.seal, found) };
  }

  /** What was sealed anew by somebody else is as whole as what was not: who sealed it is the only difference. */
  private signerOf(seal: unknown, found: Totals & { readonly sha256: string }): string | null {
    const head = { seq: this.last?.seq ?? 0, hash: this.last?.hash ?? "" };
    const signer = seal === undefined ? null : sealedBy(seal, { ...found, head });
    if (signer === undefined) throw damaged("end", "its seal is not of these bytes");
    const { signer: wanted } = this.how;
    if (wanted === undefined || signer === wanted) return signer;
    const who = signer === null ? "nobody" : signer;
    throw new Refused(
      refuse("backup_forged", "--signer", `it is sealed by ${who}, not by ${wanted}`).refusal,
    );
  }

  private damaged(why: string): Refused {
    return damaged(`line ${this.number}`, why);
  }

  private parse(text: Buffer): Record<string, unknown> {
    try {
      return this.fieldsOf(JSON.parse(text.toString("utf8")));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw this.damaged("this line is not JSON");
      throw cause;
    }
  }

  private fieldsOf(value: unknown): Record<string, unknown> {
    if (value === null || typeof value !== "object")
      throw this.damaged("this line does not hold what it should");
    return value as Record<string, unknown>;
  }

  private textsOf<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, string> {
    const fields = this.fieldsOf(value);
    for (const name of names) {
      if (typeof fields[name] !== "string") throw this.damaged(`${name} is missing or is not text`);
    }
    return fields as Record<Name, string>;
  }

  private async takeLine(line: Record<string, unknown>): Promise<void> {
    if (this.number === 1) {
      if (line["format"] !== FORMAT) throw this.damaged(`this is not a ${FORMAT} file`);
    } else if ("entry" in line) {
      await this.takeEntry(this.textsOf(line["entry"], ENTRY_COLUMNS));
    } else if ("request" in line) {
      await this.takeRequest(this.textsOf(line["request"], REQUEST_COLUMNS));
    } else if ("document" in line) {
      await this.takeDocument(this.textsOf(line["document"], ["digest", "media_type", "name", "bytes"]));
    } else if ("key" in line) {
      await this.takeKey(this.textsOf(line["key"], ["party", "private_key"]));
    } else {
      throw this.damaged("nobody wrote a line of this kind");
    }
  }

  private async takeEntry(row: EntryRow): Promise<void> {
    const entry = this.readEntry(row);
    const fault = entryFault(entry, this.last);
    if (fault) throw this.damaged(`entry ${row.seq}: ${fault.replaceAll("_", " ")}`);
    this.last = entry;
    this.totals.entries++;
    this.waiting.entries.push(row);
    await this.writeSome(row.body.length);
  }

  private readEntry(row: EntryRow) {
    try {
      return entryOf(row);
    } catch {
      throw this.damaged(`entry ${row.seq} does not hold JSON`);
    }
  }

  private async takeRequest(row: RequestRow): Promise<void> {
    this.totals.requests++;
    try {
      JSON.parse(row.answer);
    } catch {
      throw this.damaged(`the answer to ${row.key} is not JSON`);
    }
    if (!/^\d{1,15}$/.test(row.seq)) throw this.damaged(`the answer to ${row.key} has no entry`);
    this.waiting.requests.push(row);
    await this.writeSome(row.answer.length);
  }

  private async writeSome(bytes: number): Promise<void> {
    this.waitingBytes += bytes;
    const { entries, requests } = this.waiting;
    if (entries.length + requests.length >= WRITE_ROWS || this.waitingBytes > WRITE_BYTES)
      await this.writeWaiting();
  }

  private async writeWaiting(): Promise<void> {
    const { entries, requests } = this.waiting;
    if (entries.length > 0) await this.client.query(INSERT_ENTRIES, entryArrays(entries));
    if (requests.length > 0) {
      const columns = REQUEST_COLUMNS.map((column) => requests.map((row) => row[column]));
      await this.client.query(
        `insert into didym.request (${REQUEST_COLUMNS.join(", ")})
         select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`,
        columns,
      );
    }
    this.waiting.entries = [];
    this.waiting.requests = [];
    this.waitingBytes = 0;
  }

  private async takeDocument(row: Record<"digest" | "media_type" | "name" | "bytes", string>): Promise<void> {
    const bytes = Buffer.from(row.bytes, "base64");
    if (createHash("sha256").update(bytes).digest("hex") !== row.digest)
      throw this.damaged(`the document ${row.digest} does not hash to its name`);
    this.totals.documents++;
    await this.client.query(
      "insert into didym.document (digest, media_type, name, bytes) values ($1, $2, $3, $4)",
      [row.digest, row.media_type, row.name, bytes],
    );
  }

  private async takeKey(row: Record<"party" | "private_key", string>): Promise<void> {
    this.totals.keys++;
    // Of before keys had entries nothing is said of it: it was in use already.
    const adopted = (row as { readonly adopted?: unknown }).adopted !== false;
    const privateKey = this.readKey(row);
    const kept = await keepSecret(this.client, this.how.seal, { party: row.party, privateKey, adopted });
    if (kept.is_new) return;
    throw new Refused(
      refuse("database_not_empty", "key", `${row.party} has that signing key in this database already`)
        .refusal,
    );
  }

  private readKey(row: Record<"party" | "private_key", string>) {
    try {
      return privateKeyOf(Buffer.from(row.private_key, "base64"));
    } catch {
      throw this.damaged(`the key of ${row.party} cannot be read`);
    }
  }
}
