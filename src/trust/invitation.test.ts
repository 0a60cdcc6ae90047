import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyTrust,
  decideErasure,
  decideInvitation,
  decideTaking,
  digestOfBearer,
  type Invitation,
  invitationId,
  type Person,
  type TrustRecords,
} from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
const code = (of: { ok: boolean; refusal?: { code: string } }) => (of.ok ? "done" : of.refusal?.code);
const person: Person = { id: "U-1", party: "north", role: "chemist", sample: false, registered_at: NOW };
const digest = digestOfBearer("a secret");

function invited(): Invitation {
  const decided = decideInvitation(undefined, { digest, person, by: "U-2", now: NOW });
  assert.ok(decided.ok);
  return decided.value;
}

test("Z37: an invitation holds its digest, and seven days", () => {
  assert.deepEqual(invited(), {
    ...{ id: invitationId(digest), digest, person: "U-1", party: "north", role: "chemist" },
    ...{ until: days(7), invited_at: NOW },
  });
  const again = decideInvitation(invited(), { digest, person, by: "U-2", now: NOW });
  assert.equal(code(again), "invitation_already_registered");
});

test("Z38: nobody makes their own recovery; the machine's owner makes anybody's", () => {
  assert.equal(code(decideInvitation(undefined, { digest, person, by: "U-1", now: NOW })), "own_invitation");
  assert.equal(code(decideInvitation(undefined, { digest, person, by: undefined, now: NOW })), "done");
});

test("Z37: it is taken once, in its time, by who has its secret, while it is the newest of somebody who is there", () => {
  const invitation = invited();
  const newest = { ...person, invitation: invitation.id };
  const take = (of: Invitation | undefined, who: Person | undefined, shown = digest, now = days(6)) =>
    code(decideTaking(of, { person: who, digest: shown, now }));
  assert.equal(take(invitation, newest), "done");
  assert.equal(take(undefined, undefined), "invitation_unknown");
  const alike = digest.slice(0, 20) + "0".repeat(44);
  assert.equal(take(invitation, newest, alike), "invitation_unknown", "another of the same id");
  assert.equal(take({ ...invitation, taken_at: NOW }, newest), "invitation_used");
  assert.equal(take(invitation, newest, digest, days(7)), "invitation_over");
  assert.equal(take(invitation, { ...person, invitation: "V-newer" }), "invitation_over");
  assert.equal(take(invitation, { ...newest, ended_at: NOW }), "invitation_over");
});

test("Z30 Z42: who is made up has nothing to erase; who is erased is so once", () => {
  const erase = (of: Person | undefined) => code(decideErasure(of, { id: "U-1", at: NOW }));
  assert.equal(erase(person), "done");
  assert.equal(erase(undefined), "person_unknown");
  assert.equal(erase({ ...person, sample: true }), "person_sample");
  assert.equal(erase({ ...person, erased_at: NOW }), "person_erased");
  const sample = { ...person, sample: true };
  assert.equal(
    code(decideInvitation(undefined, { digest, person: sample, by: undefined, now: NOW })),
    "person_sample",
  );
});

test("Z37 Z42: folded, a person knows their newest invitation, an invitation that it was taken, and who was erased has left", async () => {
  const book = new MemoryBook<TrustRecords>();
  const invitation = invited();
  await applyTrust(book, { kind: "person_registered", body: person });
  await applyTrust(book, { kind: "person_invited", body: invitation });
  await applyTrust(book, { kind: "invitation_taken", body: { invitation: invitation.id, at: NOW } });
  await applyTrust(book, { kind: "person_erased", body: { person: "U-1", at: days(1) } });
  assert.deepEqual(await book.get("invitation", invitation.id), { ...invitation, taken_at: NOW });
  assert.deepEqual(await book.get("person", "U-1"), {
    ...{ ...person, invitation: invitation.id, ended_at: days(1), erased_at: days(1) },
  });
});
