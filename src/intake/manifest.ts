import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { QUANTITY_MAX, readQuantity, readSerials, readWeight, scrub, serialKey, startOf } from "./cells.ts";
import { type ColumnChoice, findHeader, type Header, type Meaning, NAMING } from "./header.ts";

export type FindingCode =
  | "row_unreadable"
  | "row_too_wide"
  | "cell_too_long"
  | "control_characters"
  | "description_missing"
  | "row_is_a_total"
  | "quantity_unreadable"
  | "weight_unreadable"
  | "weight_zero"
  | "weight_units_differ"
  | "cells_left_over"
  | "cells_missing"
  | "characters_lost"
  | "serial_repeated"
  | "more_serials_than_pieces"
  | "above_the_header"
  | "header_missing";

export interface Finding {
  /** Row of the file, the first being 1; a quoted cell may make a row of several lines. */
  readonly row: number;
  readonly column: string;
  readonly code: FindingCode;
  /** A row with a finding that rejects is not kept; one that is noted is. */
  readonly severity: "rejected" | "noted";
  readonly message: string;
}

export interface ManifestLine {
  readonly file_row: number;
  readonly text: string;
  readonly quantity: number | null;
  readonly serials: readonly string[];
  readonly weight_mg: number | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** A row with findings, as it stands in the file, for the person who settles it. */
export interface FoundRow {
  readonly row: number;
  readonly kept: boolean;
  readonly cells: readonly string[];
  readonly findings: readonly Omit<Finding, "row">[];
}

export interface Manifest {
  /** Rows below the header. */
  readonly rows: number;
  /** The header and what stands above it. */
  readonly header_rows: number;
  readonly kept: readonly ManifestLine[];
  readonly rejected: number;
  readonly blank: number;
  readonly found: readonly FoundRow[];
  /** Meaning to the names of the columns it was read from. */
  readonly columns: Readonly<Record<string, string>>;
}

export type ManifestRefusal = Refusal<"manifest_empty" | "too_many_rows" | "no_row_kept" | "column_unknown">;

/** The file as rows of cells, from any reader; rows it could not split are named with the reason. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly unreadable?: ReadonlyMap<number, string>;
}

const ROWS_MAX = 50_000;
const CELLS_MAX = 200;
const TEXT_MAX = 2_000;
/** Of a row that is not kept, enough to recognise it; the whole file is kept as a document. */
const SHOWN_CELLS = 20;
const SHOWN_CHARACTERS = 120;

/**
 * Reads the cells of a manifest into lines (N3, N5, N6). Rows that cannot be lines are named, each with what is wrong and where.
 * Refusals: too_many_rows, manifest_empty, column_unknown, no_row_kept.
 */
export function readManifest(table: Table, columns: ColumnChoice = {}): Result<Manifest, ManifestRefusal> {
  const { rows } = table;
  const header = findHeader(rows, columns);
  if (!header.ok) return header;
  const header_rows = header.value === undefined ? 0 : header.value.index + 1;
  const body = rows.slice(header_rows);
  if (body.length > ROWS_MAX) {
    return refuse("too_many_rows", "text", `${body.length} rows; split files above ${ROWS_MAX} rows`, {
      rows: body.length,
    });
  }
  if (body.every((cells, i) => isBlank(cells) && !table.unreadable?.has(i + header_rows)))
    return refuse("manifest_empty", "text", "the manifest holds no lines");
  const kept: ManifestLine[] = [];
  const found: FoundRow[] = aboveBody(rows, header.value);
  const serials = new Map<string, number>();
  let blank = 0;
  for (const [i, cells] of body.entries()) {
    const index = i + header_rows;
    const unreadable = table.unreadable?.get(index);
    if (unreadable === undefined && isBlank(cells)) {
      blank++;
      continue;
    }
    const read = readRow({ cells, row: index + 1, header: header.value, unreadable, serials });
    if (read.line) kept.push(read.line);
    if (read.findings.length > 0)
      found.push(foundRow(index + 1, { cells, kept: !!read.line, findings: read.findings }));
  }
  const rejected = body.length - blank - kept.length;
  if (kept.length === 0) {
    const first = found.find((f) => !f.kept);
    const why = first?.findings.find((f) => f.severity === "rejected");
    return refuse("no_row_kept", `row ${first?.row ?? 1}`, `no row can be read; the first: ${why?.message}`, {
      rejected,
    });
  }
  return done({
    rows: body.length,
    header_rows,
    kept,
    rejected,
    blank,
    found,
    columns: columnNames(header.value),
  });
}

const isBlank = (cells: readonly string[]): boolean => cells.every((c) => c.trim() === "");

function foundRow(row: number, given: Omit<FoundRow, "row">): FoundRow {
  const shown = (cell: string) => startOf(scrub(cell).text, SHOWN_CHARACTERS);
  return { ...given, row, cells: given.cells.slice(0, SHOWN_CELLS).map(shown) };
}

/** What stands above the header is not dropped silently, and a table without a header says so. */
function aboveBody(rows: readonly (readonly string[])[], header: Header | undefined): FoundRow[] {
  const note = (row: number, code: FindingCode, message: string): FoundRow =>
    foundRow(row, {
      kept: true,
      cells: rows[row - 1] ?? [],
      findings: [{ column: "whole row", code, severity: "noted", message }],
    });
  if (header === undefined) {
    const wide = rows.some((cells) => cells.length > 1);
    return wide
      ? [note(1, "header_missing", "no header was recognised: each row is read as one description")]
      : [];
  }
  return rows
    .slice(0, header.index)
    .flatMap((cells, i) =>
      isBlank(cells) ? [] : [note(i + 1, "above_the_header", "stands above the header; not read as a line")],
    );
}

function columnNames(header: Header | undefined): Record<string, string> {
  if (header === undefined) return { description: "whole line" };
  return Object.fromEntries(
    Object.entries(header.at).map(([meaning, i]) => [meaning, header.names[i] ?? ""]),
  );
}

interface Row {
  readonly cells: readonly string[];
  readonly row: number;
  readonly header: Header | undefined;
  readonly unreadable: string | undefined;
  /** Serials seen so far, with their row; read and added to. */
  readonly serials: Map<string, number>;
}

type RowFinding = Omit<Finding, "row">;

function readRow(given: Row): { line?: ManifestLine; findings: RowFinding[] } {
  const { row, header, unreadable } = given;
  const whole = (code: FindingCode, message: string) => ({
    findings: [{ column: "whole row", code, severity: "rejected" as const, message }],
  });
  if (unreadable !== undefined) return whole("row_unreadable", unreadable);
  if (given.cells.length > CELLS_MAX)
    return whole("row_too_wide", `the row has ${given.cells.length} cells, at most ${CELLS_MAX} are read`);
  const long = given.cells.findIndex((cell) => cell.length > TEXT_MAX);
  if (long >= 0) {
    const message = `${given.cells[long]?.length} characters, at most ${TEXT_MAX} are read`;
    return {
      findings: [{ column: nameOf(header, long), code: "cell_too_long", severity: "rejected", message }],
    };
  }
  const scrubbed = given.cells.map(scrub);
  const cells = scrubbed.map((c) => c.text);
  const findings = [...spoiltCells(scrubbed, header), ...raggedness(cells, header)];
  const read = readValues(cells, header, findings);
  if (findings.some((f) => f.severity === "rejected")) return { findings };
  const serials = readSerials(valueAt(cells, header, "serial"), read.quantity);
  findings.push(...serialFindings(serials, read.quantity, { ...given, column: columnOf(header, "serial") }));
  const named = header ? Object.fromEntries(cells.map((c, i) => [nameOf(header, i), c])) : {};
  return { line: { file_row: row, ...read, serials, cells: named }, findings };
}

const nameOf = (header: Header | undefined, i: number): string => header?.names[i] ?? `column ${i + 1}`;

function columnOf(header: Header | undefined, meaning: Meaning): string {
  const i = header?.at[meaning];
  return header === undefined || i === undefined ? meaning : nameOf(header, i);
}

function valueAt(cells: readonly string[], header: Header | undefined, meaning: Meaning): string {
  const i = header?.at[meaning];
  return i === undefined ? "" : (cells[i] ?? "");
}

function spoiltCells(
  cells: readonly { text: string; control: boolean }[],
  header: Header | undefined,
): RowFinding[] {
  const naming = new Set(header ? NAMING.map((m) => header.at[m]) : cells.map((_, i) => i));
  return cells.flatMap(({ text, control }, i): RowFinding[] => {
    const column = nameOf(header, i);
    if (control) {
      const severity = naming.has(i) ? "rejected" : "noted";
      const message = "holds control characters: is the file binary, or in another encoding?";
      return [{ column, code: "control_characters", severity, message }];
    }
    if (!text.includes("\ufffd")) return [];
    const message =
      "characters were lost before the text came here: is the file in another encoding than UTF-8?";
    return [{ column, code: "characters_lost", severity: "noted", message }];
  });
}

function raggedness(cells: readonly string[], header: Header | undefined): RowFinding[] {
  if (header === undefined) return [];
  const width = header.names.length;
  const extra = cells.slice(width).filter((c) => c !== "").length;
  const column = `column ${Math.min(width, cells.length) + 1}`;
  if (extra > 0) {
    const message = `${extra} cells stand beyond the header; is a delimiter inside a cell without quotes?`;
    return [{ column, code: "cells_left_over", severity: "noted", message }];
  }
  if (cells.length >= width) return [];
  const message = `the row has ${cells.length} cells, the header ${width}; the missing ones are read as empty`;
  return [{ column, code: "cells_missing", severity: "noted", message }];
}

/** The values of a row; what cannot be read is added to the findings. */
function readValues(
  cells: readonly string[],
  header: Header | undefined,
  findings: RowFinding[],
): { text: string; quantity: number | null; weight_mg: number | null } {
  const add = (meaning: Meaning, code: FindingCode, message: string) =>
    findings.push({ column: columnOf(header, meaning), code, severity: "rejected", message });
  const text = header
    ? joined(NAMING.map((m) => valueAt(cells, header, m)))
    : cells.filter(Boolean).join(" ");
  if (text === "") add("description", "description_missing", "the row names no item");
  if (text.length > TEXT_MAX)
    add("description", "cell_too_long", `the item is named in ${text.length} characters`);
  if (/^(?:grand |sub ?)?totals?\b[:\s]*$/i.test(text))
    add("description", "row_is_a_total", "a sum of other rows, not an item");
  const stated = valueAt(cells, header, "quantity");
  const quantity = readQuantity(stated);
  if (quantity === undefined)
    add("quantity", "quantity_unreadable", `the quantity is not a whole number from 1 to ${QUANTITY_MAX}`);
  const cell = valueAt(cells, header, "weight");
  const weight = readWeight(cell, {
    unit: valueAt(cells, header, "weight_unit"),
    header: header?.at.weight === undefined ? "" : columnOf(header, "weight"),
  });
  if (weight === undefined)
    add(
      "weight",
      "weight_unreadable",
      'the weight is not one with a unit; write "12.5 kg", or name the unit in the header',
    );
  findings.push(...weightNotes(weight, columnOf(header, "weight")));
  return { text, quantity: quantity ?? null, weight_mg: weight?.mass_mg || null };
}

function weightNotes(weight: ReturnType<typeof readWeight>, column: string): RowFinding[] {
  if (!weight) return [];
  if (weight.mass_mg === 0)
    return [
      { column, code: "weight_zero", severity: "noted", message: "a weight of zero is read as not stated" },
    ];
  if (!weight.units_differ) return [];
  const message = "the cell names another unit than its column; the cell is taken";
  return [{ column, code: "weight_units_differ", severity: "noted", message }];
}

/** Maker, model, description and the rest as one text; what is said already is not said twice. */
function joined(parts: readonly string[]): string {
  let text = "";
  for (const part of parts) {
    if (part === "" || text.toLowerCase().includes(part.toLowerCase())) continue;
    text = part.toLowerCase().startsWith(text.toLowerCase()) ? part : `${text} ${part}`;
  }
  return text.trim();
}

function serialFindings(
  serials: readonly string[],
  quantity: number | null,
  given: { row: number; column: string; serials: Map<string, number> },
): RowFinding[] {
  const { column } = given;
  const findings: RowFinding[] = [];
  for (const serial of serials) {
    const key = serialKey(serial);
    const before = given.serials.get(key);
    if (before === undefined) given.serials.set(key, given.row);
    else {
      const message = `this serial number stands in row ${before} too`;
      findings.push({ column, code: "serial_repeated", severity: "noted", message });
    }
  }
  if (quantity !== null && serials.length > quantity) {
    const message = `${serials.length} serials for ${quantity} pieces`;
    findings.push({ column, code: "more_serials_than_pieces", severity: "noted", message });
  }
  return findings;
}
