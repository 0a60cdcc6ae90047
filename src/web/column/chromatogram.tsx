import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import { colourOf } from "../kit/show/species-colour.ts";
import type { Outlet, Window } from "./by-hand.ts";
import { CutEdges } from "./cut-edges.tsx";

const HEIGHT = 260;

const INK = {
  light: { text: "#55606b", grid: "#e3e8eb" },
  dark: { text: "#a9b3bd", grid: "#2f373d" },
} as const;

/** Another outlet drawn over a run: a run kept to compare with, or one recorded on a real column. */
export interface Overlay extends Outlet {
  readonly label: string;
}

const NONE: readonly Overlay[] = [];
/** Dashes that tell up to four overlays apart. */
const DASHES = [
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [4, 8],
] as const;

/**
 * What leaves the column over time, with the cuts shaded. Products are drawn full, what carries them thin and dashed.
 * Where cuts may be moved, their edges are handles on the chart.
 */
export function Chromatogram(props: {
  column: string;
  outlet: Outlet;
  cuts: readonly Window[];
  products: readonly string[];
  over?: readonly Overlay[];
  move?: (cut: number, to: Window) => void;
  /** Stands before the names of the handles where a page has more than one chart. */
  of?: string;
}) {
  const { column, outlet, cuts, products, over = NONE, move, of } = props;
  const place = useRef<HTMLElement>(null);
  const shaded = useRef(cuts);
  const scheme = useComputedColorScheme("light");
  const [plot, setPlot] = useState<uPlot>();
  const [, setLaidOut] = useState(0);
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const made = new uPlot(
      {
        ...optionsOf(outlet, { products, scheme, over, width: host.clientWidth }),
        hooks: {
          drawClear: [(on) => shadeCuts(on, { cuts: shaded.current, products, scheme })],
          setScale: [() => setLaidOut((times) => times + 1)],
        },
      },
      dataOf(outlet, products, over),
      host,
    );
    setPlot(made);
    const watch = new ResizeObserver(() => {
      made.setSize({ width: host.clientWidth, height: HEIGHT });
      setLaidOut((times) => times + 1);
    });
    watch.observe(host);
    return () => {
      watch.disconnect();
      setPlot(undefined);
      made.destroy();
    };
  }, [outlet, products, scheme, over]);
  useEffect(() => {
    shaded.current = cuts;
    plot?.redraw(false);
  }, [plot, cuts]);
  const said = cuts.map((c) => `${c.species} from ${hours(c.from_s)} to ${hours(c.to_s)} h`).join(", ");
  return (
    <figure
      ref={place}
      aria-label={`Concentration at the outlet of ${column} over time. Cuts: ${said || "none"}.`}
      className="chart"
    >
      {plot && move ? <CutEdges plot={plot} windows={cuts} move={move} of={of} /> : null}
    </figure>
  );
}

const hours = (s: number) => (s / 3600).toFixed(2);

const dataOf = (outlet: Outlet, products: readonly string[], over: readonly Overlay[]): uPlot.AlignedData => [
  outlet.time_s.map((s) => s / 3600),
  ...Object.values(outlet.mol_per_m3).map((values) => [...values]),
  ...over.flatMap((other) => shownOf(other, products).map((name) => between(other, name, outlet.time_s))),
];

const shownOf = (other: Overlay, products: readonly string[]) =>
  products.filter((name) => other.mol_per_m3[name] !== undefined);

/** The other curve at this run's times, on straight lines; nothing beyond its ends. */
function between(other: Overlay, name: string, times_s: readonly number[]): (number | null)[] {
  const { time_s } = other;
  const values = other.mol_per_m3[name] ?? [];
  let k = 0;
  return times_s.map((t) => {
    while (k + 2 < time_s.length && (time_s[k + 1] ?? 0) < t) k++;
    const [t0, t1] = [time_s[k] ?? 0, time_s[k + 1] ?? 0];
    if (t < t0 || t > t1 || t1 <= t0) return null;
    return (values[k] ?? 0) + (((values[k + 1] ?? 0) - (values[k] ?? 0)) * (t - t0)) / (t1 - t0);
  });
}

function optionsOf(
  outlet: Outlet,
  given: {
    products: readonly string[];
    scheme: "light" | "dark";
    over: readonly Overlay[];
    width: number;
  },
): uPlot.Options {
  const { products, scheme, over, width } = given;
  const ink = INK[scheme];
  const axis = { stroke: ink.text, grid: { stroke: ink.grid }, ticks: { stroke: ink.grid } };
  const species = Object.keys(outlet.mol_per_m3);
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
          stroke: colourOf(name, products, scheme),
          width: product < 0 ? 1 : 2,
          ...(product < 0 ? { dash: [4, 4] } : {}),
          points: { show: false },
          value: (_plot, c) => (c == null ? "–" : c.toFixed(2)),
        };
      }),
      ...over.flatMap((other, n) =>
        shownOf(other, products).map(
          (name): uPlot.Series => ({
            label: `${name}, ${other.label}`,
            stroke: colourOf(name, products, scheme),
            width: 1.5,
            dash: [...(DASHES[n % DASHES.length] ?? [4, 4])],
            points: { show: false },
            value: (_plot, c) => (c == null ? "–" : c.toFixed(2)),
          }),
        ),
      ),
    ],
  };
}

function shadeCuts(
  plot: uPlot,
  given: { cuts: readonly Window[]; products: readonly string[]; scheme: "light" | "dark" },
): void {
  const { cuts, products, scheme } = given;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.globalAlpha = 0.13;
  for (const cut of cuts) {
    const from = plot.valToPos(cut.from_s / 3600, "x", true);
    const to = plot.valToPos(cut.to_s / 3600, "x", true);
    ctx.fillStyle = colourOf(cut.species, products, scheme);
    const [left, right] = [Math.max(from, bbox.left), Math.min(to, bbox.left + bbox.width)];
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}
