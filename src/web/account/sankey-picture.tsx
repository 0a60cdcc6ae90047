import type { KeyboardEvent } from "react";
import { massText } from "../kit/show/figure-text.ts";
import { type Names, useNames } from "../kit/show/named.tsx";
import { type FigureOf, figureOfLink, sideName } from "./balance.ts";
import { BAR_WIDTH, type Bar, type Link, type Ribbon, sankey } from "./sankey.ts";

/** The balance of one element as ribbons between places, each as wide as its amount. */
export function SankeyPicture({ links, choose }: { links: readonly Link[]; choose: (of: FigureOf) => void }) {
  const drawn = sankey(links);
  const names = useNames();
  const width = drawn.width + roomFor(drawn.bars, names);
  const leftmost = Math.min(...drawn.bars.map((bar) => bar.x));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached with the keyboard
    <section className="scroll" aria-label="flows of the period, left to right" tabIndex={0}>
      <svg
        className="picture sankey"
        viewBox={`0 0 ${width} ${drawn.height}`}
        style={{ minWidth: Math.min(width, 860), maxWidth: width }}
      >
        <title>Where it came from and where it went</title>
        {drawn.ribbons.map((ribbon) => (
          <RibbonOf
            key={`${ribbon.link.from} ${ribbon.link.to}`}
            ribbon={ribbon}
            names={names}
            choose={choose}
          />
        ))}
        {drawn.bars.map((bar) => (
          <BarOf key={bar.id} bar={bar} name={sideName(bar.id, names)} atLeftEdge={bar.x === leftmost} />
        ))}
      </svg>
    </section>
  );
}

/** Letters of a bar's name are about this wide, and this much room is there already. */
const LETTER = 6.4;
const ROOM = 170;

/** How much further than the drawing the names at its right edge reach. */
const roomFor = (bars: readonly Bar[], names: Names): number =>
  Math.max(
    0,
    ...bars.filter((b) => b.end === "right").map((b) => sideName(b.id, names).length * LETTER - ROOM),
  );

const amountText = (mg: number): string => {
  const { best, unit } = massText(mg);
  return `${best} ${unit}`;
};

function RibbonOf(props: { ribbon: Ribbon; names: Names; choose: (of: FigureOf) => void }) {
  const { ribbon, names, choose } = props;
  const { link, mg, x0, y0, x1, y1, width } = ribbon;
  const says = `${sideName(link.from, names)} to ${sideName(link.to, names)}: ${amountText(link.mg)}`;
  const figure = figureOfLink(link);
  const mid = (x0 + x1) / 2;
  const path = (
    <path
      d={`M ${x0} ${y0} C ${mid} ${y0}, ${mid} ${y1}, ${x1} ${y1}`}
      strokeWidth={width}
      className={figure && /lost|unexplained/.test(figure.column) ? "ribbon gone" : "ribbon"}
    >
      <title>{says}</title>
    </path>
  );
  if (!figure || mg === 0) return path;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(figure);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no button element
    <g
      role="button"
      tabIndex={0}
      aria-label={`${says}; its entries`}
      onClick={() => choose(figure)}
      onKeyDown={onKey}
    >
      {path}
    </g>
  );
}

function BarOf({ bar, name, atLeftEdge }: { bar: Bar; name: string; atLeftEdge: boolean }) {
  const { x, y, height } = bar;
  const middle = y + height / 2;
  // Only at the edges of the picture is there room beside a bar; elsewhere its name stands above it.
  const end = bar.end === "left" && !atLeftEdge ? "middle" : bar.end;
  const [at, anchor] =
    end === "left"
      ? ([x - 8, "end"] as const)
      : end === "right"
        ? ([x + BAR_WIDTH + 8, "start"] as const)
        : ([x + BAR_WIDTH / 2, "middle"] as const);
  const top = end === "middle" ? y - 17 : middle - 2;
  return (
    <g>
      <rect className="bar-of" x={x} y={y} width={BAR_WIDTH} height={height} />
      <text x={at} y={top} textAnchor={anchor} fontSize={12} fontWeight={600}>
        {name}
      </text>
      <text x={at} y={top + 13} textAnchor={anchor} fontSize={11} className="faint">
        {amountText(bar.mg)}
      </text>
    </g>
  );
}
