import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAsk } from "../api/hooks.ts";
import { Mass } from "../show/figure.tsx";
import { dateText, massText, words } from "../show/figure-text.ts";
import { ToLot } from "../show/go.tsx";
import { Answered } from "../show/states.tsx";
import { Table } from "../show/table.tsx";
import { type Layered, layered, type Placed, type Traced } from "./layered.ts";

interface TracedLot extends Traced {
  readonly owner: string;
  readonly state: string;
  readonly at: string;
  readonly mass_mg: number;
  readonly made_by: string;
}

interface Trace {
  readonly lots: readonly TracedLot[];
  readonly truncated: boolean;
}

const LOTS_MAX = 500;

/** Where a lot came from, or what became of it, as a picture and as a list. */
export function Lineage({ lot }: { lot: string }) {
  const [direction, setDirection] = useState("up");
  const [as, setAs] = useState("picture");
  const trace = useAsk<Trace>("ledger/trace", { lot, direction, limit: LOTS_MAX });
  return (
    <>
      <div className="filters">
        <SegmentedControl
          aria-label="direction"
          size="xs"
          value={direction}
          onChange={setDirection}
          data={[
            { value: "up", label: "Where it came from" },
            { value: "down", label: "What became of it" },
          ]}
        />
        <SegmentedControl
          aria-label="shown as"
          size="xs"
          value={as}
          onChange={setAs}
          data={[
            { value: "picture", label: "Picture" },
            { value: "list", label: "List" },
          ]}
        />
      </div>
      <Answered asked={trace} rows={6}>
        {({ lots, truncated }) => (
          <>
            {truncated ? <p className="note warn">Only the nearest {LOTS_MAX} lots are shown.</p> : null}
            {as === "picture" ? <Picture lots={lots} here={lot} /> : <LotList lots={lots} />}
          </>
        )}
      </Answered>
    </>
  );
}

const NODE = { width: 168, height: 42, across: 208, down: 56, pad: 6 };

const left = (node: Placed) => NODE.pad + node.layer * NODE.across;
const top = (node: Placed) => NODE.pad + node.row * NODE.down;

function Picture({ lots, here }: { lots: readonly TracedLot[]; here: string }) {
  const drawn: Layered = layered(lots);
  const width = drawn.layers * NODE.across - (NODE.across - NODE.width) + 2 * NODE.pad;
  const height = drawn.rows * NODE.down - (NODE.down - NODE.height) + 2 * NODE.pad;
  const at = new Map(drawn.nodes.map((n) => [n.id, n]));
  return (
    <>
      {drawn.grouped ? (
        <p className="dim small">Lots alike in kind and place are drawn as one; the list shows each.</p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached with the keyboard */}
      <section className="scroll" aria-label="lineage, earlier lots to the left" tabIndex={0}>
        <svg className="picture" viewBox={`0 0 ${width} ${height}`} style={{ width, maxWidth: "none" }}>
          <title>Lineage of {here}</title>
          {drawn.edges.map(({ from, to, mass_mg }) => (
            <path key={`${from} ${to}`} className="edge" d={curve(at.get(from), at.get(to))}>
              <title>{`${massText(mass_mg).best} ${massText(mass_mg).unit} of ${from} went into ${to}`}</title>
            </path>
          ))}
          {drawn.nodes.map((node) => (
            <Node key={node.id} node={node} here={node.lots.includes(here)} />
          ))}
        </svg>
      </section>
    </>
  );
}

function Node({ node, here }: { node: Placed; here: boolean }) {
  const inside = (
    <g transform={`translate(${left(node)} ${top(node)})`}>
      <rect width={NODE.width} height={NODE.height} rx={4} />
      <text x={9} y={17} fontSize={12} fontWeight={600}>
        {clipped(node.label, 22)}
      </text>
      <text x={9} y={33} fontSize={11} className="faint">
        {clipped(node.below, 27)}
      </text>
    </g>
  );
  if (here) return <g className="node here">{inside}</g>;
  if (node.lots.length > 1) return <g className="node">{inside}</g>;
  return (
    <Link to={`/lots/${encodeURIComponent(node.id)}` as string} className="node">
      {inside}
    </Link>
  );
}

const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function curve(from: Placed | undefined, to: Placed | undefined): string {
  if (!from || !to) return "";
  const x0 = left(from) + NODE.width;
  const y0 = top(from) + NODE.height / 2;
  const x1 = left(to);
  const y1 = top(to) + NODE.height / 2;
  const mid = (x0 + x1) / 2;
  return `M ${x0} ${y0} C ${mid} ${y0}, ${mid} ${y1}, ${x1} ${y1}`;
}

function LotList({ lots }: { lots: readonly TracedLot[] }) {
  return (
    <Table
      caption="lots of the lineage, nearest first"
      rows={lots}
      keyOf={(l) => l.lot}
      columns={[
        { head: "Lot", cell: (l) => <ToLot lot={l.lot} />, kind: "keep" },
        { head: "Steps away", cell: (l) => l.depth, kind: "num" },
        { head: "Kind", cell: (l) => words(l.kind), kind: "keep" },
        { head: "Place", cell: (l) => l.place, kind: "keep" },
        { head: "Opened", cell: (l) => dateText(l.at), kind: "keep" },
        { head: "Mass", cell: (l) => <Mass mg={l.mass_mg} unit="kg" />, kind: "num" },
        { head: "Made by", cell: (l) => l.made_by, kind: "keep" },
        { head: "State", cell: (l) => words(l.state), kind: "keep" },
      ]}
    />
  );
}
