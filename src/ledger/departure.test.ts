import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { inHalves } from "../quantity/index.ts";
import { applyLedger, decideDeparture, decideStep, lossDeparts } from "./index.ts";

test("L23: no magnet leaves before the destruction record is accepted", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: KG, data: ["C-1"] }]);
  const lot = lotsOf(book).get("L-1");
  const move = { from: "site", at: "2026-01-03T00:00:00Z", shipment: "B-1" };
  const ask = (open_devices: number, unresolved_rows: number) =>
    decideDeparture([{ id: "L-1", lot }], new Map([["C-1", { open_devices, unresolved_rows }]]), move);
  for (const [devices, rows, said] of [
    [3, 0, /3 data-bearing devices of C-1/],
    [0, 2, /2 rows of the manifest of C-1/],
  ] as const) {
    const refused = ask(devices, rows);
    assert.equal(refused.ok ? "done" : refused.refusal.code, "data_not_destroyed");
    assert.match(refused.ok ? "" : refused.refusal.message, said);
  }
  assert.equal(ask(0, 0).ok, true);
  const unknown = decideDeparture([{ id: "L-1", lot }], new Map(), move);
  assert.equal(unknown.ok ? "done" : unknown.refusal.code, "data_not_destroyed");
});

test("L23: the hold passes through every step", async () => {
  const book = await bookWith([
    { id: "L-1", mass_mg: KG, data: ["C-1"] },
    { id: "L-2", mass_mg: KG, data: [] },
  ]);
  await perform(book, stepOf({ inputs: [{ lot: "L-1" }, { lot: "L-2" }], outputs: [out("L-3", 2 * KG)] }));
  assert.deepEqual(lotsOf(book).get("L-3")?.data_from, ["C-1"]);
});

test("L23: a lot held later waits like one held from the start, and keeps what it waited for", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: KG, data: ["C-2"] }]);
  const body = {
    lots: ["L-1"],
    consignment: "C-1",
    at: "2026-01-03T00:00:00Z",
    why: "a phone among the cables",
  };
  await applyLedger(book, { kind: "lots_held", body });
  assert.deepEqual(lotsOf(book).get("L-1")?.data_from, ["C-1", "C-2"]);
});

test("L23: what a step loses of a lot that waits for its data departs, but for dust, weighing and gas that is known", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 100 * KG, elements: { Nd: KG }, data: ["C-1"] }]);
  const lots = [...lotsOf(book).values()];
  type More = { by?: "none" | "share"; open?: number; gases?: string[]; given_off_mg?: number };
  const asked = (made_mg: number, more: More = {}) => {
    const { by = "share", open = 1, gases = ["steam"], given_off_mg = 0 } = more;
    const loss = { place: "steam", mass_mg: 100 * KG - made_mg, doubt_mg: inHalves(0), scale: "B" };
    const decided = decideStep(
      lotsOf(book),
      { names: new Set(), takings: new Map() },
      stepOf({
        inputs: [{ lot: "L-1" }],
        outputs: made_mg > 0 ? [{ ...out("L-2", made_mg), content: { by: "rest" } }] : [],
        losses: [{ ...loss, content: { by } }],
      }),
    );
    assert.ok(decided.ok, JSON.stringify(decided));
    const waits = new Map([["C-1", { open_devices: open, unresolved_rows: 0 }]]);
    const gone = lossDeparts(lots, waits, { step: decided.value, gases: new Set(gases), given_off_mg });
    return gone?.refusal.code ?? "done";
  };
  assert.equal(asked(99.95 * KG), "done", "dust");
  assert.equal(asked(99.8 * KG), "data_not_destroyed");
  assert.equal(asked(0), "data_not_destroyed", "all of it");
  assert.equal(asked(0, { open: 0 }), "done", "nothing waits");
  assert.equal(asked(95 * KG, { by: "none" }), "done", "gas without metal");
  assert.equal(asked(95 * KG), "data_not_destroyed", "it carries metal");
  assert.equal(
    asked(95 * KG, { by: "none", gases: [] }),
    "data_not_destroyed",
    "no step is known to give it off",
  );
  assert.equal(asked(80 * KG, { by: "none" }), "data_not_destroyed", "no gas weighs that much");
  const off = { by: "none", given_off_mg: 8 * KG } as const;
  assert.equal(asked(98 * KG, off), "done", "L60: a tenth of what it was");
  assert.equal(asked(97 * KG, off), "data_not_destroyed", "L60: it gave off most of it before");
});
