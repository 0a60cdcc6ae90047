import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decideReview,
  decideSubstitute,
  isReviewDue,
  type Person,
  STANDS_IN_DAYS_MAX,
  standingFor,
  standsAfter,
} from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
const code = (of: { ok: boolean; refusal?: { code: string } }) => (of.ok ? "done" : of.refusal?.code);
const someone = (id: string, given: Partial<Person> = {}): Person => ({
  ...{ id, party: "r", role: "weigher", sample: false, registered_at: NOW, ...given },
});
const named = { person: "P-1", for: "P-2", from: NOW, until: days(14), why: "leave", at: NOW };
const [ONE, TWO] = [someone("P-1"), someone("P-2", { role: "approver" })];

test("Z72: one stands in for another of the same party, from now or later, for some days", () => {
  const asked = (
    given: Partial<typeof named>,
    person: Person | undefined = ONE,
    instead_of: Person | undefined = TWO,
  ) => code(decideSubstitute({ person, instead_of }, { ...named, ...given }));
  assert.equal(asked({}), "done");
  assert.equal(code(decideSubstitute({ person: undefined, instead_of: TWO }, named)), "person_unknown");
  assert.equal(asked({}, ONE, someone("P-2", { ended_at: NOW })), "person_ended");
  assert.equal(asked({}, ONE, someone("P-2", { party: "other" })), "person_differs");
  assert.equal(asked({ for: "P-1" }, ONE, ONE), "person_differs");
  assert.equal(asked({ from: days(-1) }), "from_past");
  assert.equal(asked({ until: NOW }), "until_past");
  assert.equal(asked({ until: days(STANDS_IN_DAYS_MAX) }), "done");
  assert.equal(asked({ until: days(STANDS_IN_DAYS_MAX + 1) }), "until_too_far");
});

test("Z72: for whom one stands in is as it was last said, from its first moment to its last", () => {
  const before = { person: "P-1", party: "r", stands: standsAfter(undefined, named) };
  const shorter = { ...named, until: days(1) };
  const other = { ...named, for: "P-3", from: days(2) };
  const stands = standsAfter({ ...before, stands: standsAfter(before, shorter) }, other);
  assert.deepEqual(standingFor(stands, NOW), ["P-2"]);
  assert.deepEqual(standingFor(stands, days(1)), []);
  assert.deepEqual(standingFor(stands, days(2)), ["P-3"]);
});

test("Z73: each of a party's people once, by another, who are there; a review is due after a year", () => {
  const by = { role: "administrator", party: "r", verified: true, person: "P-2" };
  const reviewed = (people: readonly string[], known: readonly Person[] = [ONE, TWO]) =>
    code(
      decideReview(new Map(known.map((one) => [one.id, one])), {
        ...{ party: "r", by, at: NOW },
        people: people.map((person) => ({ person, keep: true })),
      }),
    );
  assert.equal(reviewed(["P-1"]), "done");
  assert.equal(reviewed(["P-1", "P-1"]), "person_named_twice");
  assert.equal(reviewed(["P-1", "P-2"]), "second_person_same");
  assert.equal(reviewed(["P-3"]), "person_unknown");
  assert.equal(reviewed(["P-1"], [someone("P-1", { ended_at: NOW })]), "person_ended");
  assert.equal(reviewed(["P-1"], [someone("P-1", { party: "other" })]), "person_differs");
  assert.equal(isReviewDue(ONE, days(365)), false);
  assert.equal(isReviewDue(ONE, days(366)), true);
  assert.equal(isReviewDue({ ...ONE, reviewed_at: days(100) }, days(366)), false);
  assert.equal(isReviewDue({ ...ONE, ended_at: NOW }, days(366)), false);
});
