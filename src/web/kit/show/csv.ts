const NUMBER = /^[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?$/;
/** Also as they are written in full width, which spreadsheets read alike. */
const BEGINS_A_FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/;

/** A cell that a spreadsheet would take for a formula is told to be text; what is a number as a whole stays one. */
const plain = (cell: string): string =>
  BEGINS_A_FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as a CSV file that any program reads, and in which no text is a formula. */
export const csvFile = (rows: readonly (readonly (string | number | undefined)[])[]): string =>
  rows.map((cells) => `${cells.map((cell) => quoted(plain(String(cell ?? "")))).join(",")}\r\n`).join("");
