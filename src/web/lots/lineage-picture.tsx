import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { massText } from "../kit/show/figure-text.ts";
import { type Edge, type Layered, NODE, type Placed, type Point } from "./layered.ts";
import { shareText } from "./shares.ts";

interface Shares {
  readonly direction: "up" | "down";
  readonly shares: ReadonlyMap<string, number>;
  readonly masses: ReadonlyMap<string, number>;
}

/** Lots from left to right as they were made; a node of several opens their list below. */
export function LineagePicture(props: {
  drawn: Layered;
  here: string;
  shares: Shares;
  /** Lots that were sought; nodes without any step back. */
  found: ReadonlySet<string> | undefined;
  opened: readonly string[];
  open: (lots: readonly string[]) => void;
}) {
  const { drawn, here, shares, found, opened, open } = props;
  const { width, height } = drawn;
  const at = new Map(drawn.nodes.map((n) => [n.id, n]));
  const seen = useRef<HTMLElement>(null);
  const middle = drawn.nodes.find((n) => n.lots.includes(here))?.x ?? 0;
  // A lineage wider than its panel begins at the lot it is of, not at its oldest forebear.
  useEffect(() => {
    const box = seen.current;
    if (box) box.scrollLeft = middle - box.clientWidth / 2;
  }, [middle]);
  return (
    <>
      {drawn.grouped ? (
        <p className="dim small">Lots that are alike are drawn as one node; open it to see each.</p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached with the keyboard */}
      <section ref={seen} className="scroll" aria-label="lineage, earlier lots to the left" tabIndex={0}>
        <svg className="picture" viewBox={`0 0 ${width} ${height}`} style={{ width, maxWidth: "none" }}>
          <title>Lineage of {here}</title>
          {drawn.edges.map(({ from, to, mass_mg, passes }) => (
            <path key={`${from} ${to}`} className="edge" d={curve(at.get(from), passes, at.get(to))}>
              <title>{`${massText(mass_mg).best} ${massText(mass_mg).unit} of ${from} went into ${to}`}</title>
            </path>
          ))}
          {drawn.nodes.map((node) => (
            <Node
              key={node.id}
              node={node}
              here={node.lots.includes(here)}
              share={shareOf(node, { ...shares, across: drawn.across })}
              faded={found !== undefined && !node.lots.some((lot) => found.has(lot))}
              opened={opened === node.lots}
              open={open}
            />
          ))}
        </svg>
      </section>
    </>
  );
}

/**
 * Up, the shares of a node's lots add up, unless some descend from others: those would count twice. Down, they are weighed
 * by mass.
 */
function shareOf(node: Placed, given: Shares & { readonly across: boolean }): number | undefined {
  const share = (lot: string) => given.shares.get(lot) ?? 0;
  if (node.lots.length === 1) return share(node.id);
  if (given.direction === "up") {
    return given.across ? undefined : node.lots.reduce((whole, lot) => whole + share(lot), 0);
  }
  const mass = node.lots.reduce((mg, lot) => mg + (given.masses.get(lot) ?? 0), 0);
  if (mass === 0) return undefined;
  return node.lots.reduce((mg, lot) => mg + share(lot) * (given.masses.get(lot) ?? 0), 0) / mass;
}

function Node(props: {
  node: Placed;
  here: boolean;
  share: number | undefined;
  faded: boolean;
  opened: boolean;
  open: (lots: readonly string[]) => void;
}) {
  const { node, here, share, faded, opened, open } = props;
  const shown = here || share === undefined ? "" : shareText(share);
  const inside = (
    <g transform={`translate(${node.x - NODE.width / 2} ${node.y - NODE.height / 2})`}>
      <rect width={NODE.width} height={NODE.height} rx={4} />
      <text x={9} y={18} fontSize={12} fontWeight={600}>
        {clipped(node.label, shown ? 16 : 22)}
      </text>
      <text x={NODE.width - 9} y={18} fontSize={11} textAnchor="end" className="faint">
        {shown}
      </text>
      <text x={9} y={34} fontSize={11} className="faint">
        {clipped(node.below, 27)}
      </text>
    </g>
  );
  const look = `node${here ? " here" : ""}${faded ? " faded" : ""}${opened ? " opened" : ""}`;
  if (node.lots.length > 1) {
    const toggle = () => open(opened ? [] : node.lots);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle();
    };
    return (
      // biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no button element
      <g
        role="button"
        tabIndex={0}
        aria-pressed={opened}
        aria-label={`${node.label}: ${node.below}`}
        className={look}
        onClick={toggle}
        onKeyDown={onKey}
      >
        {inside}
      </g>
    );
  }
  if (here) return <g className={look}>{inside}</g>;
  return (
    <Link to={`/lots/${encodeURIComponent(node.id)}` as string} className={look}>
      {inside}
    </Link>
  );
}

const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** From side to side of its nodes, level where it passes the layers between. */
function curve(from: Point | undefined, passes: Edge["passes"], to: Point | undefined): string {
  if (!from || !to) return "";
  const half = from.x < to.x ? NODE.width / 2 : -NODE.width / 2;
  let x = from.x + half;
  let y = from.y;
  let drawn = `M ${x} ${y}`;
  for (const next of [...passes, to]) {
    const middle = (x + next.x - half) / 2;
    drawn += ` C ${middle} ${y}, ${middle} ${next.y}, ${next.x - half} ${next.y} H ${next.x + half}`;
    [x, y] = [next.x + half, next.y];
  }
  return drawn;
}
