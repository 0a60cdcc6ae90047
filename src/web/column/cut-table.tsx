import "../kit/show/no-eval.ts";
import { useMemo } from "react";
import { collect, contextOfKept, type KeptOutlet } from "../../column/index.ts";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { Table } from "../kit/show/table.tsx";
import type { Window } from "./by-hand.ts";

/** What cuts of an outlet come to: purity of all products in the cut, yield of what was fed. */
export function CutTable(props: {
  outlet: KeptOutlet;
  products: readonly string[];
  windows: readonly Window[];
}) {
  const { outlet, products, windows } = props;
  const context = useMemo(() => contextOfKept(outlet, products), [outlet, products]);
  const rows = windows.map((window, k) => ({
    k,
    window,
    made: collect(context, window.species, window.from_s, window.to_s),
  }));
  return (
    <Table
      caption="cuts"
      rows={rows}
      keyOf={(row) => `${row.window.species} ${row.k}`}
      columns={[
        { head: "Product", cell: (row) => row.window.species, kind: "keep" },
        {
          head: "From and to, h",
          kind: "num",
          cell: ({ window: w }) => `${decimals(w.from_s / 3600, 2)} to ${decimals(w.to_s / 3600, 2)}`,
        },
        {
          head: "Purity",
          kind: "num",
          cell: ({ made }) =>
            made.purity === null ? <span className="dim">–</span> : percentText(made.purity),
        },
        { head: "Yield", kind: "num", cell: ({ made }) => percentText(made.yield) },
        {
          head: "Impurities, ppm",
          cell: ({ made }) =>
            Object.entries(made.impurities_ppm)
              .map(([name, ppm]) => `${name} ${ppmText(ppm)}`)
              .join(", "),
        },
      ]}
    />
  );
}

const ppmText = (ppm: number): string => (ppm < 0.05 ? "< 0.1" : decimals(ppm, ppm < 100 ? 1 : 0));
