import { createHash } from "node:crypto";
import type pg from "pg";
import type { ApplyEntry } from "../app/core/ports.ts";
import {
  type EntryHeader,
  entryFault,
  headerFault,
  type Lot,
  type Place,
  totalOf,
  type WholeBalance,
} from "../ledger/index.ts";
import { answerFaults } from "./answers.ts";
import { type AuditCheck, type AuditFault, AuditReport } from "./audit-report.ts";
import { BookAuditor } from "./book-auditor.ts";
import { type EntryRow, entryOf, entryPages, headerOfRow } from "./entry-row.ts";
import type { Found } from "./found.ts";
import { inTransaction, SNAPSHOT } from "./transaction.ts";
import { digestRecords, refold, type StoredRecord } from "./views.ts";

export interface Audit {
  readonly clean: boolean;
  readonly entries: number;
  readonly first_bad?: { readonly seq: number; readonly fault: string; readonly why: string };
  readonly closures_checked: number;
  readonly claims_checked: number;
  readonly documents_checked: number;
  readonly records: number;
  /** Everything on hand and in named places added up: zero where nothing was made or lost. */
  readonly balance: WholeBalance;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly checks: readonly AuditCheck[];
  readonly faults: readonly AuditFault[];
}

/**
 * Walks everything that is kept and redoes its arithmetic: the chain, stocks, closures, claims on feeds, answers, the sum of the books,
 * whether the views are what the entries fold to, and the documents' hashes. It sees one moment and changes nothing; others
 * write on meanwhile.
 */
export const auditBooks = <R>({
  pool,
  apply,
}: {
  readonly pool: pg.Pool;
  readonly apply: ApplyEntry<R>;
}): Promise<Audit> =>
  inTransaction(
    pool,
    async (client) => {
      const report = new AuditReport();
      const auditor = new BookAuditor();
      const last = await walkEntries(client, auditor, report);
      await compareHead(client, last, report);
      for (const { seq, why } of await answerFaults(client))
        report.entry("answers", { seq, fault: "answer_differs", why });
      const { records, balance } = await compareViews(client, apply, report);
      const documents_checked = await checkDocuments(client, report);
      const { stocks, closures, claims } = auditor.checked;
      const { matter, times, certificates, provenance, keys } = auditor;
      const counts = {
        ...{ chain: report.entries, stocks, closures, claims, answers: report.entries },
        ...{ shares: matter.checked, takings: matter.lots.size },
        ...{ times: times.checked, certificates: certificates.checked + provenance.checked },
        signatures: keys.checked,
      };
      return {
        ...report.conclude({ ...counts, balance: records, views: records, documents: documents_checked }),
        entries: report.entries,
        closures_checked: closures,
        claims_checked: claims,
        documents_checked,
        records,
        balance,
        head: last ? { seq: last.seq, hash: last.hash } : null,
      };
    },
    // The refolded copy needs a temporary table, so this is not a read-only transaction; it is on no one's way.
    { open: SNAPSHOT },
  );

async function walkEntries(
  client: pg.PoolClient,
  auditor: BookAuditor,
  report: AuditReport,
): Promise<EntryHeader | undefined> {
  let last: EntryHeader | undefined;
  for await (const page of entryPages(client)) {
    for (const row of page) {
      report.entries++;
      walkEntry(row, last, { auditor, report });
      last = headerOfRow(row);
    }
  }
  for (const found of auditor.finish()) tell(found, last?.seq ?? 0, report);
  return last;
}

const tell = ({ check, fault, why, seq: of }: Found, seq: number, report: AuditReport): void => {
  const at = of ?? seq;
  report.entry(check, { seq: at, fault, why: `entry ${at}: ${why}` });
};

function walkEntry(
  row: EntryRow,
  before: EntryHeader | undefined,
  { auditor, report }: { auditor: BookAuditor; report: AuditReport },
): void {
  const header = headerOfRow(row);
  const { seq } = header;
  const bad = (fault: string, why: string) =>
    report.entry("chain", { seq, fault, why: `entry ${seq} (${row.kind}): ${why}` });
  const broken = headerFault(header, before);
  if (broken) bad(broken, broken.replaceAll("_", " "));
  const whole = sealHolds(row);
  try {
    const entry = entryOf(row);
    if (!whole && !broken) {
      // The text does not hash to the seal. Where its meaning does, somebody wrote the same content another way.
      const fault = entryFault(entry, before) ?? "not_as_sealed";
      bad(fault, `its content is not what was sealed (${fault.replaceAll("_", " ")})`);
    }
    for (const found of auditor.take(entry)) tell(found, seq, report);
  } catch (cause) {
    bad("unreadable", `its content cannot be read: ${(cause as Error).message}`);
  }
}

/** The seal over the bytes as they are kept: the canonical JSON of actor, body and key, in that order. */
function sealHolds(row: EntryRow): boolean {
  const text = `${row.nonce}{"actor":${row.actor},"body":${row.body},"key":${JSON.stringify(row.key)}}`;
  return createHash("sha256").update(text).digest("hex") === row.sealed;
}

async function compareHead(
  client: pg.PoolClient,
  last: EntryHeader | undefined,
  report: AuditReport,
): Promise<void> {
  const { rows } = await client.query<{ seq: string; time: string; hash: string }>(
    "select seq, time, hash from didym.head",
  );
  const head = rows[0];
  if (!head) {
    report.other("chain", { at: "head", fault: "head_missing", why: "nothing says which entry is the last" });
  } else if (
    Number(head.seq) !== (last?.seq ?? 0) ||
    (last && (head.hash !== last.hash || head.time !== last.time))
  ) {
    const why = `the head of the chain names entry ${head.seq}, the last one found is ${last?.seq ?? "none"}: entries are missing or were put at the end`;
    report.other("chain", { at: "head", fault: "head_differs", why });
  }
}

/** Folds all entries again beside the views in use and compares; adds up the books on the way. */
async function compareViews<R>(
  client: pg.PoolClient,
  apply: ApplyEntry<R>,
  report: AuditReport,
): Promise<{ records: number; balance: WholeBalance }> {
  const sum = new Sum();
  const kept = await digestRecords(client, "didym.record", (record) => sum.add(record));
  const balance = sum.total();
  for (const [what, mg] of Object.entries({ mass: balance.mass_mg, ...balance.elements_mg })) {
    if (mg === 0) continue;
    const why = `${what}: lots and places add up to ${mg} mg, not to nothing`;
    report.other("balance", { at: "views", fault: "books_do_not_close", why });
  }
  // A statement that fails would end the transaction; folding is undone to here and the audit goes on.
  await client.query("savepoint before_fold");
  try {
    await refold(client, apply);
    const folded = await digestRecords(client, "refold");
    if (folded.digest !== kept.digest) await nameDifference(client, report);
  } catch (cause) {
    await client.query("rollback to savepoint before_fold");
    const why = `the entries cannot be folded: ${(cause as Error).message}`;
    report.other("views", { at: "views", fault: "entries_do_not_fold", why });
  }
  return { records: kept.records, balance };
}

async function nameDifference(client: pg.PoolClient, report: AuditReport): Promise<void> {
  const { rows } = await client.query<{ name: string; kept: boolean; folded: boolean }>(
    `select collection || '/' || id as name, r.seq is not null as kept, f.seq is not null as folded
     from didym.record r full join refold f using (collection, id)
     where r.seq is distinct from f.seq or r.body is distinct from f.body
     order by collection, id limit 1`,
  );
  const first = rows[0];
  const how = !first?.kept ? "is missing" : first.folded ? "differs" : "stands for nothing in the log";
  const why = `the views are not what the entries fold to, first of all ${first?.name ?? "a record"} ${how}; rebuild them and find out why`;
  report.other("views", { at: `record ${first?.name ?? ""}`.trim(), fault: "views_differ", why });
}

/** The sum of all lots and places, taken page by page. */
class Sum {
  private mass_mg = 0;
  private readonly elements_mg: Record<string, number> = {};

  add({ collection, body }: StoredRecord): void {
    if (collection !== "lot" && collection !== "place") return;
    const part =
      collection === "lot" ? totalOf([body as unknown as Lot], []) : totalOf([], [body as unknown as Place]);
    this.mass_mg += part.mass_mg;
    for (const [element, mg] of Object.entries(part.elements_mg))
      this.elements_mg[element] = (this.elements_mg[element] ?? 0) + mg;
  }

  total(): WholeBalance {
    return { mass_mg: this.mass_mg, elements_mg: this.elements_mg };
  }
}

async function checkDocuments(client: pg.PoolClient, report: AuditReport): Promise<number> {
  let after = "";
  for (let checked = 0; ; checked++) {
    const { rows } = await client.query<{ digest: string; bytes: Buffer }>(
      "select digest, bytes from didym.document where digest > $1 order by digest limit 1",
      [after],
    );
    const document = rows[0];
    if (!document) return checked;
    after = document.digest;
    if (createHash("sha256").update(document.bytes).digest("hex") === document.digest) continue;
    const why = `the document ${document.digest} does not hash to its name`;
    report.other("documents", { at: `document ${document.digest}`, fault: "document_changed", why });
  }
}
