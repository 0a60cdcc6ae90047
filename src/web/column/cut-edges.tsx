import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { createPortal } from "react-dom";
import type uPlot from "uplot";
import { decimals } from "../kit/show/figure-text.ts";
import { type Edge, roomOf, type Window } from "./by-hand.ts";

const EDGES: readonly Edge[] = ["from_s", "to_s"];
/** Parts of the time shown that an arrow key moves an edge by; with Shift, or Page keys, ten times as far. */
const KEY_STEPS = 1000;

/** The edges of cuts as handles on the chart itself, drawn by mouse or finger, moved by arrow keys. */
export function CutEdges(props: {
  plot: uPlot;
  windows: readonly Window[];
  move: (cut: number, to: Window) => void;
  /** Stands before the names of the handles where a page has more than one chart. */
  of?: string | undefined;
}) {
  const { plot, windows, move, of } = props;
  const [begin_s, end_s] = [3600 * (plot.scales.x?.min ?? 0), 3600 * (plot.scales.x?.max ?? 0)];
  return createPortal(
    windows.flatMap((window, cut) =>
      EDGES.map((edge) => (
        <CutEdge
          key={`${window.species} ${edge}`}
          plot={plot}
          name={`${of ? `${of}: ` : ""}${window.species}, ${edge === "from_s" ? "begin" : "end"} of the cut`}
          edge={edge}
          time_s={window[edge]}
          room_s={roomOf(windows, { cut, edge, begin_s, end_s })}
          key_s={(end_s - begin_s) / KEY_STEPS}
          to={(time_s) => move(cut, { ...window, [edge]: time_s })}
        />
      )),
    ),
    plot.over,
  );
}

function CutEdge(props: {
  plot: uPlot;
  name: string;
  edge: Edge;
  time_s: number;
  room_s: readonly [number, number];
  key_s: number;
  to: (time_s: number) => void;
}) {
  const { plot, name, edge, time_s, room_s, key_s, to } = props;
  /** Where on the handle it is held, so that it does not jump under the finger. */
  const held = useRef<number>(undefined);
  const [least_s, most_s] = room_s;
  const put = (asked_s: number) => to(Math.min(most_s, Math.max(least_s, asked_s)));
  const left = plot.valToPos(time_s / 3600, "x");

  const hold = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    held.current = left - event.clientX;
  };
  const draw = (event: PointerEvent<HTMLDivElement>) => {
    if (held.current !== undefined) put(3600 * plot.posToVal(event.clientX + held.current, "x"));
  };
  const release = () => {
    held.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    const asked_s = keyed(event, { time_s, least_s, most_s, key_s });
    if (asked_s === undefined) return;
    event.preventDefault();
    put(asked_s);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={least_s}
      aria-valuemax={most_s}
      aria-valuenow={time_s}
      aria-valuetext={`${decimals(time_s / 3600, 2)} hours`}
      className="cut-edge"
      data-edge={edge}
      style={{ left }}
      hidden={left < 0 || left > plot.over.clientWidth}
      onPointerDown={hold}
      onPointerMove={draw}
      onPointerUp={release}
      onPointerCancel={release}
      // The chart would take a press for the beginning of a zoom.
      onMouseDown={(event) => event.stopPropagation()}
      onKeyDown={press}
    />
  );
}

function keyed(
  { key, shiftKey }: KeyboardEvent,
  at: { time_s: number; least_s: number; most_s: number; key_s: number },
): number | undefined {
  const step = (shiftKey || key.startsWith("Page") ? 10 : 1) * at.key_s;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
    case "PageDown":
      return at.time_s - step;
    case "ArrowRight":
    case "ArrowUp":
    case "PageUp":
      return at.time_s + step;
    case "Home":
      return at.least_s;
    case "End":
      return at.most_s;
    default:
      return undefined;
  }
}
