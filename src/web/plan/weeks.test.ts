import assert from "node:assert/strict";
import { test } from "node:test";
import { weeksAround } from "./weeks.ts";

test("weeks: whole weeks from Monday around every span and today", () => {
  const scale = weeksAround(
    [{ from: "2026-03-18T10:00:00Z", to: "2026-04-02T00:00:00Z" }],
    "2026-04-19T12:00:00Z",
  );
  assert.equal(new Date(scale.start).toISOString(), "2026-03-16T00:00:00.000Z");
  assert.equal(new Date(scale.end).toISOString(), "2026-04-20T00:00:00.000Z");
  assert.equal(scale.mondays.length, 5);
  assert.equal(scale.at("2026-03-16T00:00:00Z"), 0);
  assert.ok(Math.abs(scale.at("2026-04-02T12:00:00Z") - 0.5) < 1e-9);
  assert.equal(scale.at("2020-01-01T00:00:00Z"), 0);
});

test("weeks: a span of years is cut at its early end", () => {
  const scale = weeksAround(
    [{ from: "2010-01-01T00:00:00Z", to: "2010-02-01T00:00:00Z" }],
    "2026-04-19T12:00:00Z",
  );
  assert.equal(scale.mondays.length, 60);
  assert.ok(scale.at("2026-04-19T12:00:00Z") > 0.9);
});
