import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import {
  ATOMIC_WEIGHTS,
  byMagnetsFirst,
  isElement,
  MAGNET_ELEMENTS,
  RARE_EARTHS,
  readFormula,
  readOxide,
  TRADED_OXIDE,
  WITHOUT_STANDARD_WEIGHT,
  whyNoElement,
} from "./index.ts";

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

test("X5: the elements have their standard weights, in the order of the periodic table", () => {
  // IUPAC/CIAAW 2021 (Pure Appl. Chem. 94 (2022) 573): abridged to five figures; Rb, Cs, the platinum metals, Hg, and two intervals.
  const published = {
    ...{ Rb: "85.468", Cs: "132.91", Ru: "101.07", Rh: "102.91", Pd: "106.42", Re: "186.21", Os: "190.23" },
    ...{ Ir: "192.22", Pt: "195.08", Hg: "200.59", I: "126.90", Pa: "231.04", Br: "79.904", Tl: "204.38" },
  };
  for (const [element, weight] of Object.entries(published)) {
    assert.ok(isElement(element), element);
    assert.equal(ATOMIC_WEIGHTS[element], weight, element);
  }
  assert.equal(Object.keys(ATOMIC_WEIGHTS).length, 84);
  // Weights rise with the atomic number but for the four pairs that Mendeleev had to turn round, and thorium before protactinium.
  const weights = Object.entries(ATOMIC_WEIGHTS);
  const falls = weights.flatMap(([symbol, weight], k) =>
    Number(weights[k + 1]?.[1] ?? Number.POSITIVE_INFINITY) < Number(weight) ? [symbol] : [],
  );
  assert.deepEqual(falls, ["Ar", "Co", "Te", "Th"]);
});

test("X6: what has no standard weight is no analyte, and the refusal says why", () => {
  assert.equal(Object.keys(ATOMIC_WEIGHTS).length + WITHOUT_STANDARD_WEIGHT.length, 118);
  for (const symbol of WITHOUT_STANDARD_WEIGHT) {
    assert.ok(!isElement(symbol), symbol);
    const read = readFormula(`${symbol}2O3`);
    assert.ok(!read.ok && read.refusal.code === "element_unknown");
    assert.match(read.refusal.message, /no standard atomic weight/, symbol);
  }
  assert.equal(whyNoElement("Xx"), 'no element "Xx" is known here');
  assert.ok(whyNoElement("x".repeat(5000)).length < 100);
});

test("X7: the elements of magnets come first, then the other rare earths, then the rest", () => {
  const shown = ["Fe", "Sm", "Dy", "La", "B", "Tb", "Nd", "Y", "Pr"].sort(byMagnetsFirst);
  assert.deepEqual(shown, ["Pr", "Nd", "Tb", "Dy", "Y", "La", "Sm", "B", "Fe"]);
  for (const element of MAGNET_ELEMENTS) assert.ok(TRADED_OXIDE[element]);
});
