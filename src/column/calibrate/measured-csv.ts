import { done, type Result, refuse } from "../../quantity/index.ts";
import type { CalibrationRefusal } from "./read-calibration.ts";

/** An outlet as measured: concentrations at rising times. */
export interface MeasuredCurve {
  readonly time_s: readonly number[];
  readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
}

/** Plain decimal numbers only: JavaScript alone would also read "" as 0 and "0x10" as 16. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Reads `time_s,Nd,Pr` and rows of numbers; a refusal names the row and the column. */
export function readMeasuredCsv(text: string, at: string): Result<MeasuredCurve, CalibrationRefusal> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((name) => name.trim());
  if (header[0] !== "time_s" || header.length < 2)
    return refuse("curve_malformed", `${at} row 1`, "the first row is time_s and the names of species");
  const twice = header.findIndex((name, i) => header.indexOf(name) !== i);
  if (twice >= 0)
    return refuse("curve_malformed", `${at} row 1 column ${header[twice]}`, "a column is named twice");
  const columns: number[][] = header.map(() => []);
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === "") continue;
    const cells = line.split(",");
    if (cells.length !== header.length)
      return refuse("curve_malformed", `${at} row ${i + 1}`, `${cells.length} cells, not ${header.length}`);
    for (const [k, cell] of cells.entries()) {
      const value = Number(cell);
      if (!decimal.test(cell.trim()) || !Number.isFinite(value))
        return refuse(
          "curve_malformed",
          `${at} row ${i + 1} column ${header[k]}`,
          `"${cell.trim().slice(0, 40)}" is not a number`,
        );
      if (k === 0 && value <= (columns[0]?.at(-1) ?? -1))
        return refuse("curve_malformed", `${at} row ${i + 1} column time_s`, "times rise from 0");
      columns[k]?.push(value);
    }
  }
  const mol_per_m3 = Object.fromEntries(header.slice(1).map((name, k) => [name, columns[k + 1] ?? []]));
  return done({ time_s: columns[0] ?? [], mol_per_m3 });
}
