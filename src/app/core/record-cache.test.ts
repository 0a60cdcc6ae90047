import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { apply, batchOf, ids, noted, type TestRecords } from "../../../test/contract/books.ts";
import { memoryStore } from "../../store/memory/ledger.ts";
import type { LedgerStore } from "./ports.ts";
import { type Kept, RecordCache, recordCacheOf } from "./record-cache.ts";

const OPEN: Kept<"note", TestRecords> = {
  collection: "note",
  first: [{ flag: { path: ["open"], is: true } }],
  keep: (note) => (note["open"] ? note : undefined),
};

const openOnes = async (store: LedgerStore<TestRecords>) =>
  (await store.list({ collection: "note", limit: 500 })).items
    .map(({ record }) => record)
    .filter((note) => note["open"]);

let written = 0;
const write = (store: LedgerStore<TestRecords>, { which, open }: { which: number; open: boolean }) =>
  store.append(batchOf(`key ${++written}`, [noted("note", `N-${which}`, { open })]));

const event = fc.record({ which: fc.nat(30), open: fc.boolean(), look: fc.boolean() });

test("a cache shows what the books hold, whatever was written between two looks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
      const store = memoryStore(apply, ids);
      const cache = new RecordCache(store, OPEN);
      for (const { look, ...change } of events) {
        await write(store, change);
        if (look) assert.deepEqual(await cache.read(), await openOnes(store));
      }
      assert.deepEqual(await cache.read(), await openOnes(store));
    }),
  );
});

test("a cache asks for what changed and for nothing else, and shows the same list while nothing did", async () => {
  const store = memoryStore(apply, ids);
  for (let which = 0; which < 30; which++) await write(store, { which, open: which % 2 === 0 });
  const read: string[] = [];
  const watched: LedgerStore<TestRecords> = {
    ...store,
    async list(query) {
      const page = await store.list(query);
      read.push(...page.items.map(({ id }) => id));
      return page;
    },
  };
  const before = await recordCacheOf(watched, OPEN).read();
  assert.equal(read.length, 15, "the closed are not read to begin with");
  assert.equal(await recordCacheOf(watched, OPEN).read(), before);
  assert.equal(read.length, 15);
  await write(store, { which: 4, open: false });
  await store.append(batchOf("elsewhere", [noted("other", "N-4")]));
  const after = await recordCacheOf(watched, OPEN).read();
  assert.deepEqual(read.slice(15), ["N-4"]);
  assert.equal(after.length, 14);
});

test("what is written while a cache reads is in it, and readers at once all see it", async () => {
  const store = memoryStore(apply, ids);
  for (let which = 0; which < 10; which++) await write(store, { which, open: true });
  let disturbances = 3;
  const busy: LedgerStore<TestRecords> = {
    ...store,
    async list(query) {
      const page = await store.list(query);
      if (disturbances-- > 0) await write(store, { which: disturbances, open: false });
      return page;
    },
  };
  const cache = new RecordCache(busy, OPEN);
  const [one, other] = await Promise.all([cache.read(), cache.read()]);
  assert.deepEqual(one, await openOnes(store));
  assert.equal(other, one);
  assert.equal(one.length, 7);
});

test("a cache that could not read looks again, and reads anew where views were put right", async () => {
  const store = memoryStore(apply, ids);
  await write(store, { which: 1, open: true });
  let state: "well" | "away" | "wrong" = "wrong";
  let rebuilt = 0;
  const failing: LedgerStore<TestRecords> = {
    ...store,
    moment: async () => ({ ...(await store.moment()), rebuilt }),
    async list(query) {
      if (state === "away") throw new Error("away");
      const page = await store.list(query);
      const ghost = { id: "N-GHOST", seq: 1, record: { id: "N-GHOST", times: 1, open: true } };
      return state === "well" ? page : ({ items: [ghost] } as unknown as typeof page);
    },
  };
  const cache = new RecordCache(failing, OPEN);
  assert.equal((await cache.read()).length, 1);
  [state, rebuilt] = ["away", 1];
  await assert.rejects(cache.read(), /away/);
  state = "well";
  assert.deepEqual(await cache.read(), await openOnes(store));
});
