import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { ATOMIC_WEIGHTS, isElement, RARE_EARTHS, readOxide, TRADED_OXIDE } from "./index.ts";

const fraction = (formula: string) => {
  const oxide = readOxide(formula);
  assert.ok(oxide.ok);
  return oxide.value.metalFraction.toDecimalPlaces(6).toString();
};

test("X1: oxide factors come from atomic weights", () => {
  // By hand: 2*144.242 / (2*144.242 + 3*15.999), 6*140.90766 / (6*140.90766 + 11*15.999)
  assert.equal(fraction("Nd2O3"), "0.857356");
  assert.equal(fraction("Pr6O11"), "0.827704");
  assert.notEqual(fraction("Pr6O11"), fraction("Pr2O3"));
});

test("X2: every rare earth has an atomic weight and a traded oxide of its own metal", () => {
  for (const element of RARE_EARTHS) {
    assert.ok(isElement(element) && Number(ATOMIC_WEIGHTS[element]) > 0);
    const oxide = readOxide(TRADED_OXIDE[element] ?? "");
    assert.ok(oxide.ok && oxide.value.metal === element);
  }
});

test("X3: what is not an oxide of one metal is refused", () => {
  for (const [formula, code] of [
    ["", "formula_unreadable"],
    ["nd2o3", "formula_unreadable"],
    ["Xx2O3", "element_unknown"],
    ["NdFeO3", "formula_not_an_oxide"],
    ["Nd", "formula_not_an_oxide"],
    ["O2", "formula_not_an_oxide"],
  ] as const) {
    const read = readOxide(formula);
    assert.equal(read.ok ? "done" : read.refusal.code, code, formula);
  }
});

const published = caseFile("settlement", "settlement-cases.json");
test("X4: a plant's printed factor table, recomputed: two of fifteen are wrong", {
  skip: skipWithout(published),
}, () => {
  const { cases } = JSON.parse(readFileSync(published, "utf8"));
  const table = cases.find((c: { id: string }) => c.id === "re-oxide-to-metal-factors");
  const off = table.recomputed
    .filter((row: { oxide: string; published_factor: string }) => {
      const oxide = readOxide(row.oxide);
      assert.ok(oxide.ok);
      return Math.abs(oxide.value.metalFraction.toNumber() - Number(row.published_factor)) > 1.5e-4;
    })
    .map((row: { oxide: string }) => row.oxide);
  assert.ok(off.includes("Er2O3") && off.includes("La2O3"));
});
