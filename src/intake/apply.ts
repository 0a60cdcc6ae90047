import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import { serialKey } from "./cells.ts";
import type {
  Consignment,
  IntakeEntry,
  Line,
  LineCorrected,
  LinesIdentified,
  MediaSanitized,
  NewLine,
  RowRecord,
  RowResolved,
  RowsFound,
} from "./consignment.ts";
import { lineId, rowId } from "./consignment.ts";
import { holdsUp } from "./data-bearing.ts";
import type { SerialKey } from "./erasure.ts";
import type { FoundRow } from "./manifest.ts";
import { type ErasedDocument, keepPapers, type Papers } from "./papers.ts";
import { lineWithout, type ParticularsAt, rowWithout } from "./particulars.ts";
import { provenanceAfter } from "./provenance.ts";
import type { SanitizationRecord, SerialBefore } from "./sanitization.ts";

/** What entries of this room fold to, by collection. */
export interface IntakeRecords {
  readonly consignment: Consignment;
  readonly line: Line;
  readonly manifest: {
    readonly digest: string;
    readonly consignment: string;
    readonly name: string;
    readonly at: string;
  };
  readonly manifest_row: RowRecord;
  /** By what tells it again: its own letters, or where those stand apart the tag of its keyed digest. */
  readonly serial: SerialBefore & { readonly serial?: string };
  readonly sanitization: SanitizationRecord & {
    readonly id: string;
    readonly consignment: string;
    readonly particulars?: ParticularsAt;
  };
  readonly consignment_papers: Papers;
  readonly erased_document: ErasedDocument;
  readonly serial_key: SerialKey;
}

/**
 * Folds an entry of this room, written at the time its header says, into the records `consignment`, `line`, `manifest`, `manifest_row`,
 * `serial` and `sanitization`.
 */
export async function applyIntake(
  book: Book<IntakeRecords>,
  entry: IntakeEntry,
  written: string,
): Promise<void> {
  if (entry.kind === "consignment_received") {
    const fresh = {
      manifests: [],
      lines: 0,
      devices: 0,
      data_devices: 0,
      sanitized_devices: 0,
      open_devices: 0,
      unresolved_rows: 0,
      lots: [],
      certificates: [],
    };
    book.put("consignment", entry.body.consignment, {
      ...entry.body,
      ...fresh,
      state: "received",
    });
    return;
  }
  if (entry.kind === "serial_key_made") {
    book.put("serial_key", entry.body.key, { ...entry.body, consignments: 1, erased: 0 });
    return;
  }
  const consignment = await book.get("consignment", entry.body.consignment);
  assert(consignment, `consignment ${entry.body.consignment} was received`);
  await keepPapers(book, consignment.owner, entry, written);
  if (entry.kind === "documents_erased") return;
  book.put("consignment", consignment.consignment, await after(book, consignment, entry));
}

async function after(
  book: Book<IntakeRecords>,
  consignment: Consignment,
  entry: Exclude<IntakeEntry, { kind: "consignment_received" | "serial_key_made" | "documents_erased" }>,
): Promise<Consignment> {
  switch (entry.kind) {
    case "consignment_provenance_stated":
      return { ...consignment, provenance: provenanceAfter(consignment.provenance, entry.body) };
    case "pallets_weighed": {
      const again = new Set(entry.body.pallets.map((p) => p.pallet));
      const kept = consignment.pallets.filter((p) => !again.has(p.pallet));
      return { ...consignment, pallets: [...kept, ...entry.body.pallets] };
    }
    case "manifest_read":
      book.put("manifest", entry.body.digest, {
        digest: entry.body.digest,
        consignment: consignment.consignment,
        name: entry.body.name,
        at: entry.body.at,
      });
      return { ...consignment, manifests: [...consignment.manifests, entry.body], state: "read" };
    case "lines_identified":
      return addLines(book, consignment, { ...entry.body, lines: wholeLines(entry.body) });
    case "rows_found":
      return addRows(book, consignment, entry.body);
    case "row_resolved":
      return resolveRow(book, consignment, entry.body);
    case "line_corrected":
      return correctLine(book, consignment, entry.body);
    case "media_sanitized":
      return sanitize(book, consignment, entry.body);
    case "consignment_booked":
      return { ...consignment, lots: entry.body.lots, state: "on_the_books" };
    case "sanitization_certified":
      return { ...consignment, certificates: [...consignment.certificates, entry.body] };
  }
}

/** A line as its record begins: with its particulars, or with where they stand. */
type StatedLine = NewLine & { readonly particulars?: ParticularsAt };

function wholeLines(body: LinesIdentified): readonly StatedLine[] {
  if (body.rules === undefined) return body.lines;
  const { particulars: document } = body;
  return body.lines.map((line, item) => ({ ...lineWithout, ...line, particulars: { document, item } }));
}

function addLines(
  book: Book<IntakeRecords>,
  consignment: Consignment,
  given: { readonly digest: string; readonly lines: readonly StatedLine[] },
): Consignment {
  let { lines, devices, data_devices, open_devices } = consignment;
  for (const line of given.lines) {
    lines++;
    const id = lineId(consignment.consignment, lines);
    book.put("line", id, {
      ...line,
      id,
      consignment: consignment.consignment,
      manifest: given.digest,
      row: lines,
      sanitized: 0,
      corrections: [],
    });
    devices += line.quantity;
    if (holdsUp(line.data_bearing)) {
      data_devices += line.quantity;
      open_devices += line.quantity;
    }
  }
  return { ...consignment, lines, devices, data_devices, open_devices };
}

function wholeRows(body: RowsFound): readonly (FoundRow & { readonly particulars?: ParticularsAt })[] {
  if (body.rules === undefined) return body.rows;
  const { particulars: document } = body;
  return body.rows.map((row, item) => ({ ...rowWithout(row), particulars: { document, item } }));
}

function addRows(book: Book<IntakeRecords>, consignment: Consignment, body: RowsFound): Consignment {
  let { unresolved_rows } = consignment;
  for (const row of wholeRows(body)) {
    const id = rowId(body.consignment, body.digest, row.row);
    book.put("manifest_row", id, {
      ...row,
      id,
      consignment: body.consignment,
      manifest: body.digest,
      name: body.name,
      state: row.kept ? "noted" : "rejected",
    });
    if (!row.kept) unresolved_rows++;
  }
  return { ...consignment, unresolved_rows };
}

async function resolveRow(
  book: Book<IntakeRecords>,
  consignment: Consignment,
  body: RowResolved,
): Promise<Consignment> {
  const id = rowId(body.consignment, body.digest, body.file_row);
  const row = await book.get("manifest_row", id);
  assert(row && row.state === "rejected", `row ${body.file_row} of ${body.consignment} waits to be settled`);
  const { why, at, digest } = body;
  const line = resolvedLine(body);
  const after = line ? addLines(book, consignment, { digest, lines: [line] }) : consignment;
  const resolution = { why, at, ...(line ? { line: after.lines } : {}) };
  book.put("manifest_row", id, { ...row, state: "resolved", resolution });
  return { ...after, unresolved_rows: consignment.unresolved_rows - 1 };
}

function resolvedLine(body: RowResolved): StatedLine | undefined {
  if (body.rules === undefined || body.line === undefined) return body.line as NewLine | undefined;
  const { line, particulars: document } = body;
  return { ...lineWithout, ...line, ...(document ? { particulars: { document, item: 0 } } : {}) };
}

async function theLine(book: Book<IntakeRecords>, consignment: string, row: number): Promise<Line> {
  const line = await book.get("line", lineId(consignment, row));
  assert(line, `line ${row} of ${consignment} is on the books`);
  return line;
}

async function correctLine(
  book: Book<IntakeRecords>,
  consignment: Consignment,
  body: LineCorrected,
): Promise<Consignment> {
  const line = await theLine(book, body.consignment, body.row);
  const { why, at, text, particulars: document, identified, data_bearing, data_why, data_stated } = body;
  const corrected: Line = {
    ...line,
    ...identified,
    ...(text === undefined ? {} : { text }),
    ...(document === undefined ? {} : { ...lineWithout, particulars: { document, item: 0 } }),
    data_bearing,
    data_why,
    data_stated,
    corrections: [...line.corrections, { why, at }],
  };
  book.put("line", line.id, corrected);
  const bearing = (l: Line) => (holdsUp(l.data_bearing) ? l.quantity : 0);
  const open = (l: Line) => Math.max(0, bearing(l) - l.sanitized);
  return {
    ...consignment,
    devices: consignment.devices - line.quantity + corrected.quantity,
    data_devices: consignment.data_devices - bearing(line) + bearing(corrected),
    open_devices: consignment.open_devices - open(line) + open(corrected),
  };
}

async function sanitize(
  book: Book<IntakeRecords>,
  consignment: Consignment,
  body: MediaSanitized,
): Promise<Consignment> {
  let { sanitized_devices, open_devices } = consignment;
  const document = body.rules === undefined ? undefined : body.particulars;
  for (const [item, record] of (body.records as readonly SanitizationRecord[]).entries()) {
    const line = await theLine(book, body.consignment, record.row);
    const sanitized = line.sanitized + record.devices;
    assert(sanitized <= line.quantity, `line ${line.id} holds what is sanitized of it`);
    book.put("line", line.id, { ...line, sanitized });
    const { serial } = record.media;
    const before = { consignment: body.consignment, method: record.method };
    if (serial !== undefined) book.put("serial", serialKey(serial), { serial, ...before });
    if (record.serial_tag !== undefined) book.put("serial", record.serial_tag, before);
    sanitized_devices += record.devices;
    open_devices -= record.devices;
    // The count of devices so far grows with every record: it orders the records and names each once.
    const id = `${line.id}:${String(sanitized_devices).padStart(8, "0")}`;
    const apart = document === undefined ? {} : { particulars: { document, item } };
    book.put("sanitization", id, { id, consignment: body.consignment, ...record, ...apart });
  }
  return { ...consignment, sanitized_devices, open_devices };
}
