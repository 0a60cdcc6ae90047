import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesFor } from "./choices.ts";

const names = (text: string) => choicesFor(text, []).map((choice) => choice.name);

test("palette: the beginnings of words find a page or an act", () => {
  assert.deepEqual(names("new c"), ["New consignment"]);
  assert.deepEqual(names("assa"), ["Ship & assay"]);
  assert.deepEqual(names("place order"), ["Place an order"]);
  assert.deepEqual(names("zz"), []);
  assert.ok(names("").length >= 10);
});

test("palette: numbers found come after pages, and open where they are shown", () => {
  const choices = choicesFor("overview", [{ what: "lot", id: "b-1", link: "/lots/b-1" }]);
  assert.deepEqual(
    choices.map((c) => c.to),
    ["/", "/lots/b-1"],
  );
});
