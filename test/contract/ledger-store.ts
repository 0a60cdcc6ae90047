import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { documentOf } from "../../src/app/core/documents.ts";
import type { LedgerStore } from "../../src/app/core/ports.ts";
import { type EntryHeader, entryFault } from "../../src/ledger/index.ts";
import { sha256Hex } from "../../src/quantity/index.ts";
import { batchOf, noted, opened, outcome, stepped, type TestRecords } from "./books.ts";

/** What every store promises (src/store/SPEC.md, P1 to P12); `make` gives an empty one each time. */
export function ledgerStoreContract(name: string, make: () => Promise<LedgerStore<TestRecords>>): void {
  chainContract(name, make);
  requestContract(name, make);
  conflictContract(name, make);
  readingContract(name, make);
}

function chainContract(name: string, make: () => Promise<LedgerStore<TestRecords>>): void {
  test(`${name} P1: entries form one chain without gaps, and are read back as they were sealed`, async () => {
    const store = await make();
    assert.equal(await store.head(), undefined);
    await store.append(batchOf("k1", [opened("L-1"), opened("L-2")]));
    const body = { collection: "note", id: "N", fields: { z: 1, a: [1.5, 1e-7, 1e21], é: "line\n\"'\\" } };
    const answer = await store.append(batchOf("k2", [{ kind: "noted", body }]));
    assert.deepEqual(answer, { ok: true, value: { first: 3, last: 3 } });
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
    assert.partialDeepStrictEqual(entries[2]?.body, body);
    assert.equal((await store.head())?.hash, before?.hash);
    assert.deepEqual(
      (await store.entries({ after: 1, limit: 1 })).map((e) => e.seq),
      [2],
    );
    assert.equal((await store.entries({ after: 0, limit: 9, kind: "lots_moved" })).length, 0);
    assert.equal((await store.entries({ after: 1, limit: 9, kind: "lot_opened" })).length, 1);
  });

  test(`${name} P2: a key is answered once`, async () => {
    const store = await make();
    assert.equal(outcome(await store.append(batchOf("k1", [opened("L-1")]))), "done");
    assert.equal(outcome(await store.append(batchOf("k1", [opened("L-2")]))), "key_already_answered");
    const answered = { request: "digest of k1", answer: { key: "k1" }, seq: 1, party: "sample-recycler" };
    assert.deepEqual(await store.answerTo("k1"), answered);
    assert.equal(await store.load("lot", "L-2"), undefined);
    assert.equal(await store.answerTo("k9"), undefined);
  });

  test(`${name} P7: documents are kept under their own hash`, async () => {
    const store = await make();
    const document = documentOf("a.txt", "text/plain", new Uint8Array([1, 2, 250, 0]));
    await store.append(batchOf("k", [opened("L-1")], { documents: [document, document] }));
    await store.append(batchOf("k2", [opened("L-2")], { documents: [document] }));
    const found = await store.document(document.digest);
    assert.deepEqual([...(found?.bytes ?? [])], [1, 2, 250, 0]);
    assert.equal(found?.name, "a.txt");
    assert.equal(found?.media_type, "text/plain");
    assert.equal(await store.document("0".repeat(64)), undefined);
  });

  test(`${name} P8: a batch that cannot be folded writes nothing`, async () => {
    const store = await make();
    const document = documentOf("a.txt", "text/plain", new Uint8Array([1]));
    const bad = [opened("L-1"), { kind: "never_heard_of", body: {} }];
    await assert.rejects(store.append(batchOf("k", bad, { documents: [document] })), /never_heard_of/);
    assert.equal((await store.entries({ after: 0, limit: 9 })).length, 0);
    assert.equal(await store.head(), undefined);
    assert.equal(await store.answerTo("k"), undefined);
    assert.equal(await store.load("lot", "L-1"), undefined);
    assert.equal(await store.document(document.digest), undefined);
    assert.deepEqual(await store.append(batchOf("k", [opened("L-1")])), done1);
  });

  test(`${name} P9: time never runs backwards, whatever the clock says`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [opened("L-1")], { time: "2026-03-01T00:00:00.000Z" }));
    await store.append(batchOf("k2", [opened("L-2")], { time: "2025-12-31T00:00:00.000Z" }));
    await store.append(batchOf("k3", [opened("L-3")], { time: "2026-03-01T00:00:00.001Z" }));
    assert.deepEqual(
      (await store.entries({ after: 0, limit: 9 })).map((e) => e.time),
      ["2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00.001Z"],
    );
  });
}

const done1 = { ok: true, value: { first: 1, last: 1 } };

function requestContract(name: string, make: () => Promise<LedgerStore<TestRecords>>): void {
  test(`${name} P70: the last entry of a request seals what was asked and answered`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [opened("L-1"), opened("L-2")], { answer: { mass: "1 kg", é: [] } }));
    await store.append(batchOf("k2", [opened("L-3")], { answer: undefined }));
    const sealed = (await store.entries({ after: 0, limit: 9 })).map(({ body }) => body["for_request"]);
    assert.deepEqual(sealed, [
      undefined,
      { asked: "digest of k1", answered: sha256Hex('{"mass":"1 kg","é":[]}') },
      { asked: "digest of k2", answered: sha256Hex("null") },
    ]);
  });
}

function conflictContract(name: string, make: () => Promise<LedgerStore<TestRecords>>): void {
  test(`${name} P3: nothing is written when what was read has changed`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [noted("note", "A")]));
    await store.append(batchOf("k2", [noted("note", "A")]));
    assert.equal((await store.load("note", "A"))?.seq, 2);
    const reading = (...reads: [string, number][]) => ({ reads: new Map(reads) });
    const stale = await store.append(batchOf("k3", [noted("note", "B")], reading(["note/A", 1])));
    assert.deepEqual(stale.ok || [stale.refusal.code, stale.refusal.at], ["someone_wrote_first", "note/A"]);
    const absent = await store.append(batchOf("k4", [noted("note", "B")], reading(["note/A", 0])));
    assert.equal(outcome(absent), "someone_wrote_first");
    const gone = await store.append(batchOf("k5", [noted("note", "B")], reading(["note/B", 1])));
    assert.equal(outcome(gone), "someone_wrote_first");
    assert.equal((await store.entries({ after: 0, limit: 10 })).length, 2);
    assert.equal(await store.answerTo("k3"), undefined);
    const fresh = batchOf("k3", [noted("note", "B")], reading(["note/A", 2], ["note/B", 0]));
    assert.equal(outcome(await store.append(fresh)), "done");
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

  test(`${name} P4: of twenty with one key at once, one is carried out`, async () => {
    const store = await make();
    const asks = Array.from({ length: 20 }, (_, i) => store.append(batchOf("k", [noted("note", `N${i}`)])));
    const answers = await Promise.all(asks);
    assert.equal(answers.filter((a) => a.ok).length, 1);
    assert.equal((await store.entries({ after: 0, limit: 50 })).length, 1);
  });

  test(`${name} P10: twenty writers that read, decide and try again lose no update`, async () => {
    const store = await make();
    await store.append(batchOf("start", [noted("count", "C", { n: 0 })]));
    const raise = async (key: string): Promise<void> => {
      for (let attempt = 0; attempt < 400; attempt++) {
        const before = await store.load("count", "C");
        assert.ok(before);
        const n = Number(before.record["n"]) + 1;
        const reads = new Map([["count/C", before.seq]]);
        const result = await store.append(batchOf(key, [noted("count", "C", { n })], { reads }));
        if (result.ok) return;
        assert.equal(result.refusal.code, "someone_wrote_first");
      }
      assert.fail("never got its turn");
    };
    await Promise.all(Array.from({ length: 20 }, (_, i) => raise(`k${i}`)));
    assert.deepEqual((await store.load("count", "C"))?.record, { id: "C", n: 20, times: 21 });
    const entries = await store.entries({ after: 0, limit: 50 });
    assert.deepEqual(
      entries.map((e) => e.seq),
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
  });

  test(`${name} P11: an entry sees what the entries before it in its batch wrote`, async () => {
    const store = await make();
    await store.append(batchOf("k1", [noted("note", "A"), noted("note", "A"), noted("note", "B")]));
    assert.deepEqual(await store.load("note", "A"), { seq: 2, record: { id: "A", times: 2 } });
    assert.equal((await store.load("note", "B"))?.seq, 3);
  });
}

function readingContract(name: string, make: () => Promise<LedgerStore<TestRecords>>): void {
  test(`${name} P5: lists are paged by id and filtered by top-level texts`, async () => {
    const store = await make();
    const names = ["L-C", "L-a", "L-B", "L-d-1", "L-d"];
    await store.append(
      batchOf(
        "k",
        names.map((id) => opened(id)),
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
      seen.push(...page.items.map((i) => i.record.id));
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(seen, ["L-B", "L-C", "L-a", "L-d", "L-d-1"]);
    const count = async (collection: "lot" | "other", where: Record<string, string>) =>
      (await store.list({ collection, limit: 9, where })).items.length;
    assert.equal(await count("lot", { owner: "nobody" }), 0);
    assert.equal(await count("lot", { owner: "sample-recycler", state: "on_hand", made_by: "C-1" }), 5);
    assert.equal(await count("other", { owner: "sample-recycler" }), 0);
  });

  test(`${name} P5: a filter is a text and a name, whatever they look like`, async () => {
    const store = await make();
    const fields = { kind: "a", n: 5, list: ["x"], "it's": "o'k", owner: 7 };
    await store.append(batchOf("k", [noted("note", "A", fields)]));
    const found = async (where: Record<string, string>) =>
      (await store.list({ collection: "note", limit: 9, where })).items.length;
    assert.equal(await found({ kind: "a", "it's": "o'k" }), 1);
    for (const where of [
      { n: "5" },
      { list: "x" },
      { owner: "7" },
      { absent: "" },
      { "kind' or '1'='1": "a" },
    ])
      assert.equal(await found(where as unknown as Record<string, string>), 0, JSON.stringify(where));
  });

  test(`${name} P5: a flag deep in a record is found by its path, and is not a text`, async () => {
    const store = await make();
    const made = [true, false, "false", null].map((closes, i) =>
      noted("note", `N-${i}`, { closure: { closes } }),
    );
    await store.append(batchOf("k", [...made, noted("note", "N-9", { closure: 1 })]));
    const found = async (is: boolean, ...path: string[]) =>
      (await store.list({ collection: "note", limit: 9, flag: { path, is } })).items.map((i) => i.record.id);
    assert.deepEqual(await found(false, "closure", "closes"), ["N-1"]);
    assert.deepEqual(await found(true, "closure", "closes"), ["N-0"]);
    assert.deepEqual(await found(true, "closure"), []);
    assert.deepEqual(await found(true, "x'; --", "y"), []);
  });

  test(`${name} P12: what changed since an entry is listed by it, each record once and as it is now`, async () => {
    const store = await make();
    assert.deepEqual(await store.moment(), { seq: 0, rebuilt: 0 });
    await store.append(batchOf("k1", [noted("note", "A"), noted("note", "B"), noted("other", "C")]));
    await store.append(batchOf("k2", [noted("note", "B"), noted("note", "D")]));
    assert.deepEqual(await store.moment(), { seq: 5, rebuilt: 0 });
    const since = async (seq: number) =>
      (await store.list({ collection: "note", limit: 9, since: seq })).items.map(
        ({ id, seq, record }) => `${id} ${seq} ${record.times}`,
      );
    assert.deepEqual(await since(0), ["A 1 1", "B 4 2", "D 5 1"]);
    assert.deepEqual(await since(1), ["B 4 2", "D 5 1"]);
    assert.deepEqual(await since(5), []);
    const page = await store.list({ collection: "note", limit: 1, since: 1 });
    assert.deepEqual([page.items.length, page.next], [1, "B"]);
  });

  test(`${name} P6: lineage goes up and down, nearest first, each lot once`, async () => {
    const store = await make();
    await store.append(batchOf("open", [opened("L-1", 9000)]));
    const steps: [string, { from: { lot: string; mass_mg?: number }[]; into: Record<string, number> }][] = [
      ["S1", { from: [{ lot: "L-1", mass_mg: 1000 }], into: { "L-3": 600, "L-2": 400 } }],
      ["S2", { from: [{ lot: "L-2" }], into: { "L-4": 400 } }],
      ["S3", { from: [{ lot: "L-3" }, { lot: "L-4" }], into: { "L-5": 1000 } }],
    ];
    for (const [step, given] of steps) await store.append(batchOf(step, [await stepped(store, step, given)]));
    const walk = async (lot: string, direction: "up" | "down", limit = 99) => {
      const { nodes, truncated } = await store.lineage({ lot, direction, limit });
      return [...nodes.map((n) => `${n.lot}@${n.depth}`), ...(truncated ? ["more"] : [])];
    };
    assert.deepEqual(await walk("L-5", "up"), ["L-5@0", "L-3@1", "L-4@1", "L-1@2", "L-2@2"]);
    assert.deepEqual(await walk("L-1", "down"), ["L-1@0", "L-2@1", "L-3@1", "L-4@2", "L-5@2"]);
    assert.deepEqual(await walk("L-1", "down", 2), ["L-1@0", "L-2@1", "more"]);
    assert.deepEqual(await walk("L-1", "down", 5), await walk("L-1", "down"));
    assert.deepEqual(await walk("L-none", "up"), []);
    const { nodes } = await store.lineage({ lot: "L-4", direction: "up", limit: 1 });
    assert.deepEqual(nodes[0]?.record, (await store.load("lot", "L-4"))?.record);
  });

  test(`${name} P6: lineage of any books is the walk a map would do`, async () => {
    const links = fc.array(fc.array(fc.nat(200), { maxLength: 4 }), { minLength: 2, maxLength: 60 });
    const store = await make();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(links, fc.nat(), fc.integer({ min: 1, max: 70 }), async (given, at, limit) => {
        run++;
        const id = (i: number) => `${run}-${String((i * 37) % 101).padStart(3, "0")}-${i}`;
        const parents = given.map((all, i) => [...new Set(i === 0 ? [] : all.map((p) => p % i))].map(id));
        const lots = parents.map((of, i) =>
          noted("lot", id(i), {
            parents: of.map((lot) => ({ lot, mass_mg: 1 })),
            children: parents.flatMap((p, child) => (p.includes(id(i)) ? [id(child)] : [])),
          }),
        );
        await store.append(batchOf(`run ${run}`, lots));
        const lot = id(at % given.length);
        for (const direction of ["up", "down"] as const) {
          const asked = await store.lineage({ lot, direction, limit });
          const wanted = walkMap(
            lots.map((l) => l.body as never),
            { lot, direction },
          );
          assert.deepEqual(
            asked.nodes.map((n) => `${n.lot}@${n.depth}`),
            wanted.slice(0, limit),
          );
          assert.equal(asked.truncated, wanted.length > limit);
        }
      }),
      { numRuns: 25, seed: 2 },
    );
  });
}

interface NotedLot {
  readonly id: string;
  readonly fields: { readonly parents: { lot: string }[]; readonly children: string[] };
}

/** Distances by relaxing until nothing changes: slow, and written without looking at a queue. */
function walkMap(lots: NotedLot[], from: { lot: string; direction: "up" | "down" }): string[] {
  const depth = new Map([[from.lot, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, fields } of lots) {
      const mine = depth.get(id);
      if (mine === undefined) continue;
      const beside = from.direction === "up" ? fields.parents.map((p) => p.lot) : fields.children;
      for (const other of beside) {
        if ((depth.get(other) ?? Number.POSITIVE_INFINITY) <= mine + 1) continue;
        depth.set(other, mine + 1);
        changed = true;
      }
    }
  }
  return [...depth]
    .sort(([a, da], [b, db]) => da - db || (a < b ? -1 : 1))
    .map(([lot, at]) => `${lot}@${at}`);
}
