import { parse } from "csv-parse/sync";
import { done, type Result, refuse } from "../../quantity/index.ts";

export interface TextRow {
  readonly line: string;
  readonly row: Readonly<Record<string, string>>;
}

/** Rows of one call: more is a file to split. */
const ROWS_MAX = 200_000;
/** A cell longer than this is not a manifest line. */
const LINE_MAX = 1_000_000;

/** A CSV with a `line` column, whose other columns are passed through; or plain text, a line each. A blank row is a row. */
export function textRows(text: string): Result<readonly TextRow[]> {
  const plain = text.replace(/^\ufeff/, "");
  if (plain.length === 0) return refuse("input_empty", "input", "there are no lines");
  if (plain.includes("\0"))
    return refuse("input_binary", "input", "the input holds zero bytes: it is not text");
  const header = (plain.split(/\r?\n/, 1)[0] ?? "")
    .split(",")
    .map((name) => name.trim().replace(/^"|"$/g, ""));
  const rows = header.includes("line") ? csvRows(plain) : done(plainRows(plain));
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

function csvRows(text: string): Result<TextRow[]> {
  try {
    const table = parse(text, {
      columns: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    }) as Record<string, string>[];
    return done(table.map(({ line = "", ...row }) => ({ line, row })));
  } catch (cause) {
    const { lines, message } = cause as { lines?: number; message: string };
    return refuse("csv_unreadable", `line ${lines ?? "?"}`, message.slice(0, 300));
  }
}
