import assert from "node:assert/strict";
import { test } from "node:test";
import { gammaBelow, gammaOf } from "./gamma.ts";
import { normalBelow } from "./normal.ts";

test("I15: the gamma law against what is known in closed form", () => {
  for (const x of [0.01, 0.3, 1, 2.5, 9, 40]) {
    const exponential = 1 - Math.exp(-x);
    const second = 1 - Math.exp(-x) * (1 + x);
    assert.ok(Math.abs(gammaBelow(1, x) - exponential) < 1e-13, `shape 1 at ${x}`);
    assert.ok(Math.abs(gammaBelow(2, x) - second) < 1e-13, `shape 2 at ${x}`);
    // Shape 1/2 is the square of a normal: chi-square of one degree, at half.
    assert.ok(
      Math.abs(gammaBelow(0.5, x) - (2 * normalBelow(Math.sqrt(2 * x)) - 1)) < 1e-12,
      `shape 1/2 at ${x}`,
    );
  }
});

/** Shape, x, probability below: series in 80 digits, the same in all digits as R's `pgamma` (lib-r-math.js 2.0.3). */
const BELOW = [
  [0.5, 0.01, 0.112462916018285],
  [0.83, 2, 0.899965952288468],
  [1.56, 0.3, 0.0920226760606818],
  [6.25, 5, 0.343941638175698],
  [11.1, 11.1, 0.539930100071819],
  [44, 60, 0.986733621136657],
  [100, 80, 0.0171083130351331],
  [400, 360, 0.0199860447710659],
  [400, 440, 0.974620037567986],
] as const;

/** Spread, standard normal draw, the draw it stands for: likewise, and R's `qgamma`. */
const DRAWN = [
  [0.05, -4, 0.812368139746],
  [0.05, -1, 0.950020881001],
  [0.05, 0, 0.999166790236],
  [0.05, 4, 1.21261852293],
  [0.3, -4, 0.212894277129],
  [0.3, -1, 0.704570652252],
  [0.3, 2, 1.68497597707],
  [0.3, 4, 2.66971774308],
  [0.8, -4, 0.00104348871204],
  [0.8, -1, 0.288833649333],
  [0.8, 0, 0.796622433291],
  [0.8, 4, 7.62574165691],
] as const;

test("I15: the gamma law and its draws against R", () => {
  for (const [shape, x, below] of BELOW)
    assert.ok(Math.abs(gammaBelow(shape, x) / below - 1) < 1e-12, `shape ${shape} at ${x}`);
  // These draws are knots of the table: nothing is interpolated.
  for (const [spread, z, drawn] of DRAWN)
    assert.ok(Math.abs(gammaOf(z, spread) / drawn - 1) < 1e-9, `spread ${spread} at ${z}`);
});

test("I15: draws have mean 1 and the spread asked, keep their order and are never negative", () => {
  for (const spread of [0.05, 0.3, 0.8, 1.1]) {
    let [sum, squares, before] = [0, 0, -1];
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const z = -5 + (10 * (i + 0.5)) / n;
      const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (10 / n);
      const drawn = gammaOf(z, spread);
      assert.ok(drawn >= 0 && drawn >= before);
      before = drawn;
      sum += weight * drawn;
      squares += weight * drawn * drawn;
    }
    assert.ok(Math.abs(sum - 1) < 2e-3, `mean ${sum} at ${spread}`);
    assert.ok(Math.abs(Math.sqrt(squares - sum * sum) - spread) < 0.01 * spread, `spread at ${spread}`);
  }
});
