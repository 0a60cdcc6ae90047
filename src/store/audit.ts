import { createHash } from "node:crypto";
import type pg from "pg";
import {
  type Entry,
  type EntryHeader,
  entryFault,
  headerFault,
  type Lot,
  type Place,
  totalOf,
  type WholeBalance,
} from "../ledger/index.ts";
import { type AuditCheck, type AuditFault, AuditReport } from "./audit-report.ts";
import { BookAuditor } from "./book-auditor.ts";
import { DocumentAuditor } from "./document-auditor.ts";
import { type EntryRow, entryOf, entryPages, headerOfRow } from "./entry-row.ts";
import type { Folding } from "./fold.ts";
import type { Found } from "./found.ts";
import { auditGuards, type Roles } from "./guard-auditor.ts";
import { auditKeys, keysTold } from "./key-auditor.ts";
import { keysKept } from "./keys.ts";
import { type NotedHead, notHeld } from "./noted-heads.ts";
import { PassportAuditor } from "./passport-auditor.ts";
import { RequestAuditor } from "./request-auditor.ts";
import { inTransaction, SNAPSHOT } from "./transaction.ts";
import { digestRecords, refold, type StoredRecord } from "./views.ts";

export interface Audit {
  readonly clean: boolean;
  readonly entries: number;
  readonly first_bad?: { readonly seq: number; readonly fault: string; readonly why: string };
  readonly closures_checked: number;
  readonly claims_checked: number;
  readonly documents_checked: number;
  /** Documents that are not there because an entry erased them by rule. */
  readonly documents_erased_by_rule: number;
  readonly records: number;
  /** Everything on hand and in named places added up: zero where nothing was made or lost. */
  readonly balance: WholeBalance;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** Who owns the books and who looked at them: the role that serves, where it is not the owner's. */
  readonly roles: Roles;
  /** What is from before there was anything to hold it against: answers, and passports whose keys did not come along. */
  readonly not_provable: number;
  readonly checks: readonly AuditCheck[];
  readonly faults: readonly AuditFault[];
}

/**
 * Walks everything that is kept and redoes its arithmetic: the chain, stocks, closures, claims on feeds, answers, the sum of the books,
 * whether the views are what the entries fold to, documents, signed passports, keys, what guards the entries, and the heads that
 * somebody noted. It sees one moment and changes nothing; others write on meanwhile.
 */
export const auditBooks = <R>({
  pool,
  heads = [],
  ...folding
}: Folding<R> & {
  readonly pool: pg.Pool;
  /** Heads of this chain that were noted outside of it. */
  readonly heads?: readonly NotedHead[];
}): Promise<Audit> =>
  inTransaction(
    pool,
    async (client) => {
      const report = new AuditReport();
      const auditors = {
        ...{ books: new BookAuditor(), documents: new DocumentAuditor(report) },
        ...{ passports: new PassportAuditor(report), requests: new RequestAuditor(client, report) },
      };
      const last = await walkEntries(client, auditors, report);
      const { books, documents, passports, requests } = auditors;
      await compareHead(client, last, report);
      const { records, balance } = await compareViews(client, folding, report);
      await documents.finish(client, passports);
      await passports.finish(client);
      const keys = await compareKeys(client, passports, report);
      const guards = await auditGuards(client, report);
      await compareNoted(client, heads, report);
      const { stocks, closures, claims } = books.checked;
      const { matter, times, certificates, provenance, signatures, seconds } = books;
      const counts = {
        ...{ chain: report.entries, stocks, closures, claims, answers: report.entries },
        ...{ shares: matter.checked, takings: matter.lots.size },
        ...{ times: times.checked, certificates: certificates.checked + provenance.checked },
        ...{ balance: records, views: records, documents: documents.checked, passports: passports.checked },
        ...{ keys: keys.checked, guards: guards.checked, heads: heads.length },
        ...{ signatures: signatures.checked, four_eyes: seconds.checked },
      };
      return {
        ...report.conclude(counts, { answers: requests.notProvable, keys: keys.notProvable }),
        entries: report.entries,
        closures_checked: closures,
        claims_checked: claims,
        documents_checked: documents.checked,
        documents_erased_by_rule: documents.erased,
        records,
        balance,
        head: last ? { seq: last.seq, hash: last.hash } : null,
        roles: guards.roles,
      };
    },
    // The refolded copy needs a temporary table, so this is not a read-only transaction; it is on no one's way.
    { open: SNAPSHOT },
  );

interface Auditors {
  readonly books: BookAuditor;
  readonly documents: DocumentAuditor;
  readonly passports: PassportAuditor;
  readonly requests: RequestAuditor;
}

async function walkEntries(
  client: pg.PoolClient,
  auditors: Auditors,
  report: AuditReport,
): Promise<EntryHeader | undefined> {
  let last: EntryHeader | undefined;
  for await (const page of entryPages(client)) {
    for (const row of page) {
      report.entries++;
      const entry = walkEntry(row, last, { auditors, report });
      auditors.requests.take(row, entry?.body);
      last = headerOfRow(row);
    }
    await auditors.requests.look();
  }
  for (const found of auditors.books.finish()) tell(found, last?.seq ?? 0, report);
  await auditors.requests.finish();
  return last;
}

const tell = ({ check, fault, why, seq: of }: Found, seq: number, report: AuditReport): void => {
  const at = of ?? seq;
  report.entry(check, { seq: at, fault, why: `entry ${at}: ${why}` });
};

function walkEntry(
  row: EntryRow,
  before: EntryHeader | undefined,
  { auditors, report }: { auditors: Auditors; report: AuditReport },
): Entry | undefined {
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
    for (const found of auditors.books.take(entry)) tell(found, seq, report);
    auditors.documents.take(entry);
    auditors.passports.take(entry);
    return entry;
  } catch (cause) {
    bad("unreadable", `its content cannot be read: ${(cause as Error).message}`);
    return undefined;
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
  folding: Folding<R>,
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
    await refold(client, folding);
    const folded = await digestRecords(client, "refold");
    if (folded.digest !== kept.digest) await nameDifference(client, report);
    if (folding.whoReads) await compareReaders(client, report);
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

/** Who reads what follows from the entries alone: nobody is let in beside them (P110). */
async function compareReaders(client: pg.PoolClient, report: AuditReport): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select 'record ' || collection || '/' || id as name
     from didym.record r join refold f using (collection, id) where r.readers is distinct from f.readers
     union all
     select 'entry ' || seq from didym.entry_reader r full join refold_reader f using (seq)
     where r.readers is distinct from f.readers or r.documents is distinct from f.documents
     limit 1`,
  );
  const [first] = rows;
  if (!first) return;
  const why = `who reads ${first.name} is not who follows from the entries; rebuild the views and find out why`;
  report.other("views", { at: first.name, fault: "readers_differ", why });
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

async function compareKeys(
  client: pg.PoolClient,
  { signedWith }: PassportAuditor,
  report: AuditReport,
): Promise<{ checked: number; notProvable: number }> {
  const { rows } = await client.query<{ keys_from: string }>("select keys_from from didym.head");
  const { told, notProvable } = keysTold(signedWith, Number(rows[0]?.keys_from ?? 0));
  return { checked: auditKeys(await keysKept(client), told, report), notProvable };
}

async function compareNoted(
  client: pg.PoolClient,
  heads: readonly NotedHead[],
  report: AuditReport,
): Promise<void> {
  for (const [i, why] of await notHeld(client, heads))
    report.other("heads", { at: `noted head ${heads[i]?.seq}`, fault: "noted_head_differs", why });
}
