import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, lotsOf, out, stepOf } from "../../test/support/ledger.ts";
import { inHalves } from "../quantity/index.ts";
import type { Lot } from "./index.ts";

test("L19: a gain is booked with no reason whatever: what went in unseen is an addition with what it holds", async () => {
  const found = (nd_mg_per_kg: number, sd: number) => ({
    by: "assay" as const,
    laboratory: "lab",
    mg_per_kg: { Nd: { best: nd_mg_per_kg, sd } },
  });
  const open = { accept_open: "richer than was thought" };
  const code = async (settled: boolean, nd: number, sd: number, more: object = open) => {
    const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 2 * KG } }]);
    const lot = lotsOf(book).get("L-1") as Lot;
    if (settled) book.put("lot", "L-1", { ...lot, feeds_mg: { "L-1": { Nd: 2 * KG } } });
    const decided = decideOn(book, stepOf({ outputs: [out("L-10", 10 * KG, found(nd, sd))], ...more }));
    return decided.ok ? "done" : `${decided.refusal.code} ${decided.refusal.at}`;
  };
  // Two kilograms, known to 0.1 kg: 0.3 kg more may be found, half a kilogram not.
  assert.equal(await code(false, 228_000, 0), "done");
  assert.equal(await code(false, 250_000, 0), "element_does_not_close elements.Nd");
  assert.equal(await code(false, 150_000, 0), "done", "a loss is booked with its reason");
  assert.equal(await code(false, 250_000, 20_000), "done", "it was assayed with a doubt that covers it");
  assert.equal(await code(true, 250_000, 20_000), "element_does_not_close elements.Nd", "not below a feed");
  assert.equal(await code(true, 209_000, 20_000), "done", "a twentieth");
  assert.equal(await code(true, 209_000, 20_000, {}), "done");
  const oxide = {
    name: "oxide",
    mass_mg: KG,
    doubt_mg: inHalves(0),
    scale: "B",
    content: found(800_000, 1000),
  };
  const given = { additions: [oxide], outputs: [out("L-10", 11 * KG, found(254_000, 1000))] };
  assert.equal(await code(true, 0, 0, given), "done", "it went in");
});

test("L15: parts that weigh more than what went in share what there was, and no more", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, sd_mg: 10_000, elements: { Nd: 2 * KG } }]);
  const parts = [out("L-10", 5 * KG), out("L-11", 5 * KG + 2000)];
  const decided = decideOn(book, stepOf({ outputs: parts }));
  assert.ok(decided.ok, decided.ok ? "" : decided.refusal.message);
  const nd = decided.value.outputs.map(({ elements_mg }) => elements_mg["Nd"]?.best ?? 0);
  assert.equal(nd[0] && nd[1] && nd[0] + nd[1], 2 * KG);
});
