import type pg from "pg";
import type { LedgerStore, Listed, ListQuery, Moment, Page, StoredDocument } from "../app/core/ports.ts";
import type { Records } from "../app/core/records.ts";
import type { CollectionOf } from "../ledger/index.ts";
import { append, type LedgerParts } from "./append.ts";
import { ENTRY_COLUMNS, type EntryRow, entryOf, headerOfRow } from "./entry-row.ts";
import { lineage } from "./lineage.ts";
import { INDEXED_FIELDS } from "./migrate.ts";

/** The books in PostgreSQL. Views are folded in the transaction that appends, under the lock of the chain's head. */
export function postgresLedger<R = Records>(parts: LedgerParts<R>): LedgerStore<R> {
  const { pool } = parts;
  return {
    append: (batch) => append(parts, batch),
    list: (query) => list(pool, query),
    lineage: (query) => lineage(pool, query),

    async answerTo(key) {
      const { rows } = await pool.query<{ request: string; answer: string; seq: string }>({
        name: "answer_to",
        text: "select request, answer, seq from didym.request where key = $1",
        values: [key],
      });
      const row = rows[0];
      return row && { request: row.request, answer: JSON.parse(row.answer), seq: Number(row.seq) };
    },

    async load<K extends CollectionOf<R>>(collection: K, id: string) {
      const { rows } = await pool.query<{ seq: string; body: R[K] }>({
        name: "load",
        text: "select seq, body from didym.record where collection = $1 and id = $2",
        values: [collection, id],
      });
      const row = rows[0];
      return row && { seq: Number(row.seq), record: row.body };
    },

    async moment() {
      const { rows } = await pool.query<{ [K in keyof Moment]: string }>(
        "select seq, rebuilt from didym.head",
      );
      return { seq: Number(rows[0]?.seq ?? 0), rebuilt: Number(rows[0]?.rebuilt ?? 0) };
    },

    async head() {
      const { rows } = await pool.query<EntryRow>(
        `select ${ENTRY_COLUMNS.join(", ")} from didym.entry order by seq desc limit 1`,
      );
      return rows[0] && headerOfRow(rows[0]);
    },

    async entries({ after, limit, kind }) {
      const { rows } = await pool.query<EntryRow>(
        `select ${ENTRY_COLUMNS.join(", ")} from didym.entry
         where seq > $1 ${kind === undefined ? "" : "and kind = $3"} order by seq limit $2`,
        kind === undefined ? [after, limit] : [after, limit, kind],
      );
      return rows.map(entryOf);
    },

    async document(digest) {
      const { rows } = await pool.query<StoredDocument>(
        "select digest, media_type, name, bytes from didym.document where digest = $1",
        [digest],
      );
      return rows[0];
    },
  };
}

const INDEXED: ReadonlySet<string> = new Set(INDEXED_FIELDS);

async function list<K extends CollectionOf<R>, R>(
  pool: pg.Pool,
  { collection, after, limit, since, where = {}, flag }: ListQuery<K, R>,
): Promise<Page<Listed<R[K]>>> {
  // One more than is asked for tells whether there is a next page.
  const values: (string | number | boolean | readonly string[])[] = [collection, after ?? "", limit + 1];
  const filters = Object.entries(where as Readonly<Record<string, string>>).map(([field, text]) => {
    const value = `to_jsonb($${values.push(text)}::text)`;
    // An indexed field is one of a fixed few and stands in the statement as its index has it; any other name is a value.
    if (INDEXED.has(field)) return `and body ? '${field}' and body->'${field}' = ${value}`;
    return `and body->$${values.push(field)}::text = ${value}`;
  });
  if (flag)
    filters.push(
      `and body #> $${values.push(flag.path)}::text[] = to_jsonb($${values.push(flag.is)}::boolean)`,
    );
  if (since !== undefined) filters.push(`and seq > $${values.push(since)}`);
  const { rows } = await pool.query<{ id: string; seq: string; body: R[K] }>(
    `select id, seq, body from didym.record
     where collection = $1 and id > $2 ${filters.join(" ")} order by id limit $3`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ id: row.id, seq: Number(row.seq), record: row.body })),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  };
}
