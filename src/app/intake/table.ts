import { parse } from "csv-parse/sync";
import { guessDelimiter } from "../../intake/index.ts";
import { done, type Result, refuse } from "../../quantity/index.ts";

/** A manifest is at most this long; a longer one is split. */
const TEXT_MAX = 10 * 1024 * 1024;

/** Cells of a CSV file or of pasted text. Without any delimiter each line is one cell. */
export function tableOf(text: string): Result<string[][]> {
  if (text.length > TEXT_MAX) {
    return refuse(
      "manifest_too_large",
      "text",
      `a manifest is at most ${TEXT_MAX / 1024 / 1024} MB; split it`,
    );
  }
  const plain = text.replace(/^\ufeff/, "");
  try {
    return done(
      parse(plain, {
        delimiter: guessDelimiter(plain),
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: false,
        record_delimiter: ["\r\n", "\n", "\r"],
      }) as string[][],
    );
  } catch (cause) {
    const { lines, message } = cause as { lines?: number; message: string };
    return refuse("csv_unreadable", `line ${lines ?? "?"}`, message.slice(0, 300));
  }
}
