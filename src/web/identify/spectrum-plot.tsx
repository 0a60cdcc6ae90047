import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { LineMark, PlottedSpectrum } from "./spectrum-data.ts";

const HEIGHT = 320;
const INK = {
  light: { text: "#55606b", grid: "#e3e8eb", counts: "#3d4c59", fit: "#b04a00", background: "#0072b2" },
  dark: { text: "#a9b3bd", grid: "#2f373d", counts: "#b6c0c9", fit: "#f09a4a", background: "#56b4e9" },
} as const;

/** A spectrum on a logarithmic scale, with the fit over it, the background below, and the lines that were found marked. */
export function SpectrumPlot({ of, marks }: { of: PlottedSpectrum; marks: readonly LineMark[] }) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const ink = INK[scheme];
    const axis = { stroke: ink.text, grid: { stroke: ink.grid }, ticks: { stroke: ink.grid } };
    const line = (label: string, stroke: string, width: number): uPlot.Series => ({
      label,
      stroke,
      width,
      points: { show: false },
      value: (_plot, v) => (v == null ? "–" : v.toFixed(v < 10 ? 1 : 0)),
    });
    const plot = new uPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        scales: { x: { time: false }, y: { distr: 3, log: 10 } },
        axes: [
          { ...axis, label: "keV", labelSize: 18, size: 34 },
          { ...axis, label: "counts", labelSize: 18, size: 56 },
        ],
        series: [
          { label: "keV", value: (_plot, v) => (v == null ? "–" : v.toFixed(2)) },
          line("measured", ink.counts, 1),
          line("fitted", ink.fit, 2),
          line("background", ink.background, 1),
        ],
        hooks: { draw: [(drawn) => markLines(drawn, marks, ink.text)] },
      },
      [of.energy_keV, of.counts, of.model, of.background] as unknown as uPlot.AlignedData,
      host,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT }));
    watch.observe(host);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [of, marks, scheme]);
  return (
    <div
      ref={place}
      className="chart"
      role="img"
      aria-label={`Spectrum with its fit; lines marked: ${marks.map((m) => `${m.name} at ${m.energy_keV.toFixed(2)} keV`).join(", ")}`}
    />
  );
}

function markLines(plot: uPlot, marks: readonly LineMark[], ink: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = ink;
  ctx.font = `${11 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = "center";
  const placed: number[] = [];
  for (const { name, energy_keV } of marks) {
    const x = plot.valToPos(energy_keV, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillRect(x, bbox.top, devicePixelRatio, 6 * devicePixelRatio);
    // Names that would run into each other are left to the table of lines.
    if (placed.some((other) => Math.abs(x - other) < 36 * devicePixelRatio)) continue;
    ctx.fillText(name, x, bbox.top + 18 * devicePixelRatio);
    placed.push(x);
  }
  ctx.restore();
}
