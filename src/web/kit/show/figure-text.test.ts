import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decimals,
  exactText,
  groupedText,
  massText,
  numberText,
  percentText,
  placesFor,
  spreadOf,
  unitFor,
} from "./figure-text.ts";

const shown = (mass_mg: number, given: Parameters<typeof massText>[1] = {}) => {
  const { best, half, unit } = massText(mass_mg, given);
  return `${best}${half ? ` ± ${half}` : ""} ${unit}`;
};

test("W1: a mass is shown with half its 90 % interval, both to the same decimals", () => {
  assert.equal(shown(12_345_678, { sd_mg: 243_000 }), "12.3 ± 0.4 kg");
  assert.equal(shown(12_345_678, { sd_mg: 100_000 }), "12.35 ± 0.16 kg");
  assert.equal(shown(1_661_398, { sd_mg: 844_745 }), "1.7 ± 1.4 kg");
  assert.equal(shown(250, { sd_mg: 30 }), "0.25 ± 0.05 g");
});

test("W1: a mass without a stated doubt shows none, and never more than whole milligrams", () => {
  assert.equal(shown(13_361_100_000), "13,361 kg");
  assert.equal(shown(4_000_000), "4.000 kg");
  assert.equal(shown(7), "7 mg");
  assert.equal(shown(0), "0 mg");
  assert.equal(shown(1, { unit: "kg" }), "0.000001 kg");
});

test("W1: the unit of a column holds for all of it", () => {
  assert.equal(unitFor(250_000_000_000), "t");
  assert.equal(shown(5_000, { unit: "kg", sd_mg: 1_000 }), "0.0050 ± 0.0016 kg");
});

test("W1: what is shown differs from what was measured by at most half of the last digit", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 1, max: 1e10 }), (mg, sd) => {
      const { best } = massText(mg, { sd_mg: sd, unit: "kg" });
      const read = Number(best.replaceAll(",", "").replace("\u2212", "-"));
      const places = Math.min(6, placesFor((1.645 * sd) / 1e6));
      assert.ok(Math.abs(read - mg / 1e6) <= 0.5 * 10 ** -places * (1 + 1e-9) + 1e-9);
    }),
  );
});

test("W1: a minus is a minus sign, and nothing is minus nothing", () => {
  assert.equal(decimals(-1.25, 1), "\u22121.3");
  assert.equal(decimals(-0.001, 1), "0.0");
});

test("W2: near 100 % the nines can be told apart", () => {
  assert.equal(percentText(0.9574), "95.7 %");
  assert.equal(percentText(0.99998), "99.9980 %");
  assert.equal(percentText(0.5), "50.0 %");
  assert.equal(percentText(1), "100.0 %");
});

test("W1: causes of doubt add in quadrature", () => {
  assert.equal(spreadOf({ moves: { a: 3, b: -4 } }), 5);
  assert.deepEqual(numberText(22.027, { sd: 0.06, unit: "%" }), { best: "22.03", half: "0.10", unit: "%" });
});

test("W3: money and oxide are rounded as text, half up, with no binary float between", () => {
  assert.equal(exactText("56.353336903559823628703844927279", 3), "56.353");
  assert.equal(exactText("1234567.005", 2), "1,234,567.01");
  assert.equal(exactText("-0.0004", 3), "0.000");
  assert.equal(exactText("-12.5", 0), "\u221213");
  assert.equal(exactText("2036.4", 2), "2,036.40");
  assert.equal(exactText("split", 2), "split");
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: 0, max: 6 }),
      (n, places) => {
        const text = exactText(`${n}`, places).replaceAll(",", "").replace("\u2212", "-");
        assert.equal(BigInt(text.split(".")[0] ?? ""), n);
      },
    ),
  );
});

test("W27: what an agreement prints keeps every digit; its thousands are separated", () => {
  assert.equal(groupedText("7340.81"), "7,340.81");
  assert.equal(groupedText("2036.4"), "2,036.4");
  assert.equal(groupedText("-0.002222045137"), "\u22120.002222045137");
  assert.equal(groupedText("0.857356"), "0.857356");
  assert.equal(groupedText("split"), "split");
});

test("W1: a mass smaller than its doubt is said in the unit of the doubt", () => {
  assert.deepEqual(massText(0, { sd_mg: 1_044_030 }), { best: "0.0", half: "1.7", unit: "kg" });
  assert.deepEqual(massText(-3, { sd_mg: 2 }), { best: "\u22123", half: "3", unit: "mg" });
});
