import assert from "node:assert/strict";
import { test } from "node:test";
import { weeksAround } from "./weeks.ts";

test("weeks: whole weeks from Monday around every span and today", () => {
  const scale = weeksAround(
    [{ from: "2026-03-18T10:00:00Z", to: "2026-04-02T00:00:00Z" }],
    "2026-04-19T12:00:00Z",
  );
  assert.equal(new Date(scale.start).toISOString(), "2026-03-16T00:00:00.000Z");
  assert.equal(new Date(scale.end).toISOString(), "2026-06-01T00:00:00.000Z", "six weeks ahead of this one");
  assert.equal(scale.mondays.length, 11);
  assert.equal(scale.at("2026-03-16T00:00:00Z"), 0);
  assert.ok(Math.abs(scale.at("2026-04-23T12:00:00Z") - 0.5) < 1e-9);
  assert.equal(scale.at("2020-01-01T00:00:00Z"), 0);
});

test("weeks: a span of years is cut at its early end", () => {
  const scale = weeksAround(
    [{ from: "2010-01-01T00:00:00Z", to: "2010-02-01T00:00:00Z" }],
    "2026-04-19T12:00:00Z",
  );
  assert.equal(scale.mondays.length, 60);
  assert.ok(scale.at("2026-04-19T12:00:00Z") > 0.85);
});

test("weeks: what is planned ahead is shown, and today stays in sight however far it is", () => {
  const near = weeksAround(
    [{ from: "2027-01-11T06:00:00Z", to: "2027-02-01T06:00:00Z" }],
    "2026-11-19T12:00:00Z",
  );
  assert.ok(near.at("2027-01-11T06:00:00Z") < near.at("2027-02-01T06:00:00Z"));
  assert.ok(near.at("2027-02-01T06:00:00Z") < 1);
  const far = weeksAround(
    [{ from: "2099-01-11T06:00:00Z", to: "2099-02-01T06:00:00Z" }],
    "2026-11-19T12:00:00Z",
  );
  assert.equal(far.mondays.length, 52);
  assert.ok(far.at("2026-11-19T12:00:00Z") > 0);
});
