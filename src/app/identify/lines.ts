import { parse } from "csv-parse/sync";
import { done, refuse } from "../../quantity/index.ts";
import { fewEnoughCells } from "../core/cells.ts";

export interface TextRow {
  readonly line: string;
  readonly row: Readonly<Record<string, string>>;
}

/** Rows of one call: more is a file to split. */
const ROWS_MAX = 200_000;
/** A cell longer than this is not a manifest line. */
const LINE_MAX = 1_000_000;
/** Columns that are looked through for the one of lines. */
const COLUMNS_MAX = 1000;

const COLUMN = "line";
const DELIMITERS = [",", ";", "\t"] as const;

/** A CSV (comma, semicolon or tab) with a `line` column, whose other columns are passed through; or plain text, a line each. A blank row is a row. */
export function textRows(text: string) {
  const plain = text.replace(/^\ufeff/, "");
  if (plain.length === 0) return refuse("input_empty", "input", "there are no lines");
  if (plain.includes("\0"))
    return refuse("input_binary", "input", "the input holds zero bytes: it is not text");
  const delimiter = DELIMITERS.find((one) => columnsOf(plain, one).includes(COLUMN));
  const few = fewEnoughCells(plain, delimiter ?? "", "input");
  if (!few.ok) return few;
  const rows = delimiter === undefined ? done(plainRows(plain)) : csvRows(plain, delimiter);
  if (!rows.ok) return rows;
  if (rows.value.length > ROWS_MAX)
    return refuse("too_many_rows", "input", `${rows.value.length} rows; split files above ${ROWS_MAX}`);
  const long = rows.value.findIndex((r) => r.line.length >= LINE_MAX);
  if (long >= 0)
    return refuse("line_too_long", `row ${long + 1}`, `a line has at most ${LINE_MAX} characters`);
  return rows;
}

function plainRows(text: string): TextRow[] {
  const lines = text.split(/\r?\n/);
  // The end of the last line is not one more line.
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => ({ line, row: {} }));
}

/** A first line that is longer than any line may be names no columns. */
const columnsOf = (text: string, delimiter: string): string[] =>
  (text.slice(0, LINE_MAX).split(/\r?\n/, 1)[0] ?? "")
    .split(delimiter, COLUMNS_MAX)
    .map((name) => nameOf(name.trim().replace(/^"|"$/g, "")));

/** The column of lines is known in any case, and under this name from here on. */
const nameOf = (name: string): string => (name.trim().toLowerCase() === COLUMN ? COLUMN : name.trim());

function csvRows(text: string, delimiter: string) {
  let table: string[][];
  try {
    table = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  } catch (cause) {
    const { lines, message } = cause as { lines?: number; message: string };
    return refuse("csv_unreadable", `line ${lines ?? "?"}`, message.slice(0, 300));
  }
  const [header = [], ...rows] = table;
  const names = header.map(nameOf);
  const wide = rows.findIndex((row) => row.length > names.length);
  if (wide >= 0 && names.length > 1)
    return refuse(
      "row_too_wide",
      `row ${wide + 1}`,
      `${rows[wide]?.length} cells under a header of ${names.length}; is "${delimiter}" inside a cell without quotes?`,
    );
  return done(
    rows.map((cells) => {
      // Under a header of one column a delimiter can only be part of the text.
      const kept = names.length === 1 ? [cells.join(delimiter)] : cells;
      const { [COLUMN]: line = "", ...row } = Object.fromEntries(kept.map((cell, k) => [names[k], cell]));
      return { line, row };
    }),
  );
}
