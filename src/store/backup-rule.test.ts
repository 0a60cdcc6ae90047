import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KEEP, readKeepRule, superfluous } from "./backup-rule.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5, 3);

test("P57: of daily backups of two years so many days, weeks and months stay", () => {
  const times = Array.from({ length: 730 }, (_, i) => START + i * DAY);
  const gone = new Set(superfluous(times, KEEP));
  const stays = times
    .filter((time) => !gone.has(time))
    .map((time) => new Date(time).toISOString().slice(0, 10));
  assert.deepEqual(
    stays.slice(-14),
    times.slice(-14).map((time) => new Date(time).toISOString().slice(0, 10)),
  );
  // Fourteen days; five Sundays before them; the last days of the months before those.
  assert.equal(stays.length, 14 + 5 + 22);
  assert.deepEqual(stays.slice(0, 2), ["2026-02-28", "2026-03-31"]);
});

test("P57: whatever there is and however often it is asked, the newest stays, and what stayed once stays while nothing is added", () => {
  const rules = fc.record({ days: fc.nat(20), weeks: fc.nat(20), months: fc.nat(20) });
  const moments = fc.array(fc.integer({ min: START, max: START + 900 * DAY }), {
    minLength: 1,
    maxLength: 80,
  });
  fc.assert(
    fc.property(moments, rules, (times, rule) => {
      const gone = new Set(superfluous(times, rule));
      const left = times.filter((time) => !gone.has(time));
      assert.ok(left.includes(Math.max(...times)));
      assert.deepEqual(superfluous(left, rule), []);
      assert.ok(new Set(left).size <= 1 + rule.days + rule.weeks + rule.months);
    }),
  );
});

test("P57: a rule that keeps nothing keeps the newest", () => {
  assert.deepEqual(superfluous([START, START + DAY], { days: 0, weeks: 0, months: 0 }), [START]);
});

test("P57: a rule is read in any order, and none that keeps nothing", () => {
  assert.deepEqual(readKeepRule("24m, 14d,8w"), KEEP);
  assert.deepEqual(readKeepRule("3d"), { days: 3, weeks: 0, months: 0 });
  for (const text of ["", "0d", "d", "14", "14d;8w", "-1d", "14d,"])
    assert.equal(readKeepRule(text), undefined);
});
