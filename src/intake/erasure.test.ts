import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Consignment,
  daysAfter,
  decideErasing,
  doneWithSince,
  type NewLine,
  type Papers,
  partLine,
  partRecord,
  partRow,
  type SanitizationRecord,
  type SerialKey,
} from "./index.ts";

const BOOKED = "2026-03-02T10:00:00.000Z";
const CERTIFIED = "2026-03-04T10:00:00.000Z";
const consignment = {
  ...{ consignment: "C-1", owner: "sample-recycler", open_devices: 0, unresolved_rows: 0 },
  ...{ data_devices: 2, sanitized_devices: 2 },
} as unknown as Consignment;
const papers: Papers = {
  ...{ consignment: "C-1", owner: "sample-recycler", booked_at: BOOKED, certified_at: CERTIFIED },
  ...{ manifests: ["m1", "m2"], sanitization: ["s1"], certificates: [], serial_keys: ["2026"] },
};
const key = (change: Partial<SerialKey> = {}): SerialKey => ({
  ...{ key: "2026", digest: "k1", at: BOOKED, consignments: 3, erased: 2 },
  ...change,
});

test("N54: a consignment is done with since the later of its lots and its complete certificate, and not before", () => {
  const since = (change: object, of: object = {}) =>
    doneWithSince({ ...consignment, ...of }, { ...papers, ...change });
  assert.equal(since({}), CERTIFIED);
  assert.equal(since({ booked_at: "2026-03-09T10:00:00.000Z" }), "2026-03-09T10:00:00.000Z");
  assert.equal(since({ booked_at: undefined }), undefined);
  assert.equal(since({ certified_at: undefined }), undefined);
  assert.equal(since({}, { open_devices: 1 }), undefined);
  assert.equal(since({}, { unresolved_rows: 1 }), undefined);
  assert.equal(since({ certified_at: undefined }, { data_devices: 0, sanitized_devices: 0 }), BOOKED);
});

test("N53 N54: what is erased is what a rule deletes and its day has come for; a year's key goes with its last", () => {
  const erased = (days: object, at: string, more: { key?: SerialKey; holds?: object[] } = {}) => {
    const kept = { days, holds: (more.holds ?? []) as { hold: string; consignment?: string }[] };
    const decided = decideErasing({ consignment, papers, kept }, [more.key ?? key()], at);
    return decided.ok ? [...decided.value.digests, ...decided.value.keys] : decided.refusal.code;
  };
  const on = (days: number) => daysAfter(CERTIFIED, days);
  assert.equal(erased({}, on(9999)), "nothing_due");
  assert.equal(erased({ manifests: 30 }, on(29)), "nothing_due");
  assert.deepEqual(erased({ manifests: 30 }, on(30)), ["m1", "m2"]);
  assert.equal(erased({ certificates: 30 }, on(30)), "nothing_due", "there is none");
  assert.deepEqual(erased({ manifests: 30, sanitization: 40 }, on(35)), ["m1", "m2"]);
  assert.deepEqual(erased({ sanitization: 40 }, on(40)), ["s1"], "its year is not over");
  assert.deepEqual(erased({ sanitization: 40 }, on(400)), ["s1", "k1", "2026"]);
  assert.deepEqual(erased({ sanitization: 40 }, on(400), { key: key({ erased: 1 }) }), ["s1"]);
  assert.deepEqual(erased({ manifests: 40 }, on(400)), ["m1", "m2"], "serial numbers stay");
  assert.equal(erased({ manifests: 30 }, on(40), { holds: [{ hold: "H-1" }] }), "erasure_held");
  assert.equal(
    erased({ manifests: 30 }, on(40), { holds: [{ hold: "H-1", consignment: "C-1" }] }),
    "erasure_held",
  );
  assert.deepEqual(erased({ manifests: 30 }, on(40), { holds: [{ hold: "H-1", consignment: "C-2" }] }), [
    "m1",
    "m2",
  ]);
});

test("N52: bare, a line, a row and a record hold nothing that names somebody, and nothing is lost", () => {
  const named = "ZQ-0001";
  const line = {
    ...{ file_row: 2, text: named, serials: [named], cells: { User: named }, quantity: 1, class: "hdd" },
  } as unknown as NewLine;
  const row = {
    ...{ row: 3, kept: false, cells: [named] },
    findings: [{ column: "Qty", code: "quantity_unreadable", severity: "rejected", message: named }],
  } as const;
  const record = {
    ...{ row: 1, method: "destroy", devices: 1, notes: named },
    media: {
      ...{ type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008" },
      ...{ serial: named, property_number: named, source: named },
    },
  } as unknown as SanitizationRecord;
  for (const { bare, apart, whole } of [
    { ...partLine(line), whole: line },
    { ...partRow(row), whole: row },
    { ...partRecord(record, undefined), whole: record },
  ]) {
    assert.doesNotMatch(JSON.stringify(bare), new RegExp(named));
    assert.deepEqual({ ...bare, ...apart }, whole);
  }
});
