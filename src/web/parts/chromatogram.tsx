import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";

/** Colour-blind safe (Okabe and Ito); an element has the same colour everywhere. */
const COLOURS: Readonly<Record<string, string>> = {
  Nd: "#0072b2",
  Pr: "#009e73",
  Dy: "#d55e00",
  Tb: "#cc79a7",
  La: "#56b4e9",
  Ce: "#e69f00",
  Sm: "#7a6a00",
  Gd: "#5b4bb7",
};
const OTHER = "#8a8a8a";

interface Curves {
  readonly time_s: readonly number[];
  readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
}

/** Outlet concentrations over time, with the cuts as bands. */
export function Chromatogram({
  curves,
  cuts,
}: {
  curves: Curves;
  cuts: readonly { species: string; from_s: number; to_s: number }[];
}) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const names = Object.keys(curves.mol_per_m3);
    const ink = getComputedStyle(element).color;
    const axis = { stroke: ink, grid: { stroke: "#8884", width: 1 }, ticks: { stroke: "#8884", width: 1 } };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 320,
        scales: { x: { time: false } },
        axes: [
          { ...axis, label: "time, h" },
          { ...axis, label: "mol/m³" },
        ],
        series: [
          { label: "h" },
          ...names.map((name) => ({
            label: name,
            stroke: COLOURS[name] ?? OTHER,
            width: 2,
            value: (_: uPlot, v: number | null) => v?.toFixed(2) ?? "",
          })),
        ],
        hooks: {
          drawClear: [
            (u) => {
              for (const cut of cuts) {
                const [left, right] = [
                  u.valToPos(cut.from_s / 3600, "x", true),
                  u.valToPos(cut.to_s / 3600, "x", true),
                ];
                u.ctx.fillStyle = `${COLOURS[cut.species] ?? OTHER}2e`;
                u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
              }
            },
          ],
        },
      },
      [curves.time_s.map((t) => t / 3600), ...names.map((name) => [...(curves.mol_per_m3[name] ?? [])])],
      element,
    );
    const first = Math.min(...cuts.map((c) => c.from_s / 3600));
    const end = (curves.time_s.at(-1) ?? 0) / 3600;
    if (Number.isFinite(first))
      plot.setScale("x", { min: Math.max(0, first - (end - first) * 0.25), max: end });
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 320 }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [curves, cuts]);
  return (
    <div
      ref={holder}
      role="img"
      aria-label={`Chromatogram of ${Object.keys(curves.mol_per_m3).join(", ")}`}
    />
  );
}
