import assert from "node:assert/strict";
import { test } from "node:test";
import { normalAbove } from "./index.ts";

test("Q8: the upper tail of the normal law, by its published values", () => {
  // Abramowitz and Stegun, tables 26.1 and 26.2: 1 - P(x), and -log10 of it far out.
  const published = [
    [0, 0.5],
    [1, 0.158655253931457],
    [2, 0.0227501319481792],
    [3, 0.00134989803163009],
    [4, 3.16712418331199e-5],
    [5, 2.86651571879194e-7],
    [10, 7.61985302416053e-24],
  ] as const;
  for (const [z, p] of published) {
    assert.ok(Math.abs(normalAbove(z) / p - 1) < 1e-12, `${z}: ${normalAbove(z)}`);
    assert.ok(Math.abs(normalAbove(-z) - (1 - p)) < 1e-12, `-${z}`);
  }
  assert.equal(normalAbove(Number.POSITIVE_INFINITY), 0);
  assert.equal(normalAbove(Number.NEGATIVE_INFINITY), 1);
  assert.ok(Number.isNaN(normalAbove(Number.NaN)));
});
