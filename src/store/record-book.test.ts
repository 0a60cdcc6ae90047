import assert from "node:assert/strict";
import { test } from "node:test";
import { freshPool } from "../../test/support/database.ts";
import { RecordBook } from "./record-book.ts";
import { inTransaction } from "./transaction.ts";

test("P30: a record forgotten while folding is read back, one never written is not asked for", async () => {
  const pool = await freshPool(1);
  await inTransaction(pool, async (client) => {
    let queries = 0;
    const counting = new Proxy(client, {
      get: (target, name) => {
        if (name === "query") queries++;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const book = new RecordBook<{ readonly note: { readonly n: number } }>(counting, { startsEmpty: true });
    for (let i = 0; i < 10; i++) {
      book.seq = i + 1;
      book.put("note", `N-${i}`, { n: i });
    }
    await book.flush(3);
    assert.equal(queries, 1);
    assert.deepEqual(await book.get("note", "N-9"), { n: 9 });
    assert.equal(await book.get("note", "N-10"), undefined);
    assert.equal(queries, 1);
    assert.deepEqual(await book.get("note", "N-0"), { n: 0 });
    assert.equal(book.seqOf("note/N-0"), 1);
    assert.equal(queries, 2);
    book.seq = 11;
    book.put("note", "N-0", { n: 100 });
    await book.flush();
    assert.deepEqual(await book.get("note", "N-0"), { n: 100 });
    assert.equal(book.seqOf("note/N-0"), 11);
  });
});
