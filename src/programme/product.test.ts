import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import { applyProgramme, decideProduct, type ProgrammeRecords } from "./index.ts";

const NDPR = {
  product: "NdPr-oxide",
  name: "NdPr oxide",
  form: "oxide",
  elements: ["Nd", "Pr"],
  ratio: { Nd: { from: 0.75, to: 0.8 }, Pr: { from: 0.2, to: 0.25 } },
} as const;
const at = "2026-03-02T14:00:00.000Z";
const code = (more: object) => {
  const said = decideProduct(undefined, { ...NDPR, ...more });
  return said.ok ? "done" : `${said.refusal.code} ${said.refusal.at}`;
};

test("G8: a product is defined once, of elements that its form has a formula for", () => {
  assert.equal(code({}), "done");
  const again = decideProduct({ ...NDPR, at }, NDPR);
  assert.equal(again.ok ? "done" : again.refusal.code, "product_name_taken");
  assert.equal(code({ product: "Nd2O3" }), "product_name_taken product");
  assert.equal(code({ elements: ["Nd", "Tc"] }), "element_unknown elements[1]");
  assert.equal(code({ elements: ["Nd", "Fe"], ratio: {} }), "element_unknown elements[1]");
  assert.equal(code({ elements: ["Nd", "Fe"], form: "metal", ratio: {} }), "done");
  assert.equal(code({ elements: ["Nd", "Fe"], formulas: { Fe: "Fe2O3" }, ratio: {} }), "done");
  assert.equal(code({ elements: ["Nd", "Pr", "Nd"] }), "element_named_twice elements[2]");
});

test("G8: a formula is of its element, and bands of parts can add up to one", () => {
  assert.equal(code({ formulas: { Pr: "Pr2O3" } }), "done");
  assert.equal(code({ formulas: { Pr: "NdPrO3" } }), "formula_differs formulas.Pr");
  assert.equal(code({ formulas: { Dy: "Dy2O3" } }), "formula_differs formulas.Dy");
  assert.equal(code({ ratio: { Dy: { from: 0, to: 1 } } }), "ratio_impossible ratio.Dy");
  assert.equal(code({ ratio: { Nd: { from: 0.8, to: 0.7 } } }), "ratio_impossible ratio.Nd");
  assert.equal(
    code({ ratio: { Nd: { from: 0.9, to: 1 }, Pr: { from: 0.2, to: 1 } } }),
    "ratio_impossible ratio",
  );
  assert.equal(
    code({ ratio: { Nd: { from: 0, to: 0.5 }, Pr: { from: 0, to: 0.4 } } }),
    "ratio_impossible ratio",
  );
  assert.equal(code({ ratio: { Nd: { from: 0.75, to: 0.8 } } }), "done", "the rest is the other's");
});

test("G8: a product is on the books as it was defined", async () => {
  const book = new MemoryBook<ProgrammeRecords>();
  const decided = decideProduct(undefined, NDPR);
  assert.ok(decided.ok);
  await applyProgramme(book, { kind: "product_defined", body: { ...decided.value, at } });
  assert.deepEqual(await book.get("product", "NdPr-oxide"), { ...NDPR, at });
});
