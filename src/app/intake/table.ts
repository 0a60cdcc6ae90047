import { CsvError, parse } from "csv-parse/sync";
import { guessDelimiter, looksBinary, startOf, type Table } from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { fewEnoughCells } from "../core/cells.ts";

/** A manifest is at most this long; a longer one is split. */
const BYTES_MAX = 10 * 1024 * 1024;

/** A quoted cell of more lines than this is taken for a quote that was never closed. */
const CELL_LINES_MAX = 20;

const LINE_END = /\r\n|\n|\r/;

/**
 * Cells of a CSV file or of pasted text; without any delimiter each line is one cell (N5). Where quotes do not close, lines are
 * read one by one, so that one broken row does not take the others with it. Refusals: manifest_too_large, not_text, too_many_cells.
 */
export function tableOf(text: string) {
  if (text.length > BYTES_MAX || Buffer.byteLength(text) > BYTES_MAX) {
    return refuse(
      "manifest_too_large",
      "text",
      `a manifest is at most ${BYTES_MAX / 1024 / 1024} MB; split it`,
    );
  }
  if (looksBinary(text)) {
    return refuse(
      "not_text",
      "text",
      "this is not text: save a spreadsheet as CSV in UTF-8, and send UTF-16 as UTF-8",
    );
  }
  const plain = text.replace(/^\ufeff/, "");
  const delimiter = guessDelimiter(plain);
  const few = fewEnoughCells(plain, delimiter, "text");
  if (!few.ok) return few;
  if (delimiter === "") return done<Table>({ rows: linesOf(plain).map((line) => [unquoted(line)]) });
  const strict = cellsOf(plain, delimiter, "strict");
  if (strict.ok && !strict.rows.some((row) => swallows(row, delimiter, strict.rows[0]?.length ?? 1)))
    return done<Table>({ rows: strict.rows });
  // Stray quotes, such as inch marks, do no harm as long as no cell runs on into the next line.
  const relaxed = cellsOf(plain, delimiter, "relaxed");
  if (relaxed.ok && !relaxed.rows.some((row) => row.some((cell) => LINE_END.test(cell))))
    return done<Table>({ rows: relaxed.rows });
  return done(lineByLine(plain, delimiter));
}

/** A quoted cell has run over other rows: it is very long, or one of its later lines has as many cells as a row. */
function swallows(row: readonly string[], delimiter: string, width: number): boolean {
  return row.some((cell) => {
    const lines = cell.split(LINE_END);
    if (lines.length > CELL_LINES_MAX) return true;
    return width > 1 && lines.slice(1).some((line) => line.split(delimiter).length >= width);
  });
}

/** A line that is one quoted cell stands without its quotes. */
const unquoted = (line: string): string =>
  /^"(?:[^"]|"")*"\s*$/.test(line) ? line.trim().slice(1, -1).replaceAll('""', '"') : line;

function linesOf(text: string): string[] {
  const lines = text.split(LINE_END);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

type Cells = { readonly ok: true; readonly rows: string[][] } | { readonly ok: false; readonly why: string };

function cellsOf(text: string, delimiter: string, quotes: "strict" | "relaxed"): Cells {
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: quotes === "relaxed",
      skip_empty_lines: false,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as string[][];
    return { ok: true, rows };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { code, message } = cause;
    return { ok: false, why: code === "CSV_QUOTE_NOT_CLOSED" ? "a quote is opened and not closed" : message };
  }
}

function lineByLine(text: string, delimiter: string): Table {
  const unreadable = new Map<number, string>();
  const rows = linesOf(text).map((line, i) => {
    if (line === "") return [""];
    const read = cellsOf(line, delimiter, "relaxed");
    if (read.ok) return read.rows[0] ?? [""];
    unreadable.set(i, read.why.slice(0, 300));
    return [startOf(line, 2000)];
  });
  return { rows, unreadable };
}
