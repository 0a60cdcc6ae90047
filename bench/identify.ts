import { mkdirSync, writeFileSync } from "node:fs";
import { identifyLine, lotTotals, lotUnitsOf } from "../src/identify/index.ts";
import { heldOutRows, lineDataIsThere } from "./identify-lines.ts";
import { lotRows } from "./identify-lot.ts";

const LINES = 10_000;
const SHAPES: readonly ((i: number) => string)[] = [
  (i) => `QTY ${1 + (i % 40)} ST${1 + (i % 16)}000DM0${10 + (i % 80)} SATA`,
  (i) => `Dell | Latitude E${5000 + (i % 900)} | ${i % 2 ? "no HDD" : "w/ 500GB HDD"}`,
  (i) => `samsung mz7lm${(1 + (i % 8)) * 120}hmhq ssd`,
  (i) => `WDC WD${10 + (i % 8) * 10}EFRX-${i % 99}A asset ${100000 + i}`,
  (i) => `HP ProLiant DL${300 + (i % 90)} Gen${1 + (i % 9)} server for parts`,
  (i) => `Apple, iPhone ${4 + (i % 11)}, A${1300 + (i % 900)}`,
  (i) => `#${10000 + i} kitchen item ${i % 700}`,
];

/** Lines identified a second, and one lot of 500 lines. All lines differ; the first call builds the model index. */
export async function benchIdentify(): Promise<{ rows: { what: string; figure: string }[] }> {
  const lines = Array.from({ length: LINES }, (_, i) => (SHAPES[i % SHAPES.length] ?? String)(i));
  const started = performance.now();
  const identified = lines.map((line) => identifyLine(line));
  const lines_s = (performance.now() - started) / 1000;
  const lotStarted = performance.now();
  const totals = lotTotals({ units: lotUnitsOf(identified.slice(0, 500)), seed: 1 });
  const lot_s = (performance.now() - lotStarted) / 1000;
  const judgement = lineDataIsThere()
    ? heldOutRows((name, svg) => {
        mkdirSync("docs/images", { recursive: true });
        writeFileSync(`docs/images/${name}.svg`, svg);
      })
    : [
        {
          what: "held-out lines",
          figure: "not measured: the identification data is not beside the checkout",
        },
      ];
  return {
    rows: [
      {
        what: `manifest lines identified, ${LINES.toLocaleString("en-US")} lines, first call included`,
        figure: `${Math.round(LINES / lines_s).toLocaleString("en-US")} lines/s`,
      },
      { what: `lot totals of 500 lines, ${totals.draws} draws`, figure: `${lot_s.toFixed(2)} s` },
      ...lotRows(),
      ...judgement,
    ],
  };
}
