import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { ColumnRun } from "./campaign.tsx";

const HEIGHT = 260;

/** Told apart also by those who see few colours (Okabe and Ito, 2008), darkened or lightened to read on either page. */
const STROKES = {
  light: ["#0072b2", "#b04a00", "#007a5a", "#a0307a", "#8a6d00", "#3d4c59"],
  dark: ["#56b4e9", "#f09a4a", "#3fd0a4", "#e79ac8", "#f0e442", "#b6c0c9"],
} as const;

const INK = {
  light: { text: "#55606b", grid: "#e3e8eb" },
  dark: { text: "#a9b3bd", grid: "#2f373d" },
} as const;

/** What leaves the column over time, with the cuts shaded. Products are drawn full, what carries them thin and dashed. */
export function Chromatogram({ run, products }: { run: ColumnRun; products: readonly string[] }) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const plot = new uPlot(optionsOf(run, { products, scheme, width: host.clientWidth }), dataOf(run), host);
    const watch = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT }));
    watch.observe(host);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [run, products, scheme]);
  const cuts = run.cuts.map((c) => `${c.species} from ${hours(c.from_s)} to ${hours(c.to_s)} h`).join(", ");
  return (
    <div
      ref={place}
      role="img"
      aria-label={`Concentration at the outlet of ${run.column} over time. Cuts: ${cuts || "none"}.`}
      className="chart"
    />
  );
}

const hours = (s: number) => (s / 3600).toFixed(2);

const dataOf = ({ chromatogram }: ColumnRun): uPlot.AlignedData => [
  chromatogram.time_s.map((s) => s / 3600),
  ...Object.values(chromatogram.mol_per_m3).map((values) => [...values]),
];

function optionsOf(
  run: ColumnRun,
  given: { products: readonly string[]; scheme: "light" | "dark"; width: number },
): uPlot.Options {
  const { products, scheme, width } = given;
  const strokes = STROKES[scheme];
  const ink = INK[scheme];
  const axis = { stroke: ink.text, grid: { stroke: ink.grid }, ticks: { stroke: ink.grid } };
  const others = strokes[strokes.length - 1] ?? ink.text;
  const species = Object.keys(run.chromatogram.mol_per_m3);
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false } },
    cursor: { points: { size: 6 } },
    axes: [
      { ...axis, label: "h", labelSize: 18, size: 34 },
      { ...axis, label: "mol/m³", labelSize: 18, size: 48 },
    ],
    series: [
      { label: "h", value: (_plot, h) => (h == null ? "–" : h.toFixed(2)) },
      ...species.map((name): uPlot.Series => {
        const product = products.indexOf(name);
        return {
          label: name,
          stroke: product < 0 ? others : (strokes[product % (strokes.length - 1)] ?? ink.text),
          width: product < 0 ? 1 : 2,
          ...(product < 0 ? { dash: [4, 4] } : {}),
          points: { show: false },
          value: (_plot, c) => (c == null ? "–" : c.toFixed(2)),
        };
      }),
    ],
    hooks: { drawClear: [(plot) => shadeCuts(plot, { run, products, strokes })] },
  };
}

function shadeCuts(
  plot: uPlot,
  given: { run: ColumnRun; products: readonly string[]; strokes: readonly string[] },
): void {
  const { run, products, strokes } = given;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.globalAlpha = 0.13;
  for (const cut of run.cuts) {
    const from = plot.valToPos(cut.from_s / 3600, "x", true);
    const to = plot.valToPos(cut.to_s / 3600, "x", true);
    ctx.fillStyle = strokes[Math.max(0, products.indexOf(cut.species)) % (strokes.length - 1)] ?? "gray";
    ctx.fillRect(
      Math.max(from, bbox.left),
      bbox.top,
      Math.min(to, bbox.left + bbox.width) - from,
      bbox.height,
    );
  }
  ctx.restore();
}
