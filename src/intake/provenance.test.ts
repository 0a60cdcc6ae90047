import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyIntake,
  type ConsignmentProvenanceStated,
  decideFeedstock,
  decideProvenance,
  type IntakeEntry,
  type IntakeRecords,
} from "./index.ts";

const at = "2026-03-02T14:00:00.000Z";
const received: IntakeEntry = {
  kind: "consignment_received",
  body: { consignment: "C-1", from_zip: "60601", owner: "firm", site: "centre", offers: [], pallets: [], at },
};
const US = { country: "US", region: "IL" };
const devices = { class: "post_consumer_device", evidence: "SD-17" } as const;

async function after(...stated: readonly Omit<ConsignmentProvenanceStated, "consignment" | "at">[]) {
  const book = new MemoryBook<IntakeRecords>();
  await applyIntake(book, received, at);
  for (const given of stated)
    await applyIntake(
      book,
      {
        kind: "consignment_provenance_stated",
        body: { consignment: "C-1", at, ...given },
      },
      at,
    );
  const consignment = await book.get("consignment", "C-1");
  assert.ok(consignment);
  return consignment;
}

const code = (said: { ok: boolean; refusal?: { code: string } }) => (said.ok ? "done" : said.refusal?.code);

test("N15: what nobody stated is not there; what is stated later stays marked so, and keeps the rest", async () => {
  assert.equal((await after()).provenance, undefined);
  const at_receipt = { stated: "at_receipt", collected_in: US } as const;
  assert.deepEqual((await after(at_receipt)).provenance, { collected_in: US, stated_later: false });
  const both = await after(at_receipt, { stated: "later", feedstock: devices, why: "it came by post" });
  assert.deepEqual(both.provenance, { collected_in: US, feedstock: devices, stated_later: true });
  const again = await after(
    { stated: "later", collected_in: US },
    { stated: "at_receipt", feedstock: devices },
  );
  assert.equal(again.provenance?.stated_later, true);
});

test("N15: a class names what it rests on; unknown need not", () => {
  assert.equal(code(decideFeedstock({ class: "pre_consumer_swarf" })), "evidence_missing");
  assert.equal(code(decideFeedstock({ class: "unknown" })), "done");
  assert.equal(code(decideFeedstock(devices)), "done");
  assert.equal(code(decideFeedstock(undefined)), "done");
});

test("N15: a statement is of a consignment, and says something that is not stated yet", async () => {
  const known = await after({ stated: "at_receipt", collected_in: US, feedstock: devices });
  assert.equal(code(decideProvenance(undefined, { collected_in: US })), "consignment_unknown");
  assert.equal(code(decideProvenance(known, {})), "nothing_changed");
  assert.equal(code(decideProvenance(known, { collected_in: US })), "nothing_changed");
  assert.equal(code(decideProvenance(known, { collected_in: { country: "CA" } })), "done");
  assert.equal(code(decideProvenance(known, { feedstock: { class: "virgin" } })), "evidence_missing");
  assert.equal(code(decideProvenance(known, { feedstock: { class: "unknown" } })), "done");
});
