import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bearerOf,
  DAYS_MAX,
  decidePerson,
  decidePersonEnd,
  decideTokenEnd,
  decideUntil,
  digestOfBearer,
  dutyRows,
  isWithin,
  listRoles,
  markRole,
  mayGive,
  type Person,
  ROLES,
  speaks,
  type Token,
  tokenId,
} from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
const code = (of: { ok: boolean; refusal?: { code: string } } | undefined) =>
  of === undefined || of.ok ? "done" : of.refusal?.code;

test("G6: listed roles say what they do; others may act and are marked", () => {
  assert.ok(listRoles().length >= 8 && listRoles().every((r) => r.listed && r.does.length > 0));
  assert.equal(markRole(" Intake Lead ").listed, true);
  assert.deepEqual(markRole("juggler"), {
    ...{ role: "juggler", listed: false },
    does: "not a role this programme lists",
  });
  assert.equal(markRole("constructor").listed, false);
});

test("Z1: a person has a role of the list, once, until they leave", () => {
  const person: Person = {
    ...{ id: "U-1", party: "r", role: "weigher", sample: false, registered_at: NOW },
  };
  assert.equal(code(decidePerson(undefined, person)), "done");
  assert.equal(code(decidePerson(person, person)), "person_already_registered");
  for (const role of ["juggler", "constructor"])
    assert.equal(code(decidePerson(undefined, { ...person, role })), "role_unknown");
  assert.equal(code(decidePersonEnd(undefined, { id: "U-1", at: NOW })), "person_unknown");
  assert.equal(code(decidePersonEnd(person, { id: "U-1", at: NOW })), "done");
  assert.equal(code(decidePersonEnd({ ...person, ended_at: NOW }, { id: "U-1", at: NOW })), "person_ended");
});

test("Z2: what a row shows is what is decided, for every command, role and kind of party", () => {
  const rows = dutyRows().filter((row) => row.reads !== true);
  const commands = new Set(rows.map((row) => row.command));
  assert.equal(rows.length, commands.size * Object.keys(ROLES).length);
  for (const { command, role, own, other, buyer, customer } of rows) {
    for (const kind of ["recycler", "refiner", "laboratory", "carrier", "auditor"])
      assert.equal(
        code(mayGive(command, { role, kind })),
        own ? "done" : "not_allowed",
        `${command} ${role}`,
      );
    assert.equal(code(mayGive(command, { role, kind: "buyer" })), buyer ? "done" : "not_allowed");
    assert.ok(!other || own, "for another only what one may for oneself");
    assert.equal(code(mayGive(command, { role, kind: "customer" })), customer ? "done" : "not_allowed");
  }
});

test("Z108: people of a customer ask, complain and mind their own party; no command of the loop is theirs", () => {
  const rows = dutyRows();
  assert.ok(rows.every((row) => !row.reads || row.customer === row.own));
  const given = rows.filter((row) => !row.reads && !row.beside && row.customer);
  const of = (role: string) => given.flatMap((row) => (row.role === role ? [row.command] : []));
  assert.deepEqual(of("customer"), ["trust open-incident"]);
  assert.ok(of("administrator").includes("trust register-person"));
  const others = given.filter(({ command }) => !command.startsWith("trust "));
  assert.deepEqual(
    others.map(({ command, role }) => `${role}: ${command}`),
    ["administrator: programme change-party"],
  );
});

test("Z2: what does not stand in the table is nobody's, nor is anything of a party that is not registered", () => {
  assert.equal(code(mayGive("settle shred", { role: "accountant", kind: "recycler" })), "not_allowed");
  assert.equal(code(mayGive("constructor", { role: "accountant", kind: "recycler" })), "not_allowed");
  assert.equal(code(mayGive("settle lot", { role: "accountant", kind: undefined })), "not_allowed");
});

test("Z2: no role both reports an assay's side and weighs, signs passports and keeps keys, agrees terms and settles by them", () => {
  const may = (command: string) =>
    new Set(dutyRows().flatMap((row) => (row.command === command && row.own ? [row.role] : [])));
  for (const [one, two] of [
    ["assay report", "ledger stocktake"],
    ["certify issue", "certify rotate-key"],
    ["settle agree", "settle lot"],
    ["intake sanitize", "intake issue-certificate"],
    ["trust register-person", "certify issue"],
  ] as const)
    assert.deepEqual(
      [...may(one)].filter((role) => may(two).has(role)),
      [],
      `${one}, ${two}`,
    );
});

test("Z5 Z7: a token holds until its end, for what is shown and nothing like it", () => {
  const digest = digestOfBearer(bearerOf("a".repeat(32), "b".repeat(32)));
  const token: Token = {
    ...{ id: tokenId(digest), digest, party: "r", role: "weigher", until: days(1), issued_at: NOW },
  };
  assert.ok(speaks(token, { digest, now: NOW }));
  assert.ok(!speaks(token, { digest, now: days(1) }), "its time is over");
  assert.ok(!speaks({ ...token, ended_at: NOW }, { digest, now: NOW }));
  const alike = digest.slice(0, 20) + "0".repeat(44);
  assert.equal(tokenId(alike), token.id);
  assert.ok(!speaks(token, { digest: alike, now: NOW }), "another of the same id");
  assert.equal(code(decideTokenEnd(undefined, { id: token.id, at: NOW })), "token_unknown");
  assert.equal(code(decideTokenEnd({ ...token, ended_at: NOW }, { id: token.id, at: NOW })), "token_ended");
});

test("Z5: ninety days where nothing is said, four hundred at most, and never in the past", () => {
  assert.deepEqual(decideUntil(undefined, NOW), { ok: true, value: days(90) });
  assert.equal(code(decideUntil(days(DAYS_MAX), NOW)), "done");
  assert.equal(code(decideUntil(days(DAYS_MAX + 1), NOW)), "until_too_far");
  assert.equal(code(decideUntil(NOW, NOW)), "until_past");
});

test("Z6: a scope names rooms and commands, and nothing that only begins like them", () => {
  assert.ok(isWithin(undefined, "settle", "lot"));
  assert.ok(isWithin(["settle"], "settle", "lot"));
  assert.ok(isWithin(["settle/lot"], "settle", "lot"));
  assert.ok(!isWithin(["settle/lot"], "settle", "lots"));
  assert.ok(!isWithin(["settle/lot"], "settle", "agree"));
  assert.ok(!isWithin(["ship"], "settle", "lot"));
});
