import assert from "node:assert/strict";
import { test } from "node:test";
import { seenOf } from "./fault-seen.ts";

const SECRET = "hunter2";

/** The stack that an error had when it was made, whatever it says. */
const thrown = (error: Error) => JSON.stringify(seenOf(error));

test("A41: a fault is told by kind, code and place, and by no word of what it says", () => {
  const seen = seenOf(Object.assign(new TypeError(`no ${SECRET}`), { code: "23505" }));
  assert.deepEqual([seen.kind, seen.code], ["TypeError", "23505"]);
  assert.match(seen.stack[0] ?? "", /fault-seen\.test\.ts:\d+:\d+/);
  assert.doesNotMatch(JSON.stringify(seen), /hunter2/);
});

test("A41: lines of a message that look like places, a name or a code that is a text, and causes give nothing away", () => {
  const cunning = new Error(`one\n    at ${SECRET} (file:1:1)\n    at ${SECRET} (file:2:2)`);
  assert.doesNotMatch(thrown(cunning), /hunter2/);
  assert.match(thrown(cunning), /fault-seen\.test\.ts/);
  const renamed = Object.assign(new Error("x"), { name: `my ${SECRET}`, code: `${SECRET}!` });
  assert.doesNotMatch(thrown(renamed), /hunter2/);
  const reworded = new Error(`at first\n    at ${SECRET} (file:1:1)`);
  reworded.message = "then another";
  assert.doesNotMatch(thrown(reworded), /hunter2/);
  const caused = new Error("outer", { cause: new RangeError(SECRET) });
  assert.match(thrown(caused), /RangeError/);
  assert.doesNotMatch(thrown(caused), /hunter2/);
  const circle = new Error("circle");
  circle.cause = circle;
  assert.ok(thrown(circle).length > 0);
  assert.equal(seenOf("a text that was thrown").kind, "Error");
});
