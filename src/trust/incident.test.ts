import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyTrust,
  decideClosing,
  decideIncident,
  type Incident,
  isOverdue,
  type TrustRecords,
} from "./index.ts";

const NOW = "2026-11-30T08:00:00.000Z";
const BY = { role: "auditor", party: "a", verified: false };
const opened = {
  ...{ incident: "N-1", kind: "complaint" as const, party: "r", about: "a drive", owner: "data technician" },
  ...{ due: "2026-12-02", by: BY, at: NOW },
};
const closed = {
  incident: "N-1",
  cause: "haste",
  correction: "shredded",
  by: BY,
  at: "2026-12-01T08:00:00.000Z",
};
const code = (of: { ok: boolean; refusal?: { code: string } }) => (of.ok ? "done" : of.refusal?.code);

test("Z75: an incident is opened with a day that lies ahead, closed once, after it was opened, and overdue after its day", async () => {
  const book = new MemoryBook<TrustRecords>();
  assert.equal(code(decideIncident(undefined, { ...opened, due: "2026-11-29" })), "due_in_past");
  assert.equal(code(decideIncident(undefined, { ...opened, due: "2026-11-30" })), "done");
  assert.equal(code(decideClosing(undefined, closed)), "incident_unknown");
  await applyTrust(book, { kind: "incident_opened", body: opened });
  const open = (await book.get("incident", "N-1")) as Incident;
  assert.equal(code(decideIncident(open, opened)), "incident_name_taken");
  assert.equal(code(decideClosing(open, { ...closed, at: "2026-11-30T07:00:00.000Z" })), "time_before_input");
  assert.equal(isOverdue(open, "2026-12-02T23:00:00.000Z"), false);
  assert.equal(isOverdue(open, "2026-12-03T00:00:00.000Z"), true);
  assert.equal(code(decideClosing(open, closed)), "done");
  await applyTrust(book, { kind: "incident_closed", body: closed });
  const after = (await book.get("incident", "N-1")) as Incident;
  const { incident: _, ...how } = closed;
  assert.deepEqual(after, { ...opened, state: "closed", closed: how });
  assert.equal(code(decideClosing(after, closed)), "incident_closed");
  assert.equal(isOverdue(after, "2027-01-01T00:00:00.000Z"), false);
});
