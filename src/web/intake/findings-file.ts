import type { RowRecord } from "../../intake/index.ts";
import { csvFile } from "../kit/show/csv.ts";

/** Rows with findings as a CSV file: what is wrong, then the cells as they stood in the manifest. */
export function findingsFile(rows: readonly RowRecord[]): string {
  const width = Math.max(0, ...rows.map((r) => r.cells.length));
  const head = ["row", "state", "what is wrong", ...Array.from({ length: width }, (_, i) => `cell ${i + 1}`)];
  const body = rows.map((r) => [
    String(r.row),
    r.state,
    r.findings.map((f) => (f.column ? `${f.column}: ${f.message}` : f.message)).join("; "),
    ...r.cells,
  ]);
  return csvFile([head, ...body]);
}
