import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcile, sigmasApart, widened } from "./apart.ts";
import { measured, spread } from "./measured.ts";
import { combineReadings, readingOf } from "./reading.ts";

const near = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), `${a} is ${b}`);
const cause = "apart:x";

test("Q12: within chance two readings combine as Q10 says; beyond it the value is as doubtful as they show it to be", () => {
  const known = measured(100, 3, "a");
  const within = reconcile(known, measured(114, 4, "b"), { cause });
  assert.ok(within.agrees);
  assert.deepEqual(within.value, combineReadings(known, measured(114, 4, "b")).value);
  const beyond = reconcile(known, measured(120, 4, "b"), { cause });
  assert.ok(!beyond.agrees);
  near(beyond.sigmas, 4);
  const plain = combineReadings(known, measured(120, 4, "b")).value;
  near(beyond.value.best, plain.best);
  near(spread(beyond.value), 4 * spread(plain));
});

test("Q12: what two readings share does not excuse their difference", () => {
  const on = (own: string, best: number) =>
    readingOf(best, { random: 1, shared: 50 }, { own, shared: "lab" });
  near(sigmasApart(on("a", 100), on("b", 110)), 10 / Math.SQRT2);
  assert.ok(!reconcile(on("a", 100), on("b", 110), { cause }).agrees);
  assert.equal(sigmasApart(on("a", 100), on("a", 100)), 0);
});

test("Q12: rounding to whole units is no difference, and a value without doubt is not widened by dividing by nothing", () => {
  const exact = { best: 5, moves: {} };
  assert.ok(reconcile(exact, { best: 6, moves: {} }, { cause, rounding: 1 }).agrees);
  const apart = reconcile(exact, { best: 9, moves: {} }, { cause, rounding: 1 });
  assert.ok(!apart.agrees && apart.sigmas === 4);
  assert.equal(spread(widened(exact, Number.POSITIVE_INFINITY, cause)), 0);
});
