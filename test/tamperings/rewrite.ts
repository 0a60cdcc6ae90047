import type pg from "pg";
import { FOLDING } from "../../src/app/apply.ts";
import { type Entry, GENESIS, sealEntry } from "../../src/ledger/index.ts";
import { type EntryRow, entryArrays, entryOf, INSERT_ENTRIES, rowOf } from "../../src/store/entry-row.ts";
import { rebuildViews } from "../../src/store/rebuild.ts";

/** What somebody with the database's own rights can do. */
export async function unguarded(pool: pg.Pool, ...statements: readonly string[]): Promise<void> {
  await pool.query("alter table didym.entry disable trigger user");
  for (const statement of statements) await pool.query(statement);
  await pool.query("alter table didym.entry enable trigger user");
}

/** An entry as a forger writes it: body and all may be changed before it is sealed anew. */
export type Forged = { -readonly [K in keyof Entry]: Entry[K] } & {
  // biome-ignore lint/suspicious/noExplicitAny: forgers write what no type allows
  body: any;
};

/**
 * The whole history written anew by one who knows the code: sealed from the first entry on, answers put to their entries again,
 * the head moved, views folded, and the guards set back as if nothing had been.
 */
export async function rewrite(
  pool: pg.Pool,
  change: (entries: Forged[]) => readonly Forged[],
): Promise<void> {
  const { rows } = await pool.query<EntryRow>("select * from didym.entry order by seq");
  const changed = change(rows.map((row) => structuredClone(entryOf(row)) as Forged));
  const sealed: Entry[] = [];
  for (const [i, entry] of changed.entries())
    sealed.push(sealEntry({ ...entry, seq: i + 1, prev: sealed.at(-1)?.hash ?? GENESIS }));
  await unguarded(pool, "truncate didym.entry");
  await pool.query(INSERT_ENTRIES, entryArrays(sealed.map((entry) => rowOf(entry))));
  await pool.query(
    "delete from didym.request r where not exists (select from didym.entry e where e.key = r.key)",
  );
  await pool.query(
    "update didym.request r set seq = (select max(seq) from didym.entry e where e.key = r.key)",
  );
  const last = sealed.at(-1);
  await pool.query("update didym.head set seq = $1, time = $2, hash = $3", [
    last?.seq,
    last?.time,
    last?.hash,
  ]);
  await rebuildViews({ pool, ...FOLDING });
}

/** Entries after a number are cut off, the head is moved and views are folded; answers and documents stay where they are. */
export async function cut(pool: pg.Pool, after: number): Promise<void> {
  await unguarded(
    pool,
    `delete from didym.entry where seq > ${after}`,
    `update didym.head set (seq, time, hash) = (select seq, time, hash from didym.entry where seq = ${after})`,
  );
  await rebuildViews({ pool, ...FOLDING });
}

/** Nothing is left of what was cut. */
export async function cutClean(pool: pg.Pool, after: number): Promise<void> {
  await cut(pool, after);
  await pool.query("delete from didym.request where seq > $1", [after]);
  await pool.query(
    "delete from didym.document d where not exists (select from didym.entry e where position(d.digest in e.body) > 0)",
  );
}
