import { decimals, percentText } from "../show/figure-text.ts";
import { Table } from "../show/table.tsx";
import { handCut, type Outlet } from "./by-hand.ts";

export interface Window {
  readonly species: string;
  readonly from_s: number;
  readonly to_s: number;
}

/** Cuts whose ends are moved by mouse, finger or arrow key; purity, yield and impurities are read from the curve shown. */
export function CutTable(props: {
  outlet: Outlet;
  products: readonly string[];
  windows: readonly Window[];
  move: (cut: number, to: Window) => void;
  /** Stands before the names of the slides where a page has more than one table. */
  of?: string;
}) {
  const { outlet, products, windows, move, of } = props;
  const [begin_s, end_s] = [outlet.time_s[0] ?? 0, outlet.time_s.at(-1) ?? 0];
  const rows = windows.map((window, k) => {
    const { species, from_s, to_s } = window;
    return { k, window, made: handCut(outlet, { species, from_s, to_s, products }) };
  });
  return (
    <Table
      caption="cuts"
      rows={rows}
      keyOf={(row) => `${row.window.species} ${row.k}`}
      columns={[
        { head: "Product", cell: (row) => row.window.species, kind: "keep" },
        {
          head: "From and to",
          cell: ({ k, window: w }) => (
            <span className="bench-ends">
              {(["from_s", "to_s"] as const).map((end) => (
                <input
                  key={end}
                  type="range"
                  aria-label={`${of ? `${of}: ` : ""}${w.species}, ${end === "from_s" ? "begin" : "end"} of the cut`}
                  aria-valuetext={`${decimals(w[end] / 3600, 2)} hours`}
                  min={begin_s}
                  max={end_s}
                  step={(end_s - begin_s) / 2000}
                  value={w[end]}
                  onChange={(e) => move(k, { ...w, [end]: Number(e.currentTarget.value) })}
                />
              ))}
            </span>
          ),
        },
        {
          head: "h",
          kind: "num",
          cell: ({ window: w }) => `${decimals(w.from_s / 3600, 2)} to ${decimals(w.to_s / 3600, 2)}`,
        },
        {
          head: "Purity",
          kind: "num",
          cell: ({ made }) =>
            made.purity === undefined ? <span className="dim">–</span> : percentText(made.purity),
        },
        { head: "Yield", kind: "num", cell: ({ made }) => percentText(made.yield) },
        {
          head: "Impurities, ppm",
          cell: ({ made }) =>
            Object.entries(made.impurities_ppm)
              .map(([name, ppm]) => `${name} ${decimals(ppm, ppm < 100 ? 1 : 0)}`)
              .join(", "),
        },
      ]}
    />
  );
}
