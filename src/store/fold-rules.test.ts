import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, ids, playChain } from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import { keepFolded } from "./fold-rules.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { viewsDigest } from "./views.ts";

const rulesOf = async (pool: Awaited<ReturnType<typeof freshPool>>): Promise<number> =>
  (await pool.query<{ fold_rules: number }>("select fold_rules from didym.head")).rows[0]?.fold_rules ?? 0;

test("P32: views of older rules are folded anew, once, and those of later rules are not touched", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  assert.equal(await keepFolded({ pool, apply, rules: 2 }), false, "there was nothing to fold");
  assert.equal(await rulesOf(pool), 2);
  await playChain(store, 5);
  const right = await viewsDigest(pool);
  await pool.query("update didym.record set seq = seq + 1");
  assert.equal(await keepFolded({ pool, apply, rules: 2 }), false);
  assert.notEqual((await viewsDigest(pool)).digest, right.digest, "the same rules change nothing");

  const both = await Promise.all([3, 3].map((rules) => keepFolded({ pool, apply, rules })));
  assert.ok(both.includes(true));
  assert.deepEqual(await viewsDigest(pool), right);
  assert.equal(await rulesOf(pool), 3);
  assert.equal(await keepFolded({ pool, apply, rules: 3 }), false);
  await assert.rejects(keepFolded({ pool, apply, rules: 2 }), /rules 3, this release knows 2/);
});
