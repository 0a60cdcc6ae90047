import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, KG, lotsOf, out, perform, stepOf } from "../../test/support/ledger.ts";
import { type Measured, measured } from "../quantity/index.ts";
import { restatement } from "./decide.ts";
import { applyLedger, assayAnew, type Lot } from "./index.ts";

const settled = async () => {
  const book = await bookWith([{ id: "L-0", mass_mg: 100 * KG, elements: { Nd: 20 * KG } }]);
  book.put("lot", "L-0", { ...(lotsOf(book).get("L-0") as Lot), feeds_mg: { "L-0": { Nd: 20 * KG } } });
  return book;
};

const assay = (nd_mg_per_kg: number) => ({
  by: "assay" as const,
  laboratory: "lab",
  mg_per_kg: { Nd: { best: nd_mg_per_kg, sd: 6000 } },
});

test("L38: a rise within the doubt of each step is marked when all of them together are beyond it, and drawing does not hide it", async () => {
  const book = await settled();
  const marks: unknown[] = [];
  for (const [i, nd] of [208_000, 204_000, 209_000, 215_000, 206_000].entries()) {
    const whole = stepOf({
      step: `S-${i}`,
      inputs: [{ lot: `L-${i}` }],
      outputs: [out(`L-${i + 1}`, 100 * KG, assay(nd))],
    });
    const done = await perform(book, whole);
    assert.ok(done.ok, done.ok ? "" : done.refusal.message);
    marks.push(lotsOf(book).get(`L-${i + 1}`)?.raised);
  }
  // Four per cent, less, and again: no more than a twentieth above the twenty kilograms; then seven and a half, and it stays marked.
  assert.deepEqual(marks, [undefined, undefined, undefined, ["Nd"], ["Nd"]]);
  const halved = await settled();
  const halves = [out("A", 50 * KG, assay(208_000)), out("B", 50 * KG, assay(208_000))];
  assert.ok((await perform(halved, stepOf({ inputs: [{ lot: "L-0" }], outputs: halves }))).ok);
  const part = { inputs: [{ lot: "A", mass_mg: 10 * KG }], outputs: [out("C", 10 * KG, assay(216_000))] };
  assert.ok((await perform(halved, stepOf({ step: "S-2", ...part }))).ok);
  assert.deepEqual(lotsOf(halved).get("C")?.raised, ["Nd"], "four per cent of it came in the step before");
});

test("L38: a reading that lies far apart from what was made is marked, however wide the doubt that the two show", async () => {
  const book = await bookWith([{ id: "L-0", mass_mg: 100 * KG, elements: { Nd: 20 * KG } }]);
  await perform(book, stepOf({ inputs: [{ lot: "L-0" }], outputs: [out("L-1", 100 * KG, assay(200_000))] }));
  const lot = lotsOf(book).get("L-1") as Lot;
  const read = async (reading: Measured) => {
    const [line] = assayAnew(lot.elements_mg, { Nd: reading }, () => "apart:Y-1/Nd");
    assert.ok(line);
    const why = { at: "2026-01-04T00:00:00Z", why: "assayed_again" as const, evidence: "Y-1" };
    const body = restatement(lot, { ...why, elements_mg: { ...lot.elements_mg, Nd: line.held } });
    book.put("lot", "L-1", lot);
    await applyLedger(book, { kind: "lot_restated", body });
    return [line.agrees, lotsOf(book).get("L-1")?.raised];
  };
  assert.deepEqual(await read(measured(60 * KG, 100_000, "y")), [false, ["Nd"]]);
  assert.deepEqual(await read(measured(21 * KG, 600_000, "y")), [true, undefined]);
  assert.deepEqual(await read(measured(5 * KG, 100_000, "y")), [false, undefined], "less is no rise");
});
