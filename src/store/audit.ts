import { createHash } from "node:crypto";
import type pg from "pg";
import type { ApplyEntry } from "../app/ports.ts";
import { type Entry, type EntryHeader, entryFault, type Lot, type Place, totalOf } from "../ledger/index.ts";
import { BookAuditor } from "./book-auditor.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { foldAll, viewsDigest } from "./rebuild.ts";
import { inTransaction } from "./transaction.ts";

export interface AuditFault {
  /** The first bad entry, document or record, as "entry 17", "document ab…", "views". */
  readonly at: string;
  readonly fault: string;
  readonly why: string;
}

export interface Audit {
  readonly clean: boolean;
  readonly entries: number;
  readonly closures_checked: number;
  readonly claims_checked: number;
  readonly documents_checked: number;
  readonly records: number;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly faults: readonly AuditFault[];
}

/** More faults than anyone reads: the first is what matters. */
const FAULTS_MAX = 50;
const CHUNK = 2000;

/**
 * Walks everything that is kept and redoes its arithmetic: the chain, every closure, stocks, claims on feeds, the sum of the
 * books, the documents' hashes, and whether the views are what the entries fold to. Changes nothing.
 */
export async function auditBooks({
  pool,
  apply,
}: {
  readonly pool: pg.Pool;
  readonly apply: ApplyEntry;
}): Promise<Audit> {
  const faults: AuditFault[] = [];
  const report = (fault: AuditFault) => {
    if (faults.length < FAULTS_MAX) faults.push(fault);
  };
  const auditor = new BookAuditor();
  const { count, last } = await walkEntries(pool, auditor, report);
  for (const fault of auditor.claimFaults()) report(fault);
  await compareHead(pool, last, report);
  const records = await compareViews(pool, apply, report);
  const documents_checked = await checkDocuments(pool, report);
  return {
    clean: faults.length === 0,
    entries: count,
    closures_checked: auditor.closures,
    claims_checked: auditor.claims,
    documents_checked,
    records,
    head: last ? { seq: last.seq, hash: last.hash } : null,
    faults,
  };
}

type Report = (fault: AuditFault) => void;

async function walkEntries(pool: pg.Pool, auditor: BookAuditor, report: Report) {
  let last: EntryHeader | undefined;
  let count = 0;
  for (;;) {
    const { rows } = await pool.query<EntryRow>(
      "select * from didym.entry where seq > $1 order by seq limit $2",
      [last?.seq ?? 0, CHUNK],
    );
    if (rows.length === 0) return { count, last };
    for (const row of rows) {
      const entry = readable(row, report);
      if (!entry) return { count, last };
      const fault = entryFault(entry, last);
      if (fault)
        report({
          at: `entry ${entry.seq}`,
          fault,
          why: `entry ${entry.seq} (${entry.kind}): ${fault.replaceAll("_", " ")}`,
        });
      for (const found of auditor.take(entry)) report(found);
      last = entry;
      count++;
    }
  }
}

function readable(row: EntryRow, report: Report): Entry | undefined {
  try {
    return entryOf(row);
  } catch {
    report({
      at: `entry ${row.seq}`,
      fault: "unreadable",
      why: `entry ${row.seq} does not hold JSON any more`,
    });
    return undefined;
  }
}

async function compareHead(pool: pg.Pool, last: EntryHeader | undefined, report: Report): Promise<void> {
  const { rows } = await pool.query<{ seq: string; hash: string }>("select seq, hash from didym.head");
  const head = rows[0];
  if ((head?.hash ?? last?.hash) !== last?.hash && Number(head?.seq ?? 0) > 0) {
    report({
      at: `entry ${head?.seq}`,
      fault: "head_differs",
      why: "the last entry is not the one the head of the chain names: entries are missing at the end",
    });
  }
}

/** Folds all entries again beside the views in use, compares, and takes it back. */
async function compareViews(pool: pg.Pool, apply: ApplyEntry, report: Report): Promise<number> {
  class Undo extends Error {}
  let records = 0;
  try {
    await inTransaction(pool, async (client) => {
      await client.query("select 1 from didym.head for update");
      const kept = await viewsDigest(client);
      records = kept.records;
      await sumToZero(client, report);
      await client.query("delete from didym.record");
      await foldAll(client, apply);
      const folded = await viewsDigest(client);
      if (folded.digest !== kept.digest) {
        report({
          at: "views",
          fault: "views_differ",
          why: "the views are not what the entries fold to; run didym ledger rebuild and find out why",
        });
      }
      throw new Undo();
    });
  } catch (cause) {
    if (cause instanceof Undo) return records;
    report({
      at: "views",
      fault: "entries_do_not_fold",
      why: `the entries cannot be folded: ${(cause as Error).message}`,
    });
  }
  return records;
}

async function sumToZero(client: pg.PoolClient, report: Report): Promise<void> {
  const all = async <T>(collection: string) =>
    (
      await client.query<{ body: T }>("select body from didym.record where collection = $1", [collection])
    ).rows.map((r) => r.body);
  const total = totalOf(await all<Lot>("lot"), await all<Place>("place"));
  for (const [what, mg] of Object.entries({ mass: total.mass_mg, ...total.elements_mg })) {
    if (mg !== 0)
      report({
        at: "views",
        fault: "books_do_not_close",
        why: `${what}: lots and places add up to ${mg} mg, not to nothing`,
      });
  }
}

async function checkDocuments(pool: pg.Pool, report: Report): Promise<number> {
  let after = "";
  for (let checked = 0; ; ) {
    const { rows } = await pool.query<{ digest: string; bytes: Buffer }>(
      "select digest, bytes from didym.document where digest > $1 order by digest limit 50",
      [after],
    );
    if (rows.length === 0) return checked;
    for (const { digest, bytes } of rows) {
      checked++;
      after = digest;
      if (createHash("sha256").update(bytes).digest("hex") !== digest) {
        report({
          at: `document ${digest}`,
          fault: "document_changed",
          why: `the document ${digest} does not hash to its name`,
        });
      }
    }
  }
}
