import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { actor, apply, batchOf, ids, noted, opened, type TestRecords } from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import { documentOf } from "../app/core/documents.ts";
import type { ApplyEntry } from "../app/core/ports.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { inTransaction } from "./transaction.ts";

const TABLES = ["entry", "record", "request", "document"];

async function countsOf(pool: pg.Pool): Promise<number[]> {
  const counts: number[] = [];
  for (const table of TABLES) {
    const { rows } = await pool.query<{ n: string }>(`select count(*) as n from didym.${table}`);
    counts.push(Number(rows[0]?.n));
  }
  return counts;
}

/** Ends the connection that is inside a transaction, as a crash of this process or of the network would. */
const killOthers = (pool: pg.Pool) =>
  pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
  );

test("P22: a connection lost while a batch is folded leaves nothing half-written", async () => {
  const pool = await freshPool();
  const good = postgresLedger({ pool, apply, ids });
  await good.append(batchOf("before", [opened("L-0")]));
  const crashing: ApplyEntry<TestRecords> = async (book, entry) => {
    await apply(book, entry);
    if (entry.seq === 3) await killOthers(pool);
  };
  const store = postgresLedger({ pool, apply: crashing, ids });
  const document = documentOf("a.txt", "text/plain", new Uint8Array([1]));
  const batch = batchOf("k", [opened("L-1"), opened("L-2")], { documents: [document] });
  await assert.rejects(store.append(batch), /terminat|connection|EPIPE/i);
  assert.deepEqual(await countsOf(pool), [1, 2, 1, 0]);
  assert.deepEqual((await good.append(batch)).ok, true);
  assert.deepEqual(await countsOf(pool), [3, 4, 2, 1]);
});

test("P22: whichever statement of an append fails, nothing is written", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  await store.append(batchOf("before", [opened("L-0")]));
  const before = await countsOf(pool);
  const document = documentOf("a.txt", "text/plain", new Uint8Array([1]));
  const batch = batchOf("k", [opened("L-1")], { documents: [document] });
  for (const table of ["didym.entry", "didym.record", "didym.request", "didym.document", "didym.head"]) {
    const when = table === "didym.head" ? "update" : "insert";
    await pool.query(
      `create function didym.broken() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
       create trigger broken before ${when} on ${table} for each row execute function didym.broken()`,
    );
    await assert.rejects(store.append(batch), /disk full/, table);
    await pool.query("drop function didym.broken cascade");
    assert.deepEqual(await countsOf(pool), before, table);
  }
  assert.ok((await store.append(batch)).ok);
});

test("P8: a text PostgreSQL cannot keep is a fault, and writes nothing", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  await assert.rejects(store.append(batchOf("k", [opened("L-1"), noted("note", "A", { text: "a\0b" })])));
  assert.deepEqual(await countsOf(pool), [0, 0, 0, 0]);
  assert.ok((await store.append(batchOf("k", [opened("L-1")]))).ok);
});

test("P22: a connection lost between two statements does not end the process", async () => {
  const pool = await freshPool();
  await assert.rejects(
    inTransaction(pool, async (client) => {
      await client.query("select 1");
      await killOthers(pool);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await client.query("select 2");
    }),
    /terminat|connection|EPIPE|not queryable/i,
  );
  assert.equal((await pool.query("select 3 as n")).rows[0].n, 3);
});

test("P23: a transaction the database asks to try again is tried again, a bounded number of times", async () => {
  const pool = await freshPool();
  let tries = 0;
  const work = (failures: number, code: string) => async () => {
    if (++tries <= failures) throw Object.assign(new Error("again"), { code });
    return tries;
  };
  assert.equal(await inTransaction(pool, work(3, "40001")), 4);
  tries = 0;
  assert.equal(await inTransaction(pool, work(1, "40P01")), 2);
  tries = 0;
  await assert.rejects(inTransaction(pool, work(99, "40001")), /again/);
  assert.equal(tries, 6);
  tries = 0;
  await assert.rejects(inTransaction(pool, work(1, "23505")), /again/);
  assert.equal(tries, 1);
});

test("P23: two whose writes cross both get through", async () => {
  const pool = await freshPool();
  await pool.query(
    "create table crossing (id int primary key, n int); insert into crossing values (1, 0), (2, 0)",
  );
  const add = (first: number, second: number) =>
    inTransaction(pool, async (client) => {
      await client.query("update crossing set n = n + 1 where id = $1", [first]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query("update crossing set n = n + 1 where id = $1", [second]);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  assert.deepEqual((await pool.query("select n from crossing order by id")).rows, [{ n: 2 }, { n: 2 }]);
});

test("P1: what is kept of an entry is the canonical text that was sealed", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  const note = noted("note", "é", { b: 1, a: '\u2028 \\ " {,}' });
  // The first of two: the last one says what was asked and answered too.
  await store.append(batchOf("k", [note, noted("note", "N")]));
  const { rows } = await pool.query("select actor, body from didym.entry order by seq");
  assert.equal(rows[0].body, '{"collection":"note","fields":{"a":"\u2028 \\\\ \\" {,}","b":1},"id":"é"}');
  assert.deepEqual(JSON.parse(rows[0].actor), actor);
});

test("P4: appends from two pools, as from two processes, form one chain", async () => {
  const pool = await freshPool(8);
  const stores = [1, 2, 3, 4].map(() => postgresLedger({ pool, apply, ids }));
  await Promise.all(
    Array.from({ length: 120 }, (_, i) => stores[i % 4]?.append(batchOf(`k${i}`, [noted("note", `N-${i}`)]))),
  );
  const entries = await stores[0]?.entries({ after: 0, limit: 500 });
  assert.deepEqual(
    entries?.map((e) => e.seq),
    Array.from({ length: 120 }, (_, i) => i + 1),
  );
});

test("P9: what a clock says that jumped ten years ahead is refused, until someone looked at it", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  await store.append({ ...batchOf("k-1", [opened("L-1")]), time: "2026-03-01T08:00:00.000Z" });
  const later = { ...batchOf("k-2", [opened("L-2")]), time: "2036-03-01T08:00:00.000Z" };
  const before = await countsOf(pool);
  const refused = await store.append(later);
  assert.equal(refused.ok ? "" : refused.refusal.code, "clock_far_from_books");
  assert.deepEqual(await countsOf(pool), before);
  const checked = postgresLedger({ pool, apply, ids, clockChecked: true });
  assert.ok((await checked.append(later)).ok);
});
