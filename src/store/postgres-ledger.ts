import type { LedgerStore, Listed, ListQuery, Moment, Page, StoredDocument } from "../app/core/ports.ts";
import type { Records } from "../app/core/records.ts";
import { sealedEntry, seenBy } from "../app/core/seen.ts";
import type { CollectionOf } from "../ledger/index.ts";
import { append, type LedgerParts } from "./append.ts";
import { type EntryRow, entryOf, headerOfRow } from "./entry-row.ts";
import { lineage } from "./lineage.ts";
import { INDEXED_FIELDS } from "./migrate.ts";
import { type Queries, readingFor } from "./reader-pool.ts";

/** The books in PostgreSQL. Views are folded in the transaction that appends, under the lock of the chain's head. */
export function postgresLedger<R = Records>(parts: LedgerParts<R>): LedgerStore<R> {
  const { pool } = parts;
  const whole: LedgerStore<R> = {
    ...booksBy<R>(pool, undefined),
    append: (batch) => append(parts, batch),
    readBy: seenBy(
      () => whole,
      (reader) => booksBy<R>(readingFor(parts.readers ?? pool, reader), SEEN_BY_RIGHT),
    ),
    async answerTo(key) {
      const { rows } = await pool.query<{ request: string; answer: string; seq: string; actor: string }>({
        name: "answer_to",
        text: `select r.request, r.answer, r.seq, e.actor from didym.request r
               left join didym.entry e on e.seq = r.seq where r.key = $1`,
        values: [key],
      });
      const [row] = rows;
      if (!row) return undefined;
      const { party } = JSON.parse(row.actor ?? "{}");
      return { request: row.request, answer: JSON.parse(row.answer), seq: Number(row.seq), party };
    },
  };
  return whole;
}

/** What is added to a question about records, and where entries are read. */
interface Sight {
  readonly and: string;
  readonly entries: string;
}

const SEEN_BY_RIGHT: Sight = { and: "and r.readers && (select didym.reader())", entries: "didym.entry_seen" };
const WHOLE: Sight = { and: "", entries: "didym.entry" };

type Books<R> = Omit<LedgerStore<R>, "append" | "answerTo" | "readBy">;

function booksBy<R>(pool: Queries, sight: Sight = WHOLE): Books<R> {
  const { and, entries } = sight;
  const named = (name: string) => (sight === WHOLE ? { name } : { name: `${name}_seen` });
  return {
    list: (query) => list(pool, query, and),
    lineage: (query) => lineage(pool, query, and),

    async load<K extends CollectionOf<R>>(collection: K, id: string) {
      const { rows } = await pool.query<{ seq: string; body: R[K] }>({
        ...named("load"),
        text: `select r.seq, r.body from didym.record r where r.collection = $1 and r.id = $2 ${and}`,
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
        `select seq, time, kind, sealed, prev, hash from ${entries} order by seq desc limit 1`,
      );
      return rows[0] && headerOfRow(rows[0]);
    },

    async entries({ after, limit, kind }) {
      const { rows } = await pool.query<EntryRow & { seen?: boolean }>(
        `select * from ${entries}
         where seq > $1 ${kind === undefined ? "" : "and kind = $3"} order by seq limit $2`,
        kind === undefined ? [after, limit] : [after, limit, kind],
      );
      return rows.map((row) => (row.seen === false ? sealedEntry(headerOfRow(row)) : entryOf(row)));
    },

    async document(digest) {
      const { rows } = await pool.query<StoredDocument>(
        `select d.digest, d.media_type, d.name, d.bytes from didym.document d where d.digest = $1 ${
          sight === WHOLE ? "" : SEEN_DOCUMENT
        }`,
        [digest],
      );
      return rows[0];
    },
  };
}

const SEEN_DOCUMENT = `and exists (select from didym.entry_reader r
  where r.documents @> array[d.digest] and r.readers && (select didym.reader()))`;

const INDEXED: ReadonlySet<string> = new Set(INDEXED_FIELDS);

async function list<K extends CollectionOf<R>, R>(
  pool: Queries,
  { collection, after, limit, since, where = {}, flag }: ListQuery<K, R>,
  and: string,
): Promise<Page<Listed<R[K]>>> {
  // One more than is asked for tells whether there is a next page.
  const values: (string | number | boolean | readonly string[])[] = [collection, after ?? "", limit + 1];
  const filters = Object.entries(where as Readonly<Record<string, string>>).map(([field, text]) => {
    // An indexed field is one of a fixed few and has a column of its own; any other name is a value.
    if (INDEXED.has(field)) return `and r.by_${field} = $${values.push(text)}`;
    return `and r.body->$${values.push(field)}::text = to_jsonb($${values.push(text)}::text)`;
  });
  if (flag)
    filters.push(
      `and r.body #> $${values.push(flag.path)}::text[] = to_jsonb($${values.push(flag.is)}::boolean)`,
    );
  if (since !== undefined) filters.push(`and r.seq > $${values.push(since)}`);
  const { rows } = await pool.query<{ id: string; seq: string; body: R[K] }>(
    `select r.id, r.seq, r.body from didym.record r
     where r.collection = $1 and r.id > $2 ${filters.join(" ")} ${and} order by r.id limit $3`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ id: row.id, seq: Number(row.seq), record: row.body })),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  };
}
