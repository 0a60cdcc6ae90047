import assert from "node:assert/strict";
import { test } from "node:test";
import { type Lot, MemoryBook } from "../ledger/index.ts";
import {
  type AssayRecords,
  type AssayReported,
  applyAssay,
  decideReport,
  decideSampling,
  type Sample,
  type SampleTaken,
  visibleReports,
} from "./index.ts";

const taken: SampleTaken = {
  sample: "Y",
  lot: "L",
  at: "2026-01-01T00:00:00Z",
  method: "riffle",
  increments_count: 10,
  portions: [
    { side: "supplier", seal: "1", mass_mg: 150_000 },
    { side: "processor", seal: "2", mass_mg: 150_000 },
    { side: "umpire", seal: "3", mass_mg: 150_000 },
  ],
  witnessed_by: [],
};
const report = (side: AssayReported["side"], change: Partial<AssayReported> = {}): AssayReported => ({
  sample: "Y",
  side,
  laboratory: `lab of the ${side}`,
  method: "ICP",
  at: "2026-01-02T00:00:00Z",
  mg_per_kg: { Nd: { best: 220_000, sd: 900 }, Tb: { below: 50 } },
  ...change,
});
const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);

async function world() {
  const book = new MemoryBook<AssayRecords>();
  await applyAssay(book, { kind: "sample_taken", body: taken });
  const sample = () => book.get("sample", "Y");
  const add = async (given: AssayReported) => {
    const decided = decideReport(await sample(), given, { joint: [], umpire_by: "both" });
    if (decided.ok) await applyAssay(book, { kind: "assay_reported", body: decided.value });
    return code(decided);
  };
  return { sample, add };
}

/** A lot as far as a sampler looks at it. */
const lotOf = (change: Partial<Lot> = {}): Lot => ({
  ...{ id: "L", kind: "magnets", owner: "o", place: "p", state: "on_hand", made_by: "S", notes: {} },
  ...{ mass_mg: { best: 1_000_000, moves: {} }, elements_mg: {}, feeds_mg: {}, data_from: [] },
  opened: { at: "2025-12-31T00:00:00Z", mass_mg: { best: 1_000_000, moves: {} }, elements_mg: {} },
  ...{ parents: [], children: [] },
  ...change,
});

test("Y1: three portions, each with a seal and a weight of its own", () => {
  const lot = lotOf();
  assert.equal(code(decideSampling(undefined, lot, taken)), "done");
  assert.equal(code(decideSampling(undefined, undefined, taken)), "lot_unknown");
  assert.equal(code(decideSampling(undefined, lotOf({ state: "consumed" }), taken)), "lot_not_held");
  const [a, b] = taken.portions;
  assert.ok(a && b);
  assert.equal(code(decideSampling(undefined, lot, { ...taken, portions: [a, b] })), "portions_incomplete");
  assert.equal(
    code(
      decideSampling(undefined, lot, {
        ...taken,
        portions: taken.portions.map((p) => ({ ...p, seal: "1" })),
      }),
    ),
    "seal_used_twice",
  );
  assert.equal(
    code(
      decideSampling(undefined, lot, {
        ...taken,
        portions: taken.portions.map((p) => ({ ...p, mass_mg: 0 })),
      }),
    ),
    "portion_empty",
  );
  const whole = { mass_mg: { best: 449_999, moves: {} } };
  assert.equal(code(decideSampling(undefined, lotOf(whole), taken)), "mass_exceeds_lot");
});

test("Y2: any element with a standard weight may be reported; one without is refused, and told why", async () => {
  const contact = { Pd: { best: 12_000, sd: 100 }, Pt: { best: 3000, sd: 50 }, Rh: { best: 40, sd: 4 } };
  const traces = {
    Ru: { best: 2, sd: 1 },
    Hg: { best: 1, sd: 1 },
    Rb: { best: 3, sd: 1 },
    Cs: { best: 1, sd: 1 },
  };
  const { add } = await world();
  assert.equal(await add(report("supplier", { mg_per_kg: { ...contact, ...traces } })), "done");
  const other = await world();
  assert.equal(
    await other.add(report("supplier", { mg_per_kg: { Pm: { best: 1, sd: 0 } } })),
    "element_unknown",
  );
});

test("Y2: what cannot be a result is refused by its place", async () => {
  const { add } = await world();
  assert.equal(await add(report("supplier", { mg_per_kg: {} })), "results_missing");
  assert.equal(await add(report("supplier", { mg_per_kg: { Xx: { best: 1, sd: 0 } } })), "element_unknown");
  assert.equal(
    await add(report("supplier", { mg_per_kg: { Nd: { best: -1, sd: 0 } } })),
    "reading_unreadable",
  );
  assert.equal(
    await add(report("supplier", { mg_per_kg: { Nd: { best: Number.NaN, sd: 0 } } })),
    "reading_unreadable",
  );
  assert.equal(
    await add(
      report("supplier", { mg_per_kg: { Nd: { best: 600_000, sd: 1 }, Fe: { best: 500_000, sd: 1 } } }),
    ),
    "sum_above_whole",
  );
  assert.equal(
    await add(report("supplier", { moisture_pct: { best: 100, sd: 0 } })),
    "moisture_out_of_range",
  );
});

test("Y3 Y4: blind until both have reported; the umpire comes after; a correction says why", async () => {
  const { sample, add } = await world();
  assert.equal(await add(report("umpire")), "exchange_not_complete");
  assert.equal(await add(report("supplier")), "done");
  assert.equal(visibleReports((await sample()) as Sample), "sealed");
  assert.equal(await add(report("supplier", { corrects: "before the exchange" })), "done");
  assert.equal(await add(report("supplier")), "already_reported");
  assert.equal(await add(report("processor", { corrects: "typo" })), "nothing_to_correct");
  assert.equal(await add(report("processor")), "done");
  assert.notEqual(visibleReports((await sample()) as Sample), "sealed");
  assert.equal(await add(report("supplier", { corrects: "after seeing theirs" })), "exchange_over");
  assert.equal(await add(report("umpire")), "done");
  assert.equal(await add(report("supplier", { corrects: "wrong dilution" })), "exchange_over");
});
