import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { apply, batchOf, ids } from "../../../test/contract/books.ts";
import { history, lived, opened } from "../../../test/support/history.ts";
import { type Flow, flowsOf, type LedgerEntry, MaterialBalance, Standing } from "../../ledger/index.ts";
import { memoryStore } from "../../store/memory/ledger.ts";
import type { LedgerStore } from "../core/ports.ts";
import { counts, Past } from "./past.ts";
import { lastUpTo } from "./walk.ts";

const timeOf = (nth: number) => new Date(Date.UTC(2026, 0, 1, 0, 10 * Math.floor(nth / 3))).toISOString();

let batches = 0;
async function write(store: LedgerStore, log: readonly LedgerEntry[]): Promise<void> {
  for (const entry of log) {
    const time = timeOf((await store.head())?.seq ?? 0);
    const done = await store.append(batchOf(`entry ${++batches}`, [entry], { time }));
    assert.ok(done.ok);
  }
}

/** The books after an entry, and what each entry moved, folded from the first entry on. */
async function fold(store: LedgerStore, seq: number) {
  const books = new Standing(async (step) => (await store.load("step", step))?.record as never);
  const moved: (readonly Flow[])[] = [];
  for (const entry of await store.entries({ after: 0, limit: seq })) {
    moved.push(await flowsOf(entry, books));
    await books.take(entry);
  }
  return { books, moved };
}

const plain = ({ lots, places }: Standing) => ({ lots: [...lots].sort(), places: [...places].sort() });

/** Doubts to ten digits: their causes are added up in another order. */
const rounded = (of: unknown): unknown =>
  JSON.parse(
    JSON.stringify(of, (name, value) =>
      /^(sd_(random_|shared_)?mg|sigmas|z)$/.test(name) && typeof value === "number"
        ? Math.abs(value) < 1e-6 && name !== "sigmas" && name !== "z"
          ? 0
          : Number(value.toPrecision(10))
        : value,
    ),
  );

const stretches = fc.record({ entries: fc.constantFrom(1, 2, 7, 1000), most: fc.constantFrom(3, 8, 100) });

test("L25: what is remembered of the past is what the log folds to, at any entry and however it grew", async () => {
  await fc.assert(
    fc.asyncProperty(history, stretches, fc.nat(40), async (events, given, pause) => {
      const { log } = await lived(events);
      const store = memoryStore(apply, ids);
      const past = new Past(store, given);
      await write(store, log.slice(0, pause));
      await past.follow();
      await write(store, log.slice(pause));
      await Promise.all([past.follow(), past.follow()]);
      assert.equal(past.last?.seq ?? 0, log.length);
      for (let seq = 0; seq <= log.length; seq += 5) {
        const walk = await past.after(seq);
        assert.equal(walk.seq, seq);
        assert.deepEqual(plain(walk.books), plain((await fold(store, seq)).books), `after entry ${seq}`);
      }
    }),
    { numRuns: 60 },
  );
});

test("L26 L27: a period is the sum of its entries, whichever stretches are taken as sums", async () => {
  let [sums, entries, late] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      history,
      stretches,
      fc.tuple(fc.nat(40), fc.nat(40)),
      fc.constantFrom(undefined, "recycler", "refiner"),
      async (events, given, ends, owner) => {
        const store = memoryStore(apply, ids);
        await write(store, (await lived(events)).log);
        const past = new Past(store, given);
        await past.follow();
        const last = past.last?.seq ?? 0;
        const [after = 0, to = 0] = ends.map((end) => Math.min(end, last)).sort((a, b) => a - b);
        const remembered = new MaterialBalance();
        for await (const part of past.moved({ after, to })) {
          if ("sums" in part) remembered.merge(part.sums.of(owner));
          else remembered.addEntry(part.flows.filter((flow) => counts(flow, owner)));
          if ("sums" in part) sums++;
          else entries++;
          // Somebody else writes and looks meanwhile: it is not of this period.
          await write(store, [opened(`L-LATE-${++late}`, 1_000_000, 200_000)]);
          await past.follow();
        }
        const added = new MaterialBalance();
        for (const flows of (await fold(store, to)).moved.slice(after))
          added.addEntry(flows.filter((flow) => counts(flow, owner)));
        assert.deepEqual(rounded(remembered.rows()), rounded(added.rows()));
        assert.deepEqual(remembered.links(), added.links());
        assert.equal(remembered.entries, added.entries);
        for (const { area, element } of added.rows())
          for await (const part of past.moved({
            after,
            to,
            opens: (of) => of.of(owner).holds({ area, element, column: "lost" }),
          }))
            if ("sums" in part) assert.ok(!part.sums.of(owner).holds({ area, element, column: "lost" }));
      },
    ),
    { numRuns: 60 },
  );
  assert.ok(sums > 20 && entries > 100, `${sums} stretches as sums, ${entries} entries by themselves`);
});

test("L25: another log than the one remembered is folded anew, and an instant is found by halves", async () => {
  const lives = await Promise.all(
    [40, 30].map((n) => lived(Array.from({ length: n }, (_, i) => ({ what: 0, which: i })))),
  );
  const [one, other] = [memoryStore(apply, ids), memoryStore(apply, ids)];
  await write(one, lives[0]?.log ?? []);
  await write(other, lives[1]?.log ?? []);
  let store: LedgerStore = one;
  const past = new Past(
    {
      ...one,
      entries: (query) => store.entries(query),
      head: () => store.head(),
    },
    { entries: 4, most: 100 },
  );
  await past.follow();
  store = other;
  await past.follow();
  assert.equal(past.last?.hash, (await other.head())?.hash);
  assert.deepEqual(plain((await past.after(17)).books), plain((await fold(other, 17)).books));
  const all = await other.entries({ after: 0, limit: 99 });
  for (const at of [timeOf(0), timeOf(9), "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"])
    assert.equal(await lastUpTo(other, at), all.filter(({ time }) => time <= at).length, at);
});

test("L25: books that are asked for while an entry is being taken are those before it or after it, never between", async () => {
  const store = memoryStore(apply, ids);
  const { log } = await lived([
    { what: 0, which: 1 },
    { what: 1, which: 1_000_000 },
    { what: 2, which: 0 },
  ]);
  assert.deepEqual(
    log.map(({ kind }) => kind),
    ["lot_opened", "step_recorded", "step_reversed"],
  );
  await write(store, log.slice(0, 2));
  const slow: LedgerStore = {
    ...store,
    async load(collection, id) {
      await new Promise((later) => setTimeout(later, 5));
      return store.load(collection, id);
    },
  };
  const past = new Past(slow);
  await past.follow();
  await write(store, log.slice(2));
  const following = past.follow();
  const asked: Promise<readonly [number, Standing]>[] = [];
  for (let turn = 0; turn < 12; turn++) {
    asked.push(past.after(2).then(({ seq, books }) => [seq, books] as const));
    await new Promise((later) => setTimeout(later, 2));
  }
  await following;
  for (const [seq, books] of await Promise.all(asked))
    assert.deepEqual(plain(books), plain((await fold(store, seq)).books), `after entry ${seq}`);
});
