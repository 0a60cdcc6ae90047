import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apply,
  batchOf,
  ids,
  noted,
  opened,
  playChain,
  type TestRecords,
} from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import type { ApplyEntry } from "../app/core/ports.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { rebuildViews } from "./rebuild.ts";
import { viewsDigest } from "./views.ts";

async function played(steps: number) {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  await playChain(store, steps);
  return { pool, store };
}

test("P30: views folded again are the same bytes", async () => {
  const { pool, store } = await played(25);
  const before = await viewsDigest(pool);
  const rebuilt = await rebuildViews({ pool, apply });
  assert.deepEqual(rebuilt, {
    entries: 52,
    records: before.records,
    digest_before: before.digest,
    digest_after: before.digest,
    same: true,
  });
  assert.deepEqual(await viewsDigest(pool), before);
  assert.equal((await store.moment()).rebuilt, 0, "nothing was put right");
});

test("P30: views that were lost, changed or made up come back as they were", async () => {
  const { pool, store } = await played(10);
  const before = await viewsDigest(pool);
  const damages = [
    "delete from didym.record",
    "update didym.record set body = body || '{\"owner\": \"thief\"}' where collection = 'lot'",
    "update didym.record set seq = seq + 1",
    "insert into didym.record values ('lot', 'L-GHOST', 1, '{}')",
  ];
  for (const damage of damages) {
    await pool.query(damage);
    const damaged = await viewsDigest(pool);
    assert.notEqual(damaged.digest, before.digest);
    const { digest_before, digest_after, same } = await rebuildViews({ pool, apply });
    assert.deepEqual([digest_before, digest_after, same], [damaged.digest, before.digest, false], damage);
  }
  assert.equal(
    (await store.moment()).rebuilt,
    damages.length,
    "whoever remembers records hears of each mending",
  );
  assert.equal((await store.list({ collection: "lot", limit: 500 })).items.length, 22);
});

test("P30: readers see the old views or the new ones, and appends wait", async () => {
  const { pool, store } = await played(3);
  const all = (await viewsDigest(pool)).records;
  await pool.query("delete from didym.record where collection = 'note'");
  let seen: number | undefined;
  let appended: Promise<unknown> | undefined;
  const slow: ApplyEntry<TestRecords> = async (book, entry) => {
    await apply(book, entry);
    if (entry.seq !== 4) return;
    appended = store.append(batchOf("meanwhile", [opened("L-NEW")]));
    seen = (await viewsDigest(pool)).records;
    assert.equal(
      await Promise.race([appended.then(() => "written"), pause(50).then(() => "waits")]),
      "waits",
    );
  };
  await rebuildViews({ pool, apply: slow });
  await appended;
  assert.equal(seen, all - 3);
  assert.ok(await store.load("lot", "L-NEW"));
  assert.equal((await rebuildViews({ pool, apply })).same, true);
});

test("P30: entries that cannot be folded leave the views as they were", async () => {
  const { pool } = await played(3);
  const before = await viewsDigest(pool);
  const failing: ApplyEntry<TestRecords> = async (book, entry) => {
    if (entry.seq === 5) throw new Error("cannot fold this");
    await apply(book, entry);
  };
  await assert.rejects(rebuildViews({ pool, apply: failing }), /cannot fold this/);
  assert.deepEqual(await viewsDigest(pool), before);
});

test("P31: sums of doubles come out the same, whether folded one by one or all at once", async () => {
  const pool = await freshPool();
  // Adds up in the order of keys: the order of insertion would give another last digit than the order of jsonb.
  const adding: ApplyEntry<{
    readonly sum: { readonly moves: Record<string, number>; readonly sum: number };
  }> = async (book, entry) => {
    const { id, fields } = entry.body as { id: string; fields: Record<string, number> };
    const before = await book.get("sum", id);
    const moves = { ...before?.moves, ...fields };
    const held = Object.values(before?.moves ?? {}).reduce((a, b) => a + b, 0);
    book.put("sum", id, { moves, sum: held });
  };
  const store = postgresLedger({ pool, apply: adding, ids });
  for (let i = 0; i < 12; i++) {
    const fields = {
      [`cause number ${12 - i}`.slice(0, 14 - i)]: 0.1 + 1 / (i + 3),
      [`k${i}`]: 1e9 / (i + 7),
    };
    await store.append(batchOf(`k${i}`, [noted("sum", "A", fields)]));
  }
  assert.equal((await rebuildViews({ pool, apply: adding })).same, true);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
