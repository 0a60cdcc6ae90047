import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readJsonBody } from "./json-body.ts";
import { countParts } from "./json-parts.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Counted on the value itself: one for it, and one more for each item after the first, each list and each object. */
function partsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return 1 + Math.max(0, inner.length - 1) + inner.reduce((sum: number, one) => sum + partsOf(one), 0);
}

test("A6: the parts of a JSON text are counted as its value has them, whatever its texts hold", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      assert.equal(
        countParts(bytesOf(JSON.stringify(value)), 1e9),
        1 + partsOf(JSON.parse(JSON.stringify(value))),
      );
    }),
  );
});

test("A6: counting ends at the limit, and a text without end or with escapes does not lead astray", () => {
  assert.equal(countParts(bytesOf(`[${"{},".repeat(1000)}{}]`), 50), 51);
  assert.equal(countParts(bytesOf('{"a":"[,[,{'), 50), 2);
  assert.equal(countParts(bytesOf(String.raw`["\\\",[{", 1]`), 50), 3);
  assert.equal(countParts(bytesOf(""), 50), 1);
});

test("A6: a body of too many parts is refused before it is read", () => {
  const body = { bytes: bytesOf(`{"rows":[${"{},".repeat(500)}{}]`), signed: false };
  const most = readJsonBody({ ...body, parts_max: 500 });
  assert.equal(most.ok ? "" : most.refusal.code, "too_large");
  const read = readJsonBody({ ...body, parts_max: 5000 });
  assert.equal(
    read.ok ? "" : read.refusal.code,
    "json_malformed",
    "it lacks its end, which only reading finds",
  );
});
