import assert from "node:assert/strict";
import { test } from "node:test";
import { clockDoubt } from "./clock.ts";

test("P9: a clock that jumped years ahead is doubted, one that the database's contradicts after a month", () => {
  const head = "2026-03-01T08:00:00.000Z";
  assert.equal(
    clockDoubt({ now: "2036-03-01T08:00:00.000Z", head: undefined }),
    undefined,
    "nothing to compare with",
  );
  assert.equal(clockDoubt({ now: "2027-03-01T08:00:00.000Z", head }), undefined);
  assert.match(clockDoubt({ now: "2027-03-03T08:00:00.000Z", head }) ?? "", /more than a year/);
  const now = "2026-05-01T08:00:00.000Z";
  assert.equal(clockDoubt({ now, head, database: "2026-05-01T07:30:00.000Z" }), undefined);
  assert.match(clockDoubt({ now, head, database: "2026-03-01T09:00:00.000Z" }) ?? "", /the database's/);
  assert.equal(
    clockDoubt({ now: "2026-02-01T08:00:00.000Z", head }),
    undefined,
    "set back, it writes the head's time",
  );
});
