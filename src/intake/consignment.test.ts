import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyIntake,
  type Consignment,
  decideCorrection,
  decideManifest,
  decideOpening,
  decidePallets,
  decideReading,
  decideRow,
  holdsUp,
  INTAKE_KINDS,
  type IntakeEntry,
  type IntakeRecords,
  type Line,
  lineId,
  type NewLine,
  type Pallet,
  rowId,
  type SanitizationRecord,
} from "./index.ts";

const at = "2026-03-02T14:00:00.000Z";
const DIGEST = "ab".repeat(32);
const received: IntakeEntry = {
  kind: "consignment_received",
  body: {
    consignment: "C-1",
    from_zip: "60601",
    owner: "firm",
    site: "centre",
    offers: [],
    pallets: [],
    at,
  },
};
const newLine = (more: Partial<NewLine> = {}): NewLine => ({
  file_row: 2,
  text: "ST2000DM008",
  serials: [],
  weight_mg: null,
  cells: {},
  class: "hdd",
  p: 0.99,
  prior_class: "hdd_3.5in",
  family: "hdd",
  quantity: 2,
  candidates: [],
  elements_g: {},
  evidence: "C",
  data_bearing: "yes",
  data_why: "a hard disk is a data medium",
  data_stated: false,
  ...more,
});
const linesOf = (...lines: NewLine[]): IntakeEntry => ({
  kind: "lines_identified",
  body: { consignment: "C-1", digest: DIGEST, lines },
});
const pallet = (name: string, net: number, stream?: Pallet["stream"]): Pallet => ({
  pallet: name,
  gross_mg: net + 10,
  tare_mg: 10,
  net_mg: { best: net, moves: {} },
  ...(stream ? { stream } : {}),
});

const fold = (book: MemoryBook<IntakeRecords>, entry: IntakeEntry) => applyIntake(book, entry, at);

async function folded(...entries: IntakeEntry[]) {
  const book = new MemoryBook<IntakeRecords>();
  for (const entry of entries) await fold(book, entry);
  const consignment = (await book.get("consignment", "C-1")) as Consignment;
  return { book, consignment, line: (row: number) => book.get("line", lineId("C-1", row)) };
}

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? "done" : result.refusal?.code;

test("N2: nets are above zero, names are used once, and weighing again says why", () => {
  assert.equal(code(decidePallets([pallet("P1", 5), pallet("P2", 5)], [])), "done");
  assert.equal(code(decidePallets([pallet("P1", 5), pallet("P1", 5)], [])), "pallet_named_twice");
  assert.equal(code(decidePallets([pallet("P1", 5)], [pallet("P1", 4)])), "reason_missing");
  assert.equal(code(decidePallets([pallet("P1", 5)], [pallet("P1", 4)], "scale was off")), "done");
  assert.equal(code(decidePallets([pallet("P1", 0)], [])), "net_not_positive");
  assert.equal(code(decidePallets([pallet("P1", -3)], [])), "net_not_positive");
});

test("N2: a pallet weighed again replaces itself and leaves the others", async () => {
  const weighed = (why: string | undefined, ...pallets: Pallet[]): IntakeEntry => ({
    kind: "pallets_weighed",
    body: { consignment: "C-1", pallets, at, ...(why ? { why } : {}) },
  });
  const { consignment } = await folded(
    received,
    weighed(undefined, pallet("P1", 5), pallet("P2", 7)),
    weighed("again", pallet("P1", 6)),
  );
  assert.deepEqual(
    consignment.pallets.map((p) => [p.pallet, p.net_mg.best]),
    [
      ["P2", 7],
      ["P1", 6],
    ],
  );
});

test("N4: a file is read once, for one consignment, before its lots are opened", async () => {
  const { consignment } = await folded(received);
  const before = { consignment: "C-0", name: "a.csv", at };
  assert.equal(code(decideReading(undefined, undefined)), "consignment_unknown");
  assert.equal(code(decideReading(consignment, before)), "file_read_before");
  assert.equal(code(decideReading({ ...consignment, lots: ["L"] }, undefined)), "lots_already_opened");
  assert.equal(code(decideReading(consignment, undefined)), "done");
});

const record = (devices: number, serial?: string): SanitizationRecord => ({
  row: 1,
  revision: "2",
  media: { type: "hdd", manufacturer: "m", model: "m", ...(serial ? { serial } : {}) },
  devices,
  method: "destroy",
  technique: "shred",
  tool: "shredder",
  verification: { method: "m", result: "passed" },
  sanitized_by: "operator",
  validated_by: "approver",
  place: "centre",
  at,
  destination: "d",
});
const sanitized = (...records: SanitizationRecord[]): IntakeEntry => ({
  kind: "media_sanitized",
  body: { consignment: "C-1", records, at },
});

/** Open devices counted from the lines themselves, as an auditor would. */
function openOf(lines: readonly Line[]): number {
  return lines.filter((l) => holdsUp(l.data_bearing)).reduce((n, l) => n + l.quantity - l.sanitized, 0);
}

test("N10: open devices are those of lines that bear data less those sanitized, whatever happens in between", async () => {
  const step = fc.oneof(
    fc.record({
      what: fc.constant("add" as const),
      quantity: fc.integer({ min: 1, max: 5 }),
      bears: fc.constantFrom("yes", "no", "unknown" as const),
    }),
    fc.record({
      what: fc.constant("correct" as const),
      row: fc.nat(5),
      quantity: fc.integer({ min: 1, max: 5 }),
      bears: fc.constantFrom("yes", "no" as const),
    }),
    fc.record({ what: fc.constant("sanitize" as const), row: fc.nat(5) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const book = new MemoryBook<IntakeRecords>();
      await fold(book, received);
      const lines = () => book.all("line");
      for (const s of steps) {
        if (s.what === "add") {
          await fold(book, linesOf(newLine({ quantity: s.quantity, data_bearing: s.bears as "yes" })));
          continue;
        }
        const line = lines()[s.row];
        if (!line) continue;
        if (s.what === "correct") {
          const quantity = Math.max(s.quantity, line.sanitized);
          const { class: device, p, prior_class, family, candidates, elements_g, evidence } = line;
          const identified = {
            class: device,
            p,
            prior_class,
            family,
            candidates,
            elements_g,
            evidence,
            quantity,
          };
          await fold(book, {
            kind: "line_corrected",
            body: {
              consignment: "C-1",
              row: line.row,
              why: "w",
              at,
              text: "t",
              identified,
              data_bearing: s.bears as "yes",
              data_why: "w",
              data_stated: true,
            },
          });
        } else if (holdsUp(line.data_bearing) && line.sanitized < line.quantity)
          await fold(book, sanitized({ ...record(1), row: line.row }));
      }
      const consignment = (await book.get("consignment", "C-1")) as Consignment;
      assert.equal(consignment.open_devices, openOf(lines()));
      assert.equal(
        consignment.devices,
        lines().reduce((n, l) => n + l.quantity, 0),
      );
      assert.equal(consignment.lines, lines().length);
      assert.equal(
        consignment.sanitized_devices,
        lines().reduce((n, l) => n + l.sanitized, 0),
      );
    }),
  );
});

test("N9: records have names of their own, serials are remembered in one spelling, too many are a fault", async () => {
  const { book, consignment } = await folded(
    received,
    linesOf(newLine({ quantity: 12 })),
    sanitized(record(2), record(1, "sn 1")),
    sanitized(record(3)),
  );
  assert.equal(book.all("sanitization").length, 3);
  assert.deepEqual(await book.get("serial", "SN1"), {
    serial: "sn 1",
    consignment: "C-1",
    method: "destroy",
  });
  assert.equal(consignment.open_devices, 6);
  await assert.rejects(folded(received, linesOf(newLine()), sanitized(record(3))), /holds what is sanitized/);
});

test("N12: a correction changes something that is there, not below what is sanitized, and only data after opening", async () => {
  const { consignment, line } = await folded(
    received,
    linesOf(newLine({ quantity: 5 })),
    sanitized(record(3)),
  );
  const one = await line(1);
  const opened = { ...consignment, lots: ["L"] };
  assert.equal(code(decideCorrection(consignment, undefined, { quantity: 4 })), "line_unknown");
  assert.equal(code(decideCorrection(consignment, one, {})), "nothing_changed");
  assert.equal(code(decideCorrection(opened, one, { quantity: 4 })), "lots_already_opened");
  assert.equal(code(decideCorrection(opened, one, { class: "ssd" })), "lots_already_opened");
  assert.equal(code(decideCorrection(opened, one, { data_bearing: "no" })), "done");
  assert.equal(code(decideCorrection(consignment, one, { quantity: 2 })), "quantity_below_sanitized");
  assert.equal(code(decideCorrection(consignment, one, { quantity: 3 })), "done");
});

const found: IntakeEntry = {
  kind: "rows_found",
  body: {
    consignment: "C-1",
    digest: DIGEST,
    name: "a.csv",
    rows: [
      {
        row: 3,
        kept: false,
        cells: ["iPod", "many"],
        findings: [{ column: "qty", code: "quantity_unreadable", severity: "rejected", message: "m" }],
      },
      {
        row: 4,
        kept: true,
        cells: ["iPod"],
        findings: [{ column: "column 2", code: "cells_missing", severity: "noted", message: "m" }],
      },
    ],
  },
};
const resolved = (line?: NewLine): IntakeEntry => ({
  kind: "row_resolved",
  body: { consignment: "C-1", digest: DIGEST, file_row: 3, why: "counted", at, ...(line ? { line } : {}) },
});

test("N13: a rejected row waits until it becomes a line or is set aside, once", async () => {
  const waiting = await folded(received, linesOf(newLine()), found);
  assert.equal(waiting.consignment.unresolved_rows, 1);
  const rowOf = (book: MemoryBook<IntakeRecords>, row: number) =>
    book.get("manifest_row", rowId("C-1", DIGEST, row));
  assert.equal(code(decideRow(await rowOf(waiting.book, 3))), "done");
  assert.equal(code(decideRow(await rowOf(waiting.book, 4))), "row_unknown");
  assert.equal(code(decideRow(await rowOf(waiting.book, 5))), "row_unknown");

  const added = await folded(received, linesOf(newLine()), found, resolved(newLine({ quantity: 7 })));
  assert.deepEqual(
    [added.consignment.unresolved_rows, added.consignment.lines, added.consignment.open_devices],
    [0, 2, 9],
  );
  assert.equal((await added.line(2))?.quantity, 7);
  assert.equal(code(decideRow(await rowOf(added.book, 3))), "row_already_resolved");
  assert.deepEqual((await rowOf(added.book, 3))?.resolution, { why: "counted", at, line: 2 });

  const aside = await folded(received, linesOf(newLine()), found, resolved());
  assert.deepEqual([aside.consignment.unresolved_rows, aside.consignment.lines], [0, 1]);
  await assert.rejects(folded(received, found, resolved(), resolved()), /waits to be settled/);
});

test("N13: a row is settled in a manifest that can be told from the others", async () => {
  const { consignment } = await folded(received);
  const manifest = (name: string, digest: string) =>
    ({ consignment: "C-1", name, digest }) as Consignment["manifests"][number];
  assert.equal(code(decideManifest(consignment, undefined)), "manifest_missing");
  const two = { ...consignment, manifests: [manifest("a", "d1"), manifest("b", "d2"), manifest("b", "d3")] };
  assert.equal(code(decideManifest(two, undefined)), "manifest_unknown");
  assert.equal(code(decideManifest(two, "c")), "manifest_unknown");
  assert.equal(code(decideManifest(two, "b")), "manifest_unknown");
  assert.equal(code(decideManifest(two, "a")), "done");
  assert.equal(code(decideManifest(two, "d3")), "done");
});

test("N11: opening is refused in order: unknown, twice, no lines, no weights, streams that do not fit", async () => {
  const { consignment, book } = await folded(received, linesOf(newLine()));
  const lines = book.all("line");
  const earbuds = { ...(lines[0] as Line), data_bearing: "no" as const };
  const D = pallet("P1", 5, "data_bearing");
  const O = pallet("P2", 7, "other");
  const opening = (more: Partial<Consignment>, of: readonly Line[] = lines) => {
    const decided = decideOpening({ ...consignment, ...more }, of);
    return decided.ok
      ? decided.value.map((o) => [o.stream, o.pallets.length, o.lines.length, o.data].join(" ")).join("; ")
      : decided.refusal.code;
  };
  assert.equal(code(decideOpening(undefined, lines)), "consignment_unknown");
  assert.equal(opening({ lots: ["L"], pallets: [] }, []), "lots_already_opened");
  assert.equal(opening({}, []), "manifest_missing");
  assert.equal(opening({}), "weights_missing");
  assert.equal(opening({ pallets: [D, pallet("P3", 5)] }), "streams_mixed");
  assert.equal(opening({ pallets: [O] }), "stream_without_pallet");
  assert.equal(opening({ pallets: [D, O] }), "stream_without_lines");
  assert.equal(opening({ pallets: [D, O] }, [...lines, earbuds]), "data_bearing 1 1 true; other 1 1 false");
  assert.equal(opening({ pallets: [D] }, [...lines, earbuds]), "data_bearing 1 2 true");
  assert.equal(opening({ pallets: [O] }, [earbuds]), "other 1 1 false");
  assert.equal(opening({ pallets: [pallet("P", 5)] }, [earbuds]), "mixed 1 1 false");
  assert.equal(opening({ pallets: [pallet("P", 5)] }, [...lines, earbuds]), "mixed 1 2 true");
});

test("N11: while rows are unsettled every lot may hold data-bearing devices", async () => {
  const { consignment, book } = await folded(
    received,
    linesOf(newLine(), newLine({ data_bearing: "no" })),
    found,
  );
  const pallets = [pallet("P1", 5, "data_bearing"), pallet("P2", 7, "other")];
  const decided = decideOpening({ ...consignment, pallets }, book.all("line"));
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.value.map((o) => o.data),
    [true, true],
  );
});

test("N11: every pallet and every line goes into exactly one lot", async () => {
  const { consignment, book } = await folded(received, linesOf(newLine()));
  const [one] = book.all("line");
  const stream = fc.constantFrom(undefined, "data_bearing", "other" as const);
  fc.assert(
    fc.property(
      fc.array(stream, { maxLength: 5 }),
      fc.array(fc.constantFrom("yes", "no", "unknown" as const), { maxLength: 5 }),
      (streams, data) => {
        const pallets = streams.map((s, i) => pallet(`P${i}`, 5, s as Pallet["stream"]));
        const lines = data.map((data_bearing) => ({ ...(one as Line), data_bearing }) as Line);
        const decided = decideOpening({ ...consignment, pallets }, lines);
        if (!decided.ok) return;
        const inLots = decided.value;
        assert.equal(
          inLots.reduce((n, o) => n + o.pallets.length, 0),
          pallets.length,
        );
        assert.equal(
          inLots.reduce((n, o) => n + o.lines.length, 0),
          lines.length,
        );
        for (const o of inLots) {
          assert.ok(o.lines.length > 0 && o.pallets.length > 0);
          if (o.lines.some((l) => holdsUp(l.data_bearing))) assert.ok(o.data, "law 7 holds it");
        }
      },
    ),
  );
});

test("every kind of entry is folded, and one for an unknown consignment is a fault", async () => {
  assert.equal(Object.keys(INTAKE_KINDS).length, 13);
  await assert.rejects(folded(linesOf(newLine())), /C-1 was received/);
});
