import assert from "node:assert/strict";
import { test } from "node:test";
import { chanceText, drawnText, plain } from "./drawn-text.ts";

test("W56: a sure figure is written with ±, a loose or lopsided one as its range, one that nothing moves plainly", () => {
  assert.equal(drawnText({ best: 123.42, interval_90: [122.1, 124.7] }), "123.4 ± 1.3");
  assert.equal(drawnText({ best: 36, interval_90: [3, 69] }), "3 to 69, likely 36");
  assert.equal(drawnText({ best: 0.9071, interval_90: [0.8212, 0.947] }, 100), "82.1 to 94.7, likely 90.7");
  assert.equal(drawnText({ best: 100, interval_90: [97, 101] }), "100.0 ± 3.0");
  assert.equal(drawnText({ best: 88391.5, interval_90: null }, 1e-5), "0.884");
  assert.equal(plain(0), "0");
  assert.equal(plain(Number.NaN), "not known");
  assert.equal(chanceText({ probability: 0.97 }), "97 of 100");
});
