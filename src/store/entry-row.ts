import type pg from "pg";
import type { Entry, EntryHeader } from "../ledger/index.ts";
import { canonicalJson } from "../quantity/index.ts";

/** A row of didym.entry; actor and body are the exact text that was sealed. */
export interface EntryRow {
  readonly seq: string;
  readonly time: string;
  readonly kind: string;
  readonly actor: string;
  readonly key: string;
  readonly body: string;
  readonly nonce: string;
  readonly sealed: string;
  readonly prev: string;
  readonly hash: string;
}

export const headerOfRow = ({ seq, time, kind, sealed, prev, hash }: EntryRow): EntryHeader => ({
  seq: Number(seq),
  time,
  kind,
  sealed,
  prev,
  hash,
});

/** Throws a SyntaxError where actor or body is not JSON any more. */
export const entryOf = (row: EntryRow): Entry => ({
  ...headerOfRow(row),
  actor: JSON.parse(row.actor),
  key: row.key,
  body: JSON.parse(row.body),
  nonce: row.nonce,
});

/** `body` spares writing the canonical text a second time where it is at hand. */
export const rowOf = (entry: Entry, body = canonicalJson(entry.body)): EntryRow => ({
  ...entry,
  seq: String(entry.seq),
  actor: canonicalJson(entry.actor),
  body,
});

export const ENTRY_COLUMNS = [
  "seq",
  "time",
  "kind",
  "actor",
  "key",
  "body",
  "nonce",
  "sealed",
  "prev",
  "hash",
] as const;

/** The rows as the arrays that `unnest` takes, in the order of ENTRY_COLUMNS. */
export const entryArrays = (rows: readonly EntryRow[]): string[][] =>
  ENTRY_COLUMNS.map((column) => rows.map((row) => row[column]));

export const INSERT_ENTRIES = `insert into didym.entry (${ENTRY_COLUMNS.join(", ")})
  select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])`;

/** A page of the log ends at this many entries, or at this many bytes of bodies: a manifest of 100,000 lines is one entry. */
const PAGE_ENTRIES = 2000;
const PAGE_BYTES = 8 * 1024 * 1024;

/** The whole log from the first entry on, a page at a time. Within one transaction it is one snapshot or under its lock. */
export async function* entryPages(client: pg.PoolClient): AsyncGenerator<readonly EntryRow[]> {
  for (let after = "0"; ; ) {
    const { rows } = await client.query<EntryRow>(
      `select ${ENTRY_COLUMNS.join(", ")} from didym.entry where seq > $1 and seq <= (
         select max(seq) from (
           select seq, coalesce(sum(octet_length(body)) over (order by seq rows between unbounded preceding and 1 preceding), 0) as before
           from (select seq, body from didym.entry where seq > $1 order by seq limit $2) page
         ) sized where before < $3
       ) order by seq`,
      [after, PAGE_ENTRIES, PAGE_BYTES],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.seq;
  }
}
