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
