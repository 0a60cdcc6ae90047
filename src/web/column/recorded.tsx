import { useState } from "react";
import type { Overlay } from "./chromatogram.tsx";

/** Reads a recorded outlet, in the form that "Outlet as CSV" writes: time_s, then a column a species. */
export function readRecorded(text: string): Overlay | string {
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(",").map((name) => name.trim().replace(/_mol_per_m3$/, ""));
  if (names[0] !== "time_s" || names.length < 2) return "the first line names its columns: time_s, Dy, Nd, …";
  const rows = lines.filter((line) => line.trim() !== "").map((line) => line.split(",").map(Number));
  const bad = rows.findIndex((row) => row.length !== names.length || !row.every(Number.isFinite));
  if (bad >= 0) return `line ${bad + 2} has not a number in every column`;
  if (rows.length < 2) return "there are fewer than two times in it";
  const back = rows.findIndex((row, k) => k > 0 && (row[0] ?? 0) <= (rows[k - 1]?.[0] ?? 0));
  if (back >= 0) return `line ${back + 2}: the times do not rise`;
  return {
    label: "recorded",
    time_s: rows.map((row) => row[0] ?? 0),
    mol_per_m3: Object.fromEntries(
      names.slice(1).map((name, i) => [name, rows.map((row) => row[i + 1] ?? 0)]),
    ),
  };
}

/** Lays a recorded run over the simulated one. */
export function RecordedRun({ take }: { take: (run: Overlay | undefined) => void }) {
  const [says, setSays] = useState<string>();
  const read = async (file: File | undefined) => {
    if (!file) return;
    const found = readRecorded(await file.text());
    setSays(typeof found === "string" ? `${file.name}: ${found}` : `${file.name} is drawn dashed`);
    take(typeof found === "string" ? undefined : found);
  };
  return (
    <>
      <label className="plain file-button">
        Recorded run (CSV)
        <input
          type="file"
          accept=".csv,text/csv"
          className="sr-only"
          onChange={(e) => void read(e.currentTarget.files?.[0])}
        />
      </label>
      {says ? (
        <span className="dim small" role="status">
          {says}
        </span>
      ) : null}
    </>
  );
}
