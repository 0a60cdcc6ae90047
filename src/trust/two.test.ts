import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "../ledger/index.ts";
import {
  type Approval,
  decideApproval,
  decideDecline,
  decideRules,
  decideSecond,
  decideWait,
  type Grounds,
  isLess,
  isOneAndSame,
  type PartyRules,
} from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
const code = (of: { ok: boolean; refusal?: { code: string } } | undefined) =>
  of === undefined || of.ok ? "done" : of.refusal?.code;

const signedIn = (who: Partial<Actor>): Actor => ({
  ...{ role: "approver", party: "refiner", verified: true, ...who },
});
const stated = (role: string, party = "refiner"): Actor => ({ role, party, verified: false });
const NOBODY = stated("unstated", "unstated");
const RELAXED: Grounds = { strict: false, stated_counts: true, owner: false };
const [HERE, STRICT] = [
  { ...RELAXED, owner: true },
  { ...RELAXED, owner: true, strict: true },
];
const [P1, P2] = [signedIn({ person: "P-1" }), signedIn({ person: "P-2" })];

test("Z60: a person is one with whatever they show; two tokens of nobody are two; a stated role is all there is of who states it", () => {
  const same = (one: Actor, other: Actor, is: boolean) => {
    assert.equal(isOneAndSame(one, other), is);
    assert.equal(isOneAndSame(other, one), is, "either way round");
  };
  same(P1, P2, false);
  same(P1, signedIn({ person: "P-1", token: "T-1", role: "chemist" }), true);
  same(signedIn({ person: "P-1", token: "T-1" }), signedIn({ person: "P-1", token: "T-2" }), true);
  same(signedIn({ token: "T-1" }), signedIn({ token: "T-1" }), true);
  same(signedIn({ token: "T-1" }), signedIn({ token: "T-2" }), false);
  same(P1, signedIn({ token: "T-1" }), false);
  same(stated("approver"), stated("approver"), true);
  same(stated("approver"), stated("approver", "recycler"), false);
  same(stated("approver"), P1, true);
  same(signedIn({}), signedIn({}), true);
});

test("Z61 Z62: who signed in is told apart whatever is asked; a stated second never takes the place of a proved one over HTTP", () => {
  const cases: readonly (readonly [first: Actor, second: Actor, grounds: Grounds, code: string])[] = [
    [P1, P1, RELAXED, "second_person_same"],
    [P1, P2, RELAXED, "done"],
    [P1, P2, STRICT, "done"],
    [P1, stated("chemist"), RELAXED, "second_person_unverified"],
    [P1, stated("chemist"), HERE, "done"],
    [P1, stated("approver"), HERE, "second_person_same"],
    [P1, NOBODY, HERE, "second_person_unverified"],
    [stated("approver"), P1, RELAXED, "done"],
    [stated("approver"), stated("approver"), RELAXED, "done"],
    [NOBODY, NOBODY, HERE, "done"],
  ];
  for (const [first, second, grounds, said] of cases)
    assert.equal(code(decideSecond([first], second, grounds)), said, JSON.stringify([first, second]));
  assert.equal(code(decideSecond([], P1, STRICT)), "done", "nobody did anything yet");
  assert.equal(code(decideSecond([P2, P1], P1, RELAXED)), "second_person_same", "one of several");
});

test("Z63 Z67: where four eyes are required, two stated identities make two on a data folder, unless only proved ones count", () => {
  const cases: readonly (readonly [first: Actor, second: Actor, grounds: Grounds, code: string])[] = [
    [stated("approver"), stated("chemist"), STRICT, "done"],
    [stated("approver"), stated("approver"), STRICT, "second_person_same"],
    [stated("approver"), NOBODY, STRICT, "second_person_unverified"],
    [NOBODY, stated("approver"), STRICT, "second_person_unverified"],
    [stated("approver"), stated("chemist"), { ...STRICT, owner: false }, "second_person_unverified"],
    [stated("approver"), stated("chemist"), { ...STRICT, stated_counts: false }, "second_person_unverified"],
    [stated("approver"), P1, { ...STRICT, stated_counts: false }, "second_person_unverified"],
    [P1, P2, { ...STRICT, stated_counts: false, owner: false }, "done"],
  ];
  for (const [first, second, grounds, said] of cases)
    assert.equal(code(decideSecond([first], second, grounds)), said, JSON.stringify([first, second]));
});

const asked: Approval = {
  ...{ approval: "V-1", command: "certify/revoke", input: { passport: "P" }, digest: "d", party: "refiner" },
  ...{ parties: ["refiner"], by: P1, at: NOW, until: days(7), state: "waits" },
};
const approved = (approval: Approval | undefined, by: Actor, now = NOW, proposer_left = false) =>
  code(
    decideApproval(approval, {
      ...{ id: "V-1", by, now, proposer_left, grounds: { stated_counts: true, owner: false } },
    }),
  );

test("Z65: a proposal is decided once, in time, by another, while who proposed it is there", () => {
  assert.equal(approved(asked, P2), "done");
  assert.equal(approved(asked, P1), "second_person_same");
  assert.equal(approved(asked, stated("approver")), "second_person_unverified");
  assert.equal(approved(undefined, P2), "approval_unknown");
  for (const state of ["given", "declined"] as const)
    assert.equal(approved({ ...asked, state }, P2), "already_decided");
  assert.equal(approved(asked, P2, days(7)), "approval_lapsed");
  assert.equal(approved(asked, P2, days(6.99)), "done");
  assert.equal(approved(asked, P2, NOW, true), "proposer_left");
  assert.equal(code(decideDecline(asked, { id: "V-1", now: NOW })), "done");
  assert.equal(code(decideDecline({ ...asked, state: "given" }, { id: "V-1", now: NOW })), "already_decided");
});

test("Z64: a token that is nobody's neither makes the proposal of two people nor approves it: one could hold both", () => {
  const [one, two] = ["T-1", "T-2"].map((token) => signedIn({ token })) as [Actor, Actor];
  for (const [by, second] of [
    [one, two],
    [P1, one],
    [one, P1],
  ] as const)
    assert.equal(approved({ ...asked, by }, second), "second_person_unverified");
  assert.equal(approved({ ...asked, by: { ...P1, token: "T-1" } }, { ...P2, token: "T-2" }), "done");
});

test("Z65: a second person is waited for seven days where nothing is said, thirty at most, never in the past", () => {
  assert.deepEqual(decideWait(undefined, NOW), { ok: true, value: days(7) });
  assert.equal(code(decideWait(days(30), NOW)), "done");
  assert.equal(code(decideWait(days(31), NOW)), "until_too_far");
  assert.equal(code(decideWait(NOW, NOW)), "until_past");
});

test("Z66: rules that change nothing are none; only who signed in counts once there are two who could change that", () => {
  const rules: PartyRules = {
    ...{ party: "refiner", four_eyes: "required", stated_identities: "count", why: "w", at: NOW },
  };
  const proved: PartyRules = { ...rules, stated_identities: "do_not_count" };
  assert.equal(code(decideRules(undefined, rules, 0)), "done");
  assert.equal(code(decideRules(rules, rules, 2)), "nothing_changed");
  assert.equal(code(decideRules(rules, proved, 1)), "administrators_too_few");
  assert.equal(code(decideRules(rules, proved, 2)), "done");
  const offered: PartyRules = { ...rules, four_eyes: "offered" };
  assert.ok(isLess(rules, offered) && isLess(proved, rules));
  assert.ok(!isLess(undefined, offered) && !isLess(offered, rules) && !isLess(rules, proved));
});
