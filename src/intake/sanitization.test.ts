import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bearsData,
  certificateOf,
  DATA_BEARING,
  judgeSanitization,
  type LineToSanitize,
  type SanitizationRecord,
  type SerialBefore,
} from "./index.ts";

const good: SanitizationRecord = {
  row: 1,
  revision: "2",
  media: { type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008", serial: "SN1" },
  devices: 1,
  method: "destroy",
  technique: "shred to 6 mm",
  tool: "drive shredder",
  verification: { method: "particle size", result: "passed" },
  sanitized_by: "operator",
  validated_by: "approver",
  place: "plainfield",
  at: "2026-03-02T14:00:00.000Z",
  destination: "magnet recovery",
};
const line: LineToSanitize = { row: 1, quantity: 3, bears: "yes", sanitized: 0, serials: [] };

function judge(
  records: readonly SanitizationRecord[],
  given: { line?: LineToSanitize; serials?: [string, SerialBefore][] } = {},
) {
  const lines = new Map([[1, given.line ?? line]]);
  return judgeSanitization(records, { consignment: "C-1", lines, serials: new Map(given.serials) });
}
const { serial: _, ...noSerial } = good.media;
const outcome = (change: Partial<SanitizationRecord>, given: Parameters<typeof judge>[1] = {}) =>
  judge([{ ...good, ...change }], given).findings[0]?.code ?? "accepted";

test("N8: each class says whether it bears data and why; what is not known, or not sure, does until stated", () => {
  assert.equal(Object.keys(DATA_BEARING).length, 15);
  for (const known of Object.values(DATA_BEARING)) assert.ok(known.why.length > 5);
  const bears = (device: string, p = 0.95) => bearsData({ class: device, p }).bears;
  assert.deepEqual(
    ["hdd", "phone", "set_top_box", "earbuds", "remote"].map((c) => bears(c)),
    ["yes", "yes", "yes", "no", "no"],
  );
  assert.deepEqual(
    [bears("unknown"), bears("teapot"), bears("constructor")],
    ["unknown", "unknown", "unknown"],
  );
  assert.deepEqual(
    [bears("earbuds", 0.89), bears("earbuds", 0.9), bears("hdd", 0.4)],
    ["unknown", "no", "yes"],
  );
});

test("N9: a record is accepted, or refused for the first thing that is wrong", () => {
  assert.equal(outcome({}), "accepted");
  assert.equal(outcome({ row: 2 }), "line_unknown");
  assert.equal(outcome({}, { line: { ...line, bears: "no" } }), "no_data_on_line");
  assert.equal(outcome({}, { line: { ...line, bears: "unknown" } }), "accepted");
  assert.equal(outcome({ verification: { method: "none", result: "failed" } }), "verification_failed");
  assert.equal(outcome({ validated_by: " Operator " }), "same_role_validated");
  assert.equal(outcome({ media: { ...good.media, serial: " - " } }), "serial_unreadable");
  assert.equal(outcome({ devices: 2 }), "batch_has_serial");
  assert.equal(outcome({ media: noSerial, devices: 3 }), "accepted");
  assert.equal(outcome({ media: noSerial, devices: 4 }), "more_than_the_line_holds");
  assert.equal(
    outcome({ media: noSerial, devices: 2 }, { line: { ...line, sanitized: 2 } }),
    "more_than_the_line_holds",
  );
});

test("N9: degaussing destroys under revision 1 only; it purges under both", () => {
  const technique = "Degaussed at 1.5 T";
  assert.equal(outcome({ technique, revision: "1" }), "accepted");
  assert.equal(outcome({ technique, revision: "2" }), "degauss_is_not_destroy");
  assert.equal(outcome({ technique, revision: "2", method: "purge", tool_version: "M1" }), "accepted");
});

test("N9: a clear or purge names its tool with its version, and is not recorded by the batch", () => {
  for (const method of ["clear", "purge"] as const) {
    assert.equal(outcome({ method }), "tool_version_missing");
    assert.equal(outcome({ method, tool_version: "4.2" }), "accepted");
    assert.equal(
      outcome({ method, tool_version: "4.2", media: noSerial, devices: 2 }),
      "batch_not_destroyed",
    );
    assert.equal(outcome({ method, tool_version: "4.2", media: noSerial }), "accepted");
  }
});

test("N9: a serial counts once, however it is spelt; a drive that was only purged may come back elsewhere", () => {
  const again = { ...good, media: { ...good.media, serial: "s-n 1" } };
  assert.deepEqual(
    judge([good, again]).findings.map((f) => [f.record, f.code]),
    [[1, "serial_repeated"]],
  );
  const before = (consignment: string, method: SerialBefore["method"]) =>
    outcome({}, { serials: [["SN1", { consignment, method }]] });
  assert.equal(before("C-1", "purge"), "serial_repeated");
  assert.equal(before("C-0", "destroy"), "serial_repeated");
  assert.equal(before("C-0", "purge"), "accepted");
});

test("N9: a line that lists every serial knows which are its own", () => {
  const listed = { ...line, quantity: 2, serials: ["SN1", "SN2"] };
  assert.equal(outcome({}, { line: listed }), "accepted");
  assert.equal(outcome({ media: { ...good.media, serial: "SN9" } }, { line: listed }), "serial_not_on_line");
  const partly = { ...listed, quantity: 3 };
  assert.equal(outcome({ media: { ...good.media, serial: "SN9" } }, { line: partly }), "accepted");
});

const anyRecord = fc
  .record({
    row: fc.constantFrom(1, 2),
    devices: fc.integer({ min: 1, max: 4 }),
    serial: fc.option(fc.constantFrom("A", "a ", "B", "C"), { nil: undefined }),
    method: fc.constantFrom("clear", "purge", "destroy" as const),
    technique: fc.constantFrom("shred", "degauss"),
    revision: fc.constantFrom("1", "2" as const),
    result: fc.constantFrom("passed", "failed" as const),
    validated_by: fc.constantFrom("approver", "operator"),
  })
  .map(({ serial, result, ...rest }) => ({
    ...good,
    ...rest,
    tool_version: "1",
    media: serial === undefined ? noSerial : { ...noSerial, serial },
    verification: { method: "m", result },
  })) as fc.Arbitrary<SanitizationRecord>;

test("N9: whatever is claimed, a line never has more sanitized than it holds, and each record is answered once", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { maxLength: 12 }),
      fc.integer({ min: 0, max: 3 }),
      (records, sanitized) => {
        const { accepted, findings } = judge(records, { line: { ...line, sanitized } });
        assert.equal(accepted.length + findings.length, records.length);
        assert.equal(new Set(findings.map((f) => f.record)).size, findings.length);
        assert.ok(accepted.reduce((n, r) => n + r.devices, sanitized) <= line.quantity);
        const serials = accepted.flatMap((r) => r.media.serial?.trim().toUpperCase() ?? []);
        assert.equal(new Set(serials).size, serials.length);
        for (const r of accepted) assert.equal(r.verification.result, "passed");
      },
    ),
  );
});

test("N10: the certificate counts what it certifies and says whether it is complete", () => {
  const consignment = {
    consignment: "C-1",
    site: "plainfield",
    at: good.at,
    open_devices: 0,
    unresolved_rows: 0,
  };
  const issue = { by: "Sample Recycler", at: good.at, sample: true };
  const batch = { ...good, media: noSerial, devices: 5, revision: "1" as const };
  const purge = { ...good, method: "purge" as const };
  const made = certificateOf(consignment, [batch, purge, good], issue);
  assert.ok(made.ok);
  assert.equal(made.value.devices, 7);
  assert.deepEqual(made.value.by_method, { destroy: 6, purge: 1 });
  assert.deepEqual(made.value.revisions, ["1", "2"]);
  assert.equal(made.value.complete, true);
  for (const open of [{ open_devices: 1 }, { unresolved_rows: 1 }]) {
    const partial = certificateOf({ ...consignment, ...open }, [good], issue);
    assert.equal(partial.ok && partial.value.complete, false);
  }
  const none = certificateOf(consignment, [], issue);
  assert.equal(none.ok ? "made" : none.refusal.code, "records_missing");
});
