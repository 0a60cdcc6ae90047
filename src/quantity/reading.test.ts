import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { combine, type Measured, spread, subtract } from "./measured.ts";
import { alsoMoved, combineReadings, inHalves, readingOf, spreadInParts } from "./reading.ts";

const near = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)), `${a} is ${b}`);

const on = (instrument: string, own: string, best: number, random: number, shared: number) =>
  readingOf(best, { random, shared }, { own, shared: instrument });

test("Q9: readings of one instrument share its bias and nothing else", () => {
  const drums = Array.from({ length: 100 }, (_, i) => on("floor", `d${i}`, 50_000, 5, 0));
  near(spread(combine(drums.map((d) => [1, d]))), 50);
  const biased = Array.from({ length: 100 }, (_, i) => on("floor", `d${i}`, 50_000, 0, 5));
  near(spread(combine(biased.map((d) => [1, d]))), 500);
  const [a, b] = [on("floor", "a", 20_000_000, 3, 4), on("floor", "b", 19_998_000, 3, 4)];
  near(spread(subtract(a, b)), 3 * Math.SQRT2);
  const parts = spreadInParts(
    combine([
      [1, a],
      [1, b],
    ]),
  );
  near(parts.random, 3 * Math.SQRT2);
  near(parts.shared, 8);
});

test("Q9: a doubt of which the parts are not known is two equal ones in quadrature", () => {
  near(Math.hypot(inHalves(5).random, inHalves(5).shared), 5);
  assert.equal(inHalves(5).random, inHalves(5).shared);
});

test("Q10: two readings combine as the closed forms say", () => {
  // Independent: weights by inverse variance.
  const apart = combineReadings(on("x", "a", 100, 3, 0), on("y", "b", 110, 4, 0));
  near(apart.value.best, (100 / 9 + 110 / 16) / (1 / 9 + 1 / 16));
  near(spread(apart.value), 1 / Math.sqrt(1 / 9 + 1 / 16));
  // One instrument: the bias is not averaged away.
  const same = combineReadings(on("x", "a", 100, 3, 4), on("x", "b", 110, 3, 4));
  near(same.value.best, 105);
  near(spread(same.value), Math.sqrt(9 / 2 + 16));
  // A worse reading that shares all a better one has adds nothing.
  const worse = combineReadings(on("x", "a", 100, 0, 4), on("x", "b", 110, 3, 4));
  near(worse.value.best, 100);
});

test("Q11: what errs with a weighing is moved with it, what does not stays", () => {
  const mass = on("x", "a", 1000, 3, 4);
  const reading = on("x", "b", 994, 3, 4);
  const assayed: Measured = combine([
    [0.25, mass],
    [1, { best: 0, moves: { lab: 2 } }],
  ]);
  const told: Measured = { best: 250, moves: { "told/Nd": 2 } };
  const moved = alsoMoved(assayed, mass, reading);
  near(moved.best, 250 - 0.25 * 3);
  assert.deepEqual(alsoMoved(told, mass, reading), told);
});

test("Q11: what moves along moves by the weight that the weighing was held to: contents go as far as their mass and no further", () => {
  const share = (of: Measured): Measured => combine([[0.25, of]]);
  // Biases of 200 and of 199 are one cause: their difference says nearly all, and its best weight is far above one.
  for (const [known, reading] of [
    [on("x", "a", 1000, 0.01, 200), on("x", "b", 998, 0.01, 199)],
    [on("x", "a", 1000, 0.01, 199), on("x", "b", 998, 0.01, 200)],
  ] as const) {
    const { value, weight } = combineReadings(known, reading);
    assert.ok(weight === 0 || weight === 1);
    const moved = alsoMoved(share(known), known, reading);
    near(moved.best, 0.25 * value.best);
    near(spread(moved), 0.25 * spread(value));
  }
});

/** Draws of independent standard normals, by a generator of their own. */
function normals(seed: number) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test("Q10 Q11: a Monte Carlo that knows neither formula finds no better weight, and the spread that was said", () => {
  const draw = normals(7);
  const [r1, r2, b] = [3, 5, 2];
  const n = 40_000;
  const errors: [number, number, number][] = [];
  for (let i = 0; i < n; i++) {
    const bias = b * draw();
    errors.push([r1 * draw() + bias, r2 * draw() + bias, 0]);
  }
  const varianceAt = (w: number) =>
    errors.reduce((total, [first, second]) => total + ((1 - w) * first + w * second) ** 2, 0) / n;
  const said = combineReadings(on("x", "a", 0, r1, b), on("x", "b", 0, r2, b));
  near(Math.sqrt(varianceAt(said.weight)), spread(said.value), 0.02);
  for (const w of [said.weight - 0.05, said.weight + 0.05])
    assert.ok(varianceAt(w) > varianceAt(said.weight));
});

test("Q10: combining never loses certainty, whatever is shared", () => {
  const part = fc.double({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(part, part, part, part, fc.boolean(), (r1, b1, r2, b2, one) => {
      const known = on("x", "a", 0, r1, b1);
      const reading = on(one ? "x" : "y", "b", 1, r2, b2);
      const { value } = combineReadings(known, reading);
      assert.ok(spread(value) <= Math.min(spread(known), spread(reading)) + 1e-9);
    }),
  );
});
