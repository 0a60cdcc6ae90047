import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceWords, howUsual, sizeWords } from "./difference.ts";

test("W31: a difference of weighings is said in the words of who stands at the scale", () => {
  assert.equal(
    differenceWords(-12_000, 14_000, "the books"),
    "12 g lighter than the books, usual for this scale",
  );
  assert.equal(
    differenceWords(1_250_000, 700_000, "the books"),
    "1.25 kg heavier than the books, not unusual for this scale",
  );
  assert.match(differenceWords(-30_000, 11_000, "this morning"), /^30 g lighter than this morning, rare/);
  assert.match(differenceWords(-90_000, 11_000, "this morning"), /something came or went$/);
  assert.equal(differenceWords(0, 5, "the books"), "the same as the books");
  assert.equal(differenceWords(-0.4, 5, "the books"), "the same as the books");
  assert.equal(differenceWords(0.6, 0, "the books"), "1 mg heavier than the books, usual for this scale");
  assert.equal(sizeWords(-12_000, "other scales"), "12 g lighter than other scales");
  assert.equal(howUsual(1, 0), "usual for this scale", "a milligram may be rounding");
});
