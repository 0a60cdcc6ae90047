import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { apportion, combine, measured, mulDiv, readMass, showMass, spread } from "./index.ts";

test("Q1: parts of a whole number add up to it, whatever the weights", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e12 }),
      fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 20 }),
      (total, weights) => {
        fc.pre(weights.some((w) => w > 0));
        const parts = apportion(total, weights);
        assert.equal(
          parts.reduce((a, b) => a + b, 0),
          total,
        );
        parts.forEach((part, i) => {
          assert.ok(part >= 0 && (weights[i] !== 0 || part === 0 || part === 1));
        });
      },
    ),
  );
});

test("Q2: one rounding per step, its direction named", () => {
  assert.equal(mulDiv(7, 1, 2, "down"), 3);
  assert.equal(mulDiv(7, 1, 2, "up"), 4);
  assert.equal(mulDiv(7, 1, 2, "halfEven"), 4);
  assert.equal(mulDiv(5, 1, 2, "halfEven"), 2);
  assert.equal(mulDiv(-7, 1, 2, "down"), -4);
  assert.equal(mulDiv(2 ** 50, 2 ** 40, 2 ** 41, "down"), 2 ** 49);
  assert.throws(() => mulDiv(2 ** 52, 2 ** 52, 1, "down"));
});

test("Q3: masses are read with their unit, exactly, or refused", () => {
  const mg = (text: string) => {
    const read = readMass(text, "mass");
    return read.ok ? read.value : read.refusal.code;
  };
  assert.equal(mg("1,250.5 kg"), 1_250_500_000);
  assert.equal(mg("1 lb"), 453_592);
  assert.equal(mg("1000 lbs"), 453_592_370);
  assert.equal(mg("1 short ton"), 907_184_740);
  assert.equal(mg("12"), "mass_unit_unknown");
  assert.equal(mg("12 tons"), "mass_unit_unknown");
  assert.equal(mg("-1 kg"), "mass_negative");
  assert.equal(mg("1,2 kg"), "mass_unreadable");
  assert.equal(mg("1e99 t"), "mass_too_large");
  assert.equal(mg("500000.001 t"), "mass_too_large");
  assert.equal(mg("500000 t"), 5e14);
  assert.equal(mg("NaN kg"), "mass_unreadable");
  assert.equal(showMass(1_250_500_000, "kg"), "1250.5");
});

test("Q4: a shared cause adds before squaring, separate causes in quadrature", () => {
  const a = measured(10, 3, "scale");
  const b = measured(20, 4, "scale");
  const c = measured(20, 4, "other");
  assert.equal(
    spread(
      combine([
        [1, a],
        [1, b],
      ]),
    ),
    7,
  );
  assert.equal(
    spread(
      combine([
        [1, a],
        [1, c],
      ]),
    ),
    5,
  );
  assert.equal(
    spread(
      combine([
        [1, a],
        [-1, a],
      ]),
    ),
    0,
  );
});
