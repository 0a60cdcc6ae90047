import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { CalibrationResult } from "../../column/index.ts";
import { Download } from "../kit/show/download.tsx";
import { colourOf } from "../kit/show/species-colour.ts";

type Curve = CalibrationResult["curves"][number];

const INK = {
  light: { text: "#55606b", grid: "#e3e8eb", paper: "#ffffff" },
  dark: { text: "#a9b3bd", grid: "#2f373d", paper: "#1b2126" },
} as const;

/** Measured points on the fitted line, and below them what the line leaves over. */
export function FitPlot({ of }: { of: Curve }) {
  const fit = useRef<HTMLDivElement>(null);
  const rest = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const hosts = [fit.current, rest.current];
    const plots = hosts.flatMap((host, k) => (host ? [plotOf(of, { host, scheme, residual: k === 1 })] : []));
    const watch = new ResizeObserver(() => {
      for (const [k, plot] of plots.entries())
        plot.setSize({ width: hosts[k]?.clientWidth ?? 300, height: k === 1 ? 130 : 260 });
    });
    for (const host of hosts) if (host) watch.observe(host);
    return () => {
      watch.disconnect();
      for (const plot of plots) plot.destroy();
    };
  }, [of, scheme]);
  return (
    <>
      <div
        ref={fit}
        className="chart"
        role="img"
        aria-label={`${of.species} at the outlet: ${of.time_s.length} readings and the fitted curve`}
      />
      <p className="dim small">
        Measured less fitted, over the standard deviation of a reading, as stated or assumed:
      </p>
      <div ref={rest} className="chart low" role="img" aria-label={`Residuals of ${of.species}`} />
      <div className="acts">
        <Download
          name={`fit-${of.species}.png`}
          type="image/png"
          content={() => pictureOf(fit.current, scheme)}
        >
          PNG
        </Download>
      </div>
    </>
  );
}

function plotOf(of: Curve, at: { host: HTMLElement; scheme: "light" | "dark"; residual: boolean }): uPlot {
  const { host, scheme, residual } = at;
  const ink = INK[scheme];
  const stroke = colourOf(of.species, [of.species], scheme);
  const axis = { stroke: ink.text, grid: { stroke: ink.grid }, ticks: { stroke: ink.grid } };
  const value = (_plot: uPlot, v: number | null) => (v == null ? "–" : v.toFixed(2));
  const dots: uPlot.Series = {
    stroke,
    width: 0,
    paths: () => null,
    points: { show: true, size: 6, fill: stroke },
    value,
  };
  const hours = of.time_s.map((s) => s / 3600);
  return new uPlot(
    {
      width: host.clientWidth,
      height: residual ? 130 : 260,
      scales: { x: { time: false } },
      axes: [
        { ...axis, label: "h", labelSize: 18, size: 34 },
        { ...axis, label: residual ? "sd" : "mol/m³", labelSize: 18, size: 48 },
      ],
      series: [
        { label: "h", value },
        { ...dots, label: residual ? "residual" : "measured" },
        ...(residual
          ? []
          : [
              { label: "fitted", stroke: ink.text, width: 2, points: { show: false }, value } as uPlot.Series,
            ]),
      ],
    },
    residual ? [hours, [...of.residual]] : [hours, [...of.measured], [...of.fitted]],
    host,
  );
}

/** What is drawn, on paper of its own: a canvas alone has no ground. */
function pictureOf(host: HTMLElement | null, scheme: "light" | "dark"): Promise<Blob> {
  const drawn = host?.querySelector("canvas");
  const canvas = document.createElement("canvas");
  canvas.width = drawn?.width ?? 1;
  canvas.height = drawn?.height ?? 1;
  const pen = canvas.getContext("2d");
  if (pen && drawn) {
    pen.fillStyle = INK[scheme].paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(drawn, 0, 0);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture came out"))), "image/png");
  });
}
