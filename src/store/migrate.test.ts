import assert from "node:assert/strict";
import { after, test } from "node:test";
import type pg from "pg";
import { apply, batchOf, ids, opened } from "../../test/contract/books.ts";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { INDEXED_FIELDS, migrate } from "./migrate.ts";
import { postgresLedger } from "./postgres-ledger.ts";

/** A database without our schema; its pool ends before it is dropped. */
async function bareDatabase() {
  let pool: pg.Pool | undefined;
  after(() => pool?.end());
  const config = await freshDatabase();
  pool = poolOn(config, 8);
  await pool.query("drop schema didym cascade");
  return { config, pool };
}

test("P20: eight that migrate an empty database at once all find it migrated", async () => {
  const { config, pool } = await bareDatabase();
  await Promise.all(Array.from({ length: 8 }, () => migrate(config)));
  const { rows } = await pool.query("select name from didym.migration order by name");
  assert.deepEqual(rows, [
    { name: "0001_books" },
    { name: "0002_jobs" },
    { name: "0003_changes" },
    { name: "0004_fold_rules" },
    { name: "0005_keys_left_behind" },
    { name: "0006_signing_keys" },
    { name: "0007_rates" },
    { name: "0008_sessions" },
    { name: "0009_readers" },
    { name: "0010_people" },
    { name: "0012_refusals" },
    { name: "0013_directories" },
    { name: "0014_notices" },
    { name: "0015_reads" },
    { name: "0016_erasure" },
  ]);
  const store = postgresLedger({ pool, apply, ids });
  assert.ok((await store.append(batchOf("k", [opened("L-1")]))).ok);
});

test("P20: migrating again changes nothing", async () => {
  const { config, pool } = await bareDatabase();
  await migrate(config);
  const store = postgresLedger({ pool, apply, ids });
  await store.append(batchOf("k", [opened("L-1")]));
  await migrate(config);
  assert.equal((await store.head())?.seq, 1);
});

test("P20: books of a later version are refused, not guessed at", async () => {
  const { config, pool } = await bareDatabase();
  await migrate(config);
  await pool.query("insert into didym.migration values ('0999_later', '2030-01-01')");
  await assert.rejects(migrate(config), /0999_later/);
});

test("P20: a server that is not there is an error, soon", async () => {
  await assert.rejects(migrate({ host: "127.0.0.1", port: 9, connectionTimeoutMillis: 2000 }));
});

test("P21: entries cannot be changed, deleted or truncated", async () => {
  const { config, pool } = await bareDatabase();
  await migrate(config);
  await postgresLedger({ pool, apply, ids }).append(batchOf("k", [opened("L-1")]));
  for (const sql of [
    "update didym.entry set body = '{}'",
    "delete from didym.entry",
    "truncate didym.entry",
  ]) {
    await assert.rejects(pool.query(sql), /only appended/);
  }
});

test("P5: the filters that lists use are answered from an index", async () => {
  const { config, pool } = await bareDatabase();
  await migrate(config);
  await pool.query(
    `insert into didym.record (collection, id, seq, body) select 'lot', 'L-' || n, n, jsonb_build_object(${INDEXED_FIELDS.map((f) => `'${f}', 'v' || n % 500`).join(", ")})
     from generate_series(1, 20000) n`,
  );
  await pool.query("analyze didym.record");
  for (const field of INDEXED_FIELDS) {
    const { rows } = await pool.query<{ "QUERY PLAN": string }>(
      `explain select id from didym.record where collection = 'lot' and id > ''
       and by_${field} = 'v7' order by id limit 51`,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    assert.match(plan, new RegExp(`Index(?: Only)? Scan using record_by_${field}`), plan);
  }
});
