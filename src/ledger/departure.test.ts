import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { applyLedger, decideDeparture } from "./index.ts";

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
