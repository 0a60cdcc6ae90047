import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "../ledger/index.ts";
import { CLEARED_DAYS_MAX, type Clearance, clearanceId, decideClearance, whyNotCleared } from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
const code = (of: { ok: boolean; refusal?: { code: string } } | undefined) =>
  of === undefined || of.ok ? "done" : of.refusal?.code;

const held = (given: Partial<Clearance>): Clearance => {
  const all = { person: "P-1", site: "here", kind: "training", from: NOW, until: days(365), evidence: "e" };
  const one = { ...all, at: NOW, ...given } as const;
  return { ...(one as Clearance), id: clearanceId(one as Clearance) };
};
const SCREENED = held({ kind: "screening" });

test("Z70: both a screening and a training, from their first day to their last", () => {
  const why = (all: readonly (Clearance | undefined)[], at = NOW) =>
    code(whyNotCleared(all, { person: "P-1", site: "here", at }));
  assert.equal(why([SCREENED, held({})]), "done");
  assert.equal(why([]), "clearance_missing");
  assert.equal(why([SCREENED]), "clearance_missing");
  assert.equal(why([undefined, held({})]), "clearance_missing");
  assert.equal(why([SCREENED, held({ until: days(1) })], days(1)), "clearance_lapsed");
  assert.equal(why([SCREENED, held({ until: days(1) })], days(0.99)), "done");
  assert.equal(why([SCREENED, held({ from: days(1) })]), "clearance_missing");
});

test("Z71: a clearance ends in time, may end at once, and is given by somebody else", () => {
  const by: Actor = { role: "administrator", party: "r", verified: true, person: "P-2" };
  const asked = (given: Partial<Clearance>, who = by) => code(decideClearance(held(given), who));
  assert.equal(asked({}), "done");
  assert.equal(asked({ until: NOW }), "done");
  assert.equal(asked({ until: days(-1) }), "until_past");
  assert.equal(asked({ until: days(CLEARED_DAYS_MAX) }), "done");
  assert.equal(asked({ until: days(CLEARED_DAYS_MAX + 1) }), "until_too_far");
  assert.equal(asked({}, { ...by, person: "P-1" }), "second_person_same");
});
