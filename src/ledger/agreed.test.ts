import assert from "node:assert/strict";
import { test } from "node:test";
import { type FeedRecord, lessAgreed, lesserOf } from "./index.ts";

const measured_mg = { Nd: { best: 1000, sd: 10 }, Pr: { best: 200, sd: 4 } };
const feed: FeedRecord = { feed: "F", measured_mg };
const content = (best: number) => ({ best, moves: { reading: 3 } });
const given = { at: "2026-03-01T00:00:00Z", evidence: "digest" };

test("L47: claims end at what was measured, or at what is agreed where that is less", () => {
  const agreed = { Nd: { best: 500, sd: 3 }, Pr: { best: 300, sd: 3 }, Dy: { best: 7, sd: 1 } };
  assert.deepEqual(lesserOf(measured_mg, agreed), { Nd: { best: 500, sd: 3 }, Pr: { best: 200, sd: 4 } });
});

test("L47: what is agreed is written where claims end elsewhere by it, down and up again, and else not", () => {
  const said = (record: FeedRecord | undefined, Nd: number) =>
    lessAgreed(record, { ...given, elements_mg: { Nd: content(Nd), Dy: content(5) } })?.elements_mg;
  assert.equal(said(undefined, 500), undefined);
  assert.equal(said(feed, 1000), undefined);
  assert.equal(said(feed, 1100), undefined, "more than was measured raises nothing");
  assert.deepEqual(said(feed, 500), { Nd: { best: 500, sd: 3 } });
  const lowered = {
    ...feed,
    measured_mg: { ...measured_mg, Nd: { best: 500, sd: 3 } },
    declared_mg: measured_mg,
  };
  assert.equal(said(lowered, 500), undefined);
  assert.deepEqual(said(lowered, 1200), { Nd: { best: 1200, sd: 3 } });
});
