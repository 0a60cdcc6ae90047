import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { freshPool } from "../../test/support/database.ts";
import { asStored } from "./stored-json.ts";

test("P31: a record in memory is the record that would be read back, keys in the same order", async () => {
  const pool = await freshPool(1);
  // PostgreSQL cannot keep U+0000 in text; every command's fields refuse it before it comes this far.
  const text = fc.string({ unit: "grapheme", maxLength: 12 }).filter((s) => !s.includes("\0"));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(text, tie("json"), { maxKeys: 6, noNullPrototype: true }),
    ),
  }));
  const records = fc.array(fc.dictionary(text, json, { maxKeys: 8, noNullPrototype: true }), {
    minLength: 20,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(records, async (given) => {
      const stored = given.map((record) => asStored(record));
      const { rows } = await pool.query<{ body: object }>(
        "select t.body from unnest($1::jsonb[]) with ordinality as t(body, n) order by n",
        [stored.map((s) => s.text)],
      );
      // As text, so that the order of keys counts.
      assert.deepEqual(
        stored.map((s) => JSON.stringify(s.record)),
        rows.map((row) => JSON.stringify(row.body)),
      );
    }),
    { numRuns: 40, seed: 7 },
  );
});
