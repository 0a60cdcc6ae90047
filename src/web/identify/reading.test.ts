import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLine, inferLot } from "../../identify/index.ts";
import { lotQuestion, rareEarths_g, STAKES, unitsOf, worthALook } from "./reading.ts";

const lines = ["QTY 120 ST4000DM004", "QTY 4 WD40EFRX", "garden gnome", "Samsung SSD 870 EVO 500GB", ""].map(
  (l) => identifyLine(l),
);

test("W16: pieces of one row of the prior table are one family; lines without magnets are not in the question", () => {
  assert.deepEqual(unitsOf(lines), [{ family: "hdd_3.5in", prior_class: "hdd_3.5in", count: 124 }]);
  const answer = inferLot(lotQuestion(lines, STAKES));
  assert.ok(answer.ok, "the lot understands what the page asks");
  assert.equal(answer.value.next.length, 2);
});

test("W16: what is unknown is looked at first; a blank line is not", () => {
  const order = worthALook(lines);
  assert.equal(order.includes(4), false);
  assert.ok(order.includes(2));
  assert.ok(
    rareEarths_g(lines[0] as (typeof lines)[number]) > 10 * rareEarths_g(lines[1] as (typeof lines)[number]),
  );
});
