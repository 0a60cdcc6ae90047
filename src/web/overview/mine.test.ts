import assert from "node:assert/strict";
import { test } from "node:test";
import { waitsFor } from "./mine.ts";

test("W53: what waits is mine where my duties hold the command that does it, and not by another kind of party", () => {
  const mine = (role: string, kind: string, what: string, who: string) =>
    waitsFor({ role, kind }, { what, who });
  assert.ok(mine("operator", "recycler", "destroy data", "operator"));
  assert.ok(mine("data technician", "recycler", "destroy data", "operator"));
  assert.ok(!mine("weigher", "recycler", "destroy data", "operator"));
  assert.ok(mine("commercial manager", "refiner", "allocate", "planner"));
  assert.ok(!mine("buyer", "buyer", "allocate", "planner"));
  assert.ok(mine("commercial manager", "refiner", "call the umpire", "commercial manager"));
  assert.ok(!mine("accountant", "refiner", "call the umpire", "commercial manager"));
  assert.ok(mine("chemist", "laboratory", "report", "laboratory"));
  assert.ok(!mine("chemist", "refiner", "report", "laboratory"));
});
