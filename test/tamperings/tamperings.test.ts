import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { applyEntry } from "../../src/app/apply.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { copyOf, makeBook } from "./book.ts";
import { TAMPERINGS } from "./tamperings.ts";

const book = await makeBook();

test("P40: the books that are tampered with are clean before", async () => {
  const pool = await copyOf(book);
  const { clean, faults, not_provable } = await auditBooks({
    ...{ pool, apply: applyEntry, heads: [book.early, book.late] },
  });
  await pool.end();
  assert.deepEqual([clean, faults, not_provable], [true, [], 0]);
});

for (const { how, alone, head, noted, ...tampering } of TAMPERINGS)
  test(`P75: ${how}: ${alone ?? "nothing alone"}${head === undefined ? "" : `; with a head ${head ?? "nothing"}`}`, async () => {
    const kept = await copyOf(book);
    const changed = await tampering.do(kept, book);
    const pool = changed instanceof pg.Pool ? changed : kept;
    try {
      const heads = [noted === "early" ? book.early : book.late];
      const { clean, faults } = await auditBooks({ pool, apply: applyEntry, heads });
      const codes = faults.map(({ fault }) => fault);
      const said = JSON.stringify(faults, null, 1);
      const inside = codes.filter((code) => code !== "noted_head_differs");
      if (alone === null) assert.deepEqual(inside, [], said);
      else assert.ok(inside.includes(alone), said);
      assert.equal(codes.includes("noted_head_differs"), head === "noted_head_differs", said);
      assert.equal(clean, alone === null && head === null);
    } finally {
      await kept.end();
    }
  });

test("P75: there are thirty and more; with one head all are found but a cut after it", () => {
  assert.ok(TAMPERINGS.length >= 30);
  const open = TAMPERINGS.filter(({ alone, head }) => alone === null && head !== "noted_head_differs");
  assert.deepEqual(
    open.map(({ how }) => how),
    ["the tail cut clean after the head that was noted"],
  );
});
