import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { applyEntry } from "../../src/app/apply.ts";
import { documentOf } from "../../src/app/documents.ts";
import { memoryStore } from "../../src/app/memory-store.ts";
import type { Batch, LedgerStore, NewEntry } from "../../src/app/ports.ts";
import { type EntryHeader, entryFault } from "../../src/ledger/index.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { freshPool } from "../support/database.ts";

const ids = { nonce: () => randomBytes(16).toString("hex") };
const actor = { role: "weigher", party: "sample-recycler", verified: false };

const opened = (lot: string, mass_mg = 1000): NewEntry => ({
  kind: "lot_opened",
  body: {
    lot,
    kind: "magnets",
    owner: "sample-recycler",
    place: "site",
    at: "2026-01-01T00:00:00.000Z",
    mass_mg: { best: mass_mg, moves: {} },
    elements_mg: { Nd: { best: 200, moves: { x: 1 } } },
    made_by: "C-1",
    data_from: [],
    notes: {},
  },
});

const batchOf = (key: string, entries: readonly NewEntry[], given: Partial<Batch> = {}): Batch => ({
  key,
  request: `digest of ${key}`,
  actor,
  time: "2026-01-01T00:00:00.000Z",
  entries,
  reads: new Map(),
  answer: { key },
  documents: [],
  ...given,
});

/** A step that draws `mass_mg` of one lot into another; enough of a body to be folded. */
const drawn = (step: string, from: string, into: string, mass_mg: number): NewEntry => {
  const contents = { mass_mg: { best: mass_mg, moves: {} }, elements_mg: {}, feeds_mg: {} };
  const zero = {
    in_mg: mass_mg,
    added_mg: 0,
    out_mg: mass_mg,
    lost_mg: 0,
    residual_mg: 0,
    sd_mg: 0,
    closes: true,
  };
  return {
    kind: "step_recorded",
    body: {
      step,
      kind: "split",
      site: "site",
      at: "2026-01-02T00:00:00.000Z",
      inputs: [{ lot: from, ...contents }],
      additions: [],
      outputs: [
        {
          lot: into,
          kind: "magnets",
          owner: "sample-recycler",
          place: "site",
          data_from: [],
          notes: {},
          ...contents,
        },
      ],
      losses: [],
      closure: { mass: zero, elements: {}, closes: true },
    },
  };
};

const makers: Record<string, () => Promise<LedgerStore>> = {
  memory: async () => memoryStore(applyEntry, ids),
  postgres: async () => postgresLedger({ pool: await freshPool(), apply: applyEntry, ids }),
};

for (const [name, make] of Object.entries(makers)) {
  test(`${name} P1: entries form one chain without gaps, and are read back as they were sealed`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [opened("L-1"), opened("L-2")]));
    await store.append(batchOf("k2", [opened("L-3")], { time: "2025-12-31T00:00:00.000Z" }));
    const entries = await store.entries({ after: 0, limit: 10 });
    assert.deepEqual(
      entries.map((e) => e.seq),
      [1, 2, 3],
    );
    let before: EntryHeader | undefined;
    for (const entry of entries) {
      assert.equal(entryFault(entry, before), undefined);
      before = entry;
    }
    assert.equal(entries[2]?.time, "2026-01-01T00:00:00.000Z");
    assert.equal((await store.head())?.hash, before?.hash);
    assert.equal((await store.entries({ after: 1, limit: 1 })).length, 1);
    assert.equal((await store.entries({ after: 0, limit: 9, kind: "lots_moved" })).length, 0);
  });

  test(`${name} P2: a key is answered once`, async () => {
    const store = await make();
    assert.ok((await store.append(batchOf("k1", [opened("L-1")]))).ok);
    const again = await store.append(batchOf("k1", [opened("L-2")]));
    assert.equal(again.ok ? "done" : again.refusal.code, "key_already_answered");
    assert.deepEqual((await store.answerTo("k1"))?.answer, { key: "k1" });
    assert.equal(await store.load("lot", "L-2"), undefined);
    assert.equal(await store.answerTo("k9"), undefined);
  });

  test(`${name} P3: nothing is written when what was read has changed`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [opened("L-1")]));
    const seq = (await store.load("lot", "L-1"))?.seq ?? 0;
    await store.append(
      batchOf("k2", [
        { kind: "lots_moved", body: { lots: ["L-1"], to: "x", state: "on_hand", at: "", shipment: "" } },
      ]),
    );
    const late = await store.append(batchOf("k3", [opened("L-2")], { reads: new Map([["lot/L-1", seq]]) }));
    assert.equal(late.ok ? "done" : late.refusal.code, "someone_wrote_first");
    const absent = await store.append(batchOf("k4", [opened("L-9")], { reads: new Map([["lot/L-1", 0]]) }));
    assert.equal(absent.ok ? "done" : absent.refusal.code, "someone_wrote_first");
    assert.equal((await store.entries({ after: 0, limit: 10 })).length, 2);
    const fresh = await store.append(
      batchOf("k5", [opened("L-2")], {
        reads: new Map([
          ["lot/L-1", 2],
          ["lot/L-2", 0],
        ]),
      }),
    );
    assert.ok(fresh.ok);
  });

  test(`${name} P4: of twenty that ask for the same name at once, one gets it`, async () => {
    const store = await make();
    const asks = Array.from({ length: 20 }, (_, i) =>
      store.append(batchOf(`k${i}`, [opened("L-1", i + 1)], { reads: new Map([["lot/L-1", 0]]) })),
    );
    const answers = await Promise.all(asks);
    assert.equal(answers.filter((a) => a.ok).length, 1);
    assert.equal((await store.entries({ after: 0, limit: 50 })).length, 1);
  });

  test(`${name} P5: lists are paged by id and filtered by top-level fields`, async () => {
    const store = await make();
    await store.append(
      batchOf(
        "k",
        ["C", "a", "B", "d-1", "d"].map((l) => opened(`L-${l}`)),
      ),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.list({
        collection: "lot",
        limit: 2,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.items.map((i) => (i.record as { id: string }).id));
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(seen, ["L-B", "L-C", "L-a", "L-d", "L-d-1"]);
    const none = await store.list({ collection: "lot", limit: 9, where: { owner: "nobody" } });
    assert.deepEqual(none, { items: [] });
    assert.equal(
      (
        await store.list({
          collection: "lot",
          limit: 9,
          where: { owner: "sample-recycler", state: "on_hand" },
        })
      ).items.length,
      5,
    );
  });

  test(`${name} P6: lineage goes up and down, nearest first, each lot once`, async () => {
    const store = await make();
    await store.append(
      batchOf("k", [
        opened("L-1", 9000),
        drawn("S1", "L-1", "L-2", 100),
        drawn("S2", "L-1", "L-3", 100),
        drawn("S3", "L-2", "L-4", 50),
        drawn("S4", "L-3", "L-5", 50),
      ]),
    );
    const walk = async (lot: string, direction: "up" | "down", limit = 99) => {
      const { nodes, truncated } = await store.lineage({ lot, direction, limit });
      return [...nodes.map((n) => `${n.lot}@${n.depth}`), ...(truncated ? ["more"] : [])];
    };
    assert.deepEqual(await walk("L-4", "up"), ["L-4@0", "L-2@1", "L-1@2"]);
    assert.deepEqual(await walk("L-1", "down"), ["L-1@0", "L-2@1", "L-3@1", "L-4@2", "L-5@2"]);
    assert.deepEqual(await walk("L-1", "down", 2), ["L-1@0", "L-2@1", "more"]);
    assert.deepEqual(await walk("L-none", "up"), []);
  });

  test(`${name} P7: documents are kept under their own hash`, async () => {
    const store = await make();
    const document = documentOf("a.txt", "text/plain", new Uint8Array([1, 2, 250]));
    await store.append(batchOf("k", [opened("L-1")], { documents: [document, document] }));
    const found = await store.document(document.digest);
    assert.deepEqual([...(found?.bytes ?? [])], [1, 2, 250]);
    assert.equal(found?.name, "a.txt");
    assert.equal(await store.document("0".repeat(64)), undefined);
  });

  test(`${name} P8: a batch that cannot be folded writes nothing`, async () => {
    const store = await make();
    await assert.rejects(store.append(batchOf("k", [opened("L-1"), { kind: "never_heard_of", body: {} }])));
    assert.equal((await store.entries({ after: 0, limit: 9 })).length, 0);
    assert.equal(await store.answerTo("k"), undefined);
    assert.equal(await store.load("lot", "L-1"), undefined);
  });
}

test("postgres P9: entries cannot be changed, deleted or truncated", async () => {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply: applyEntry, ids });
  await store.append(batchOf("k", [opened("L-1")]));
  for (const sql of [
    "update didym.entry set body = '{}'",
    "delete from didym.entry",
    "truncate didym.entry",
  ]) {
    await assert.rejects(pool.query(sql), /only appended/);
  }
});
