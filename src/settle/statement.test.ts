import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { settleLot } from "./index.ts";

const settled = () => {
  const result = settleLot(JSON.parse(readFileSync("examples/settle/statement.json", "utf8")));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};

test("S22: the same lot gives the same bytes, and a statement is plain JSON", () => {
  const [one, other] = [settled(), settled()];
  assert.equal(JSON.stringify(one), JSON.stringify(other));
  assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
});
