import assert from "node:assert/strict";
import { test } from "node:test";
import { type Lot, MemoryBook } from "../ledger/index.ts";
import {
  type AnySample,
  type AssayRecords,
  applyAssay,
  decideProductReport,
  decideProductSampling,
  decideRelease,
  type ProductReported,
  type ProductSampleTaken,
} from "./index.ts";

const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);
const AT = "2026-01-02T00:00:00Z";

const lot = (id: string, change: Partial<Lot> = {}): Lot => ({
  ...{ id, kind: "oxide", owner: "o", place: "p", state: "on_hand", made_by: "S", notes: { oxide: "Nd2O3" } },
  ...{
    mass_mg: { best: 1, moves: {} },
    elements_mg: {},
    feeds_mg: {},
    data_from: [],
    parents: [],
    children: [],
  },
  opened: { at: "2026-01-01T00:00:00Z", mass_mg: { best: 1, moves: {} }, elements_mg: {} },
  ...change,
});
const LOTS = [
  lot("A"),
  lot("B"),
  lot("GONE", { state: "delivered" }),
  lot("PR", { notes: { oxide: "Pr6O11" } }),
];

const taken = (change: Partial<ProductSampleTaken> = {}): ProductSampleTaken => ({
  ...{ sample: "Q", lot: "A", at: AT, method: "m", increments_count: 1, composite: [], witnessed_by: [] },
  portions: [{ side: "product" }],
  ...change,
});
const drawn = (change: Partial<ProductSampleTaken>) =>
  code(decideProductSampling(undefined, new Map(LOTS.map((l) => [l.id, l])), taken(change)));
const part = (id: string, ...drums: string[]) => ({ lot: id, drums, increments_count: 4 });

test("Y14: one portion for the laboratory, one kept if any; of a lot that is there", () => {
  assert.equal(drawn({}), "done");
  assert.equal(
    drawn({
      portions: [
        { side: "product", seal: "1" },
        { side: "retained", seal: "2" },
      ],
    }),
    "done",
  );
  assert.equal(drawn({ portions: [{ side: "retained" }] }), "portions_incomplete");
  assert.equal(drawn({ portions: [{ side: "product" }, { side: "product" }] }), "portions_incomplete");
  assert.equal(
    drawn({
      portions: [
        { side: "product", seal: "1" },
        { side: "retained", seal: "1" },
      ],
    }),
    "seal_used_twice",
  );
  assert.equal(drawn({ portions: [{ side: "product", mass_mg: 0 }] }), "portion_empty");
  assert.equal(drawn({ lot: "NONE" }), "lot_unknown");
  assert.equal(drawn({ lot: "GONE" }), "lot_not_held");
  assert.equal(drawn({ at: "2025-12-31T00:00:00Z" }), "lot_not_yet_there");
  const name = decideProductSampling({ sample: "Q" } as AnySample, new Map(), taken());
  assert.equal(code(name), "sample_name_taken");
});

test("Y14: a composite names each lot once with its drums, its own among them, all of one product", () => {
  assert.equal(drawn({ composite: [part("A", "D1", "D2"), part("B", "D3")] }), "done");
  assert.equal(drawn({ composite: [part("B", "D3")] }), "composite_incomplete");
  assert.equal(drawn({ composite: [part("A", "D1"), part("A", "D2")] }), "lot_named_twice");
  assert.equal(drawn({ composite: [part("A", "D1"), part("B", "D1")] }), "drum_named_twice");
  assert.equal(drawn({ composite: [part("A", "D1"), part("PR", "D2")] }), "product_differs");
  assert.equal(drawn({ composite: [part("A", "D1"), part("GONE", "D2")] }), "lot_not_held");
});

const report = (change: Partial<ProductReported> = {}): ProductReported => ({
  ...{ sample: "Q", side: "product", laboratory: "lab", method: "m", analysed_on: "2026-01-03" },
  ...{ at: "2026-01-04T00:00:00Z", results: [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }] },
  by: { role: "chemist", party: "lab" },
  ...change,
});

test("Y15 Y18: reported once, released by another after that, and after a correction released anew", async () => {
  const book = new MemoryBook<AssayRecords>();
  const now = () => book.get("sample", "Q");
  const add = async (given: ProductReported) => {
    const decided = decideProductReport(await now(), given);
    if (decided.ok) await applyAssay(book, { kind: "product_reported", body: decided.value });
    return code(decided);
  };
  const release = async (
    role: string,
    side: "product" | "supplier" = "product",
    at = "2026-01-04T00:00:00Z",
  ) => {
    const given = { sample: "Q", side, at, by: { role, party: "lab" }, verified: false };
    const decided = decideRelease(await now(), given);
    if (decided.ok) await applyAssay(book, { kind: "assay_released", body: decided.value });
    return code(decided);
  };
  assert.equal(await add(report()), "sample_unknown");
  await applyAssay(book, { kind: "product_sample_taken", body: taken() });
  assert.equal(await add(report({ corrects: "why" })), "nothing_to_correct");
  assert.equal(await add(report({ at: "2026-01-01T00:00:00Z" })), "time_before_input");
  assert.equal(await add(report({ results: [] })), "results_missing");
  assert.equal(await release("manager"), "not_reported");
  assert.equal(await add(report()), "done");
  assert.equal(await add(report()), "already_reported");
  assert.equal(await release("chemist"), "released_by_reporter");
  assert.equal(await release("manager", "supplier"), "not_reported");
  assert.equal(await release("manager", "product", "2026-01-03T23:59:59Z"), "time_before_input");
  assert.equal(await release("manager"), "done");
  assert.equal((await now())?.state, "released");
  assert.equal(await add(report({ corrects: "c", at: "2026-01-03T23:59:59Z" })), "time_before_input");
  assert.equal(await add(report({ corrects: "another drum" })), "done");
  assert.deepEqual([(await now())?.state, (await now())?.released], ["reported", undefined]);
  assert.equal(await release("manager"), "done");
});

test("Y15: what two firms share has no results of a product", async () => {
  const exchange = { sample: "Q", reports: {}, state: "waiting" } as unknown as AnySample;
  assert.equal(code(decideProductReport(exchange, report())), "portion_missing");
});
