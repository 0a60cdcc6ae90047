import { done, type Refusal, type Result, readMass, refuse } from "../quantity/index.ts";

export interface Finding {
  /** Row of the file, the first being 1. */
  readonly row: number;
  readonly column: string;
  readonly code:
    | "description_missing"
    | "quantity_unreadable"
    | "weight_unreadable"
    | "row_too_long"
    | "cells_left_over"
    | "control_characters";
  readonly severity: "rejected" | "noted";
  readonly message: string;
}

export interface ManifestLine {
  readonly row: number;
  readonly text: string;
  readonly quantity: number | null;
  readonly serials: readonly string[];
  readonly weight_mg: number | null;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly rows: number;
  readonly kept: readonly ManifestLine[];
  readonly rejected: number;
  readonly blank: number;
  readonly findings: readonly Finding[];
  readonly columns: Readonly<Record<string, string>>;
}

export type ManifestRefusal = Refusal<"manifest_empty" | "too_many_rows">;

const ROWS_MAX = 50_000;
const TEXT_MAX = 2_000;
const QUANTITY_MAX = 100_000;

type Meaning = "description" | "quantity" | "serial" | "weight";

/** What headers people write, by meaning; compared in lower case without punctuation. Order within a meaning is preference. */
const HEADERS: Readonly<Record<Meaning, readonly string[]>> = {
  description: [
    "line",
    "description",
    "item",
    "item description",
    "model",
    "model number",
    "product",
    "asset",
    "device",
    "part",
  ],
  quantity: ["qty", "quantity", "count", "units", "pcs", "pieces", "number"],
  serial: ["serial", "serial number", "serial no", "sn", "s n", "serials"],
  weight: [
    "weight",
    "weight kg",
    "weight lb",
    "weight lbs",
    "weight g",
    "net weight",
    "mass",
    "kg",
    "lb",
    "lbs",
  ],
};

/**
 * Reads the cells of a manifest into lines (N3, N5, N6). `table` is the file as rows of cells, from any reader of CSV.
 * A header is found when a known word stands in the first row; without one, each row is a description.
 */
export function readManifest(table: readonly (readonly string[])[]): Result<Manifest, ManifestRefusal> {
  if (table.length > ROWS_MAX) {
    return refuse("too_many_rows", "text", `${table.length} rows; split files above ${ROWS_MAX} rows`, {
      rows: table.length,
    });
  }
  const header = headerOf(table[0] ?? []);
  const first = header ? 1 : 0;
  const body = table.slice(first);
  if (body.every(isBlank)) return refuse("manifest_empty", "text", "the manifest holds no lines");
  const kept: ManifestLine[] = [];
  const findings: Finding[] = [];
  let blank = 0;
  let rejected = 0;
  for (const [i, cells] of body.entries()) {
    const row = i + first + 1;
    if (isBlank(cells)) {
      blank++;
      continue;
    }
    const read = readLine(cells, row, header);
    findings.push(...read.findings);
    if (read.line) kept.push(read.line);
    else rejected++;
  }
  return done({
    rows: body.length,
    kept,
    rejected,
    blank,
    findings,
    columns: header?.named ?? { description: "whole line" },
  });
}

interface Header {
  readonly names: readonly string[];
  readonly at: Readonly<Partial<Record<Meaning, number>>>;
  readonly named: Readonly<Record<string, string>>;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((c) => c.trim() === "");

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

function headerOf(cells: readonly string[]): Header | undefined {
  const words = cells.map(plain);
  const at: Partial<Record<Meaning, number>> = {};
  for (const [meaning, known] of Object.entries(HEADERS) as [Meaning, readonly string[]][]) {
    const found = known.map((word) => words.indexOf(word)).find((i) => i >= 0);
    if (found !== undefined) at[meaning] = found;
  }
  if (at.description === undefined) return undefined;
  const named = Object.fromEntries(
    Object.entries(at).map(([meaning, i]) => [meaning, cells[i]?.trim() ?? ""]),
  );
  return { names: cells.map((c, i) => c.trim() || `column ${i + 1}`), at, named };
}

function readLine(
  cells: readonly string[],
  row: number,
  header: Header | undefined,
): { line?: ManifestLine; findings: Finding[] } {
  const cell = (meaning: Meaning) => {
    const i = header?.at[meaning];
    return i === undefined ? "" : (cells[i] ?? "").trim();
  };
  const column = (meaning: Meaning) => header?.named[meaning] ?? meaning;
  const text = header ? cell("description") : cells.join(" ").trim();
  const findings: Finding[] = [];
  const reject = (meaning: Meaning, code: Finding["code"], message: string) => {
    findings.push({ row, column: column(meaning), code, severity: "rejected", message });
  };
  if (text === "") reject("description", "description_missing", "the row names no item");
  if (text.length > TEXT_MAX)
    reject(
      "description",
      "row_too_long",
      `the description has ${text.length} characters, at most ${TEXT_MAX} are read`,
    );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text))
    reject(
      "description",
      "control_characters",
      "the description holds control characters: is the file binary?",
    );
  const quantity = readQuantity(cell("quantity"));
  if (quantity === undefined) {
    reject(
      "quantity",
      "quantity_unreadable",
      `"${cell("quantity").slice(0, 40)}" is not a whole number from 1 to ${QUANTITY_MAX}`,
    );
  }
  const weight_mg = readWeight(cell("weight"), column("weight"));
  if (weight_mg === undefined) {
    reject(
      "weight",
      "weight_unreadable",
      `"${cell("weight").slice(0, 40)}" is not a weight with a unit; write "12.5 kg", or name the unit in the header`,
    );
  }
  if (findings.length > 0) return { findings };
  if (header && cells.length > header.names.length) {
    const extra = cells.length - header.names.length;
    findings.push({
      row,
      column: `column ${header.names.length + 1}`,
      code: "cells_left_over",
      severity: "noted",
      message: `${extra} cells stand beyond the header`,
    });
  }
  const named = header
    ? Object.fromEntries(cells.map((c, i) => [header.names[i] ?? `column ${i + 1}`, c.trim()]))
    : {};
  const serials = cell("serial")
    .split(/[;,\s]+/)
    .filter(Boolean);
  const line: ManifestLine = {
    row,
    text,
    quantity: quantity ?? null,
    serials,
    weight_mg: weight_mg ?? null,
    cells: named,
  };
  return { line, findings };
}

/** null where nothing is stated, undefined where what is stated cannot be a quantity. */
function readQuantity(cell: string): number | null | undefined {
  if (cell === "") return null;
  const found = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*(?:x|ea|each|pcs?|pieces|units?)?$/i.exec(cell);
  const quantity = Number(found?.[1]?.replaceAll(",", ""));
  return found && quantity >= 1 && quantity <= QUANTITY_MAX ? quantity : undefined;
}

/** The unit stands in the cell, or in the header ("Weight (kg)"); without either the weight is refused, not guessed. */
function readWeight(cell: string, header: string): number | null | undefined {
  if (cell === "") return null;
  const unit = /\b(kg|lbs?|g|oz|t)\b/i.exec(plain(header))?.[1];
  const asIs = readMass(cell, "weight");
  if (asIs.ok) return asIs.value > 0 ? asIs.value : undefined;
  if (!unit) return undefined;
  const withUnit = readMass(`${cell} ${unit}`, "weight");
  return withUnit.ok && withUnit.value > 0 ? withUnit.value : undefined;
}

/** The delimiter that splits the first lines most evenly into most cells; a single column has none. */
export function guessDelimiter(text: string): string {
  const lines = text.split(/\r?\n/, 20).filter((line) => line.trim() !== "");
  const scored = [",", ";", "\t", "|"].map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length);
    const least = Math.min(...counts);
    return { delimiter, score: least > 1 ? least : 0 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ",";
}
