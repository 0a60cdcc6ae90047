import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LedgerStore, ListQuery } from "../core/ports.ts";
import type { Collection, Records } from "../core/records.ts";
import { find } from "./find.ts";

/** A store of lots only, in the order of code units as every store keeps it. */
const lotsOnly = (ids: readonly string[]): Pick<LedgerStore, "list"> => ({
  async list<K extends Collection>({ collection, after = "", limit }: ListQuery<K>) {
    const sorted = collection === "lot" ? [...new Set(ids)].sort() : [];
    return {
      items: sorted
        .filter((id) => id > after)
        .slice(0, limit)
        .map((id) => ({ id, seq: 1, record: { id } as unknown as Records[K] })),
    };
  },
});

test("find: a number is found by every beginning of it, itself included, and nothing else is", async () => {
  const id = fc.stringMatching(/^[A-Z0-9-]{1,6}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(id, { maxLength: 5 }), id, fc.nat(5), async (others, wanted, length) => {
      const text = wanted.slice(0, length + 1);
      const store = lotsOnly([...others, wanted]);
      const answer = await find.answer({ store } as Parameters<typeof find.answer>[0], { text });
      assert.ok(answer.ok);
      const ids = answer.value.items.map((hit) => hit.id);
      assert.ok(ids.includes(wanted), `${text} finds ${wanted}, not only ${ids}`);
      assert.ok(ids.every((found) => found.startsWith(text)));
    }),
  );
});
