/** One amount from one side to another. Negative amounts went the other way. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly mg: number;
}

export interface Bar {
  readonly id: string;
  readonly mg: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Nothing comes in from the left, or nothing leaves to the right: its name stands on that side. */
  readonly end: "left" | "right" | "middle";
}

export interface Ribbon {
  /** The link as it was given. */
  readonly link: Link;
  readonly mg: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly width: number;
}

export interface Sankey {
  readonly bars: readonly Bar[];
  readonly ribbons: readonly Ribbon[];
  readonly width: number;
  readonly height: number;
}

export const BAR_WIDTH = 12;
/** Between bars there is room for a name and an amount. */
const GAP = 36;
/** The whole amount is this high; a thread of less than one would not be seen. */
const FULL_HEIGHT = 260;
const THREAD_MIN = 1;
const ACROSS = 230;
const MARGIN = { side: 185, top: 34 };

interface Node {
  readonly id: string;
  layer: number;
  in: number;
  out: number;
}

/**
 * Lays out amounts as ribbons between bars, left to right. A way back (a return load) is drawn from right to left and does
 * not move its bars. What only gives stands just left of what it gives to; what only takes stands at the right edge.
 */
export function sankey(given: readonly Link[]): Sankey {
  const links = given.filter((l) => l.mg !== 0).map(forward);
  const nodes = new Map<string, Node>();
  for (const { from, to, mg } of links) {
    nodeOf(nodes, from).out += mg;
    nodeOf(nodes, to).in += mg;
  }
  if (links.length === 0) return { bars: [], ribbons: [], width: 0, height: 0 };
  setLayers(nodes, links);
  const all = [...nodes.values()];
  const last = Math.max(...all.map((n) => n.layer));
  const layers = Array.from({ length: last + 1 }, (_, i) => all.filter((n) => n.layer === i));
  const most = Math.max(...layers.map((l) => l.reduce((mg, n) => mg + Math.max(n.in, n.out), 0)));
  const scale = FULL_HEIGHT / most;
  const tall = (node: Node) => Math.max(THREAD_MIN, Math.max(node.in, node.out) * scale);
  const tops = stacked(layers, { links, tall });
  const bars = all.map((node) => ({
    id: node.id,
    mg: Math.max(node.in, node.out),
    x: MARGIN.side + node.layer * ACROSS,
    y: tops.get(node.id) ?? 0,
    height: tall(node),
    end: node.in === 0 ? ("left" as const) : node.out === 0 ? ("right" as const) : ("middle" as const),
  }));
  return {
    bars,
    ribbons: ribbonsOf(links, { bars: new Map(bars.map((b) => [b.id, b])), scale }),
    width: 2 * MARGIN.side + (layers.length - 1) * ACROSS + BAR_WIDTH,
    height: Math.max(...bars.map((b) => b.y + b.height)) + GAP,
  };
}

interface Forward extends Link {
  readonly link: Link;
}

const forward = (link: Link): Forward =>
  link.mg > 0 ? { ...link, link } : { from: link.to, to: link.from, mg: -link.mg, link };

function nodeOf(nodes: Map<string, Node>, id: string): Node {
  const node = nodes.get(id) ?? { id, layer: 0, in: 0, out: 0 };
  nodes.set(id, node);
  return node;
}

/** Each bar stands one layer right of the furthest it is given from; ways back are left out, found by walking from the sources. */
function setLayers(nodes: ReadonlyMap<string, Node>, links: readonly Forward[]): void {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const ahead = withoutWaysBack(
    [...nodes.values()].sort((a, b) => a.in - b.in).map((n) => n.id),
    next,
  );
  for (let round = 0; round < nodes.size; round++) {
    let moved = false;
    for (const [from, to] of ahead) {
      const [a, b] = [nodes.get(from) as Node, nodes.get(to) as Node];
      if (b.layer > a.layer) continue;
      b.layer = a.layer + 1;
      moved = true;
    }
    if (!moved) break;
  }
  const last = Math.max(...[...nodes.values()].map((n) => n.layer));
  for (const node of nodes.values()) {
    if (node.out === 0) node.layer = last;
    if (node.in === 0) {
      const targets = (next.get(node.id) ?? []).map((id) => nodes.get(id)?.layer ?? 1);
      node.layer = Math.max(0, Math.min(...targets) - 1);
    }
  }
}

function withoutWaysBack(order: readonly string[], next: ReadonlyMap<string, readonly string[]>) {
  const ahead: [string, string][] = [];
  const state = new Map<string, "open" | "done">();
  const walk = (id: string): void => {
    state.set(id, "open");
    for (const to of next.get(id) ?? []) {
      if (state.get(to) === "open") continue;
      ahead.push([id, to]);
      if (!state.has(to)) walk(to);
    }
    state.set(id, "done");
  };
  for (const id of order) if (!state.has(id)) walk(id);
  return ahead;
}

const SWEEPS = 6;

/** The top of each bar: layers are ordered by the middle of what their bars are linked to, and stacked about one middle line. */
function stacked(
  layers: readonly Node[][],
  given: { readonly links: readonly Forward[]; readonly tall: (node: Node) => number },
): Map<string, number> {
  const { links, tall } = given;
  const heights = layers.map((l) => l.reduce((h, n) => h + tall(n) + GAP, -GAP));
  const highest = Math.max(...heights);
  const tops = new Map<string, number>();
  const stack = (layer: readonly Node[], i: number) => {
    let y = MARGIN.top + (highest - (heights[i] ?? 0)) / 2;
    for (const node of layer) {
      tops.set(node.id, y);
      y += tall(node) + GAP;
    }
  };
  for (const [i, layer] of layers.entries()) stack(layer, i);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [i, layer] of layers.entries()) {
      const wanted = new Map(layer.map((node) => [node.id, middleOf(node, links, tops)]));
      layer.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
      stack(layer, i);
    }
  }
  return tops;
}

function middleOf(node: Node, links: readonly Forward[], tops: ReadonlyMap<string, number>): number {
  let weight = 0;
  let sum = 0;
  for (const { from, to, mg } of links) {
    const other = from === node.id ? to : to === node.id ? from : undefined;
    if (other === undefined) continue;
    weight += mg;
    sum += mg * (tops.get(other) ?? 0);
  }
  return weight === 0 ? 0 : sum / weight;
}

/** Ribbons leave and reach each bar in the order of the other ends' heights, so that few of them cross. */
function ribbonsOf(
  links: readonly Forward[],
  given: { readonly bars: ReadonlyMap<string, Bar>; readonly scale: number },
): Ribbon[] {
  const { bars, scale } = given;
  const barOf = (id: string) => bars.get(id) as Bar;
  const starts = new Map<Forward, number>();
  const ends = new Map<Forward, number>();
  for (const bar of bars.values()) {
    const place = (side: "from" | "to", into: Map<Forward, number>) => {
      const other = side === "from" ? "to" : "from";
      const here = links.filter((l) => l[side] === bar.id);
      here.sort((a, b) => barOf(a[other]).y - barOf(b[other]).y);
      let y = bar.y;
      for (const link of here) {
        into.set(link, y);
        y += link.mg * scale;
      }
    };
    place("from", starts);
    place("to", ends);
  }
  return links.map((l) => {
    const width = Math.max(THREAD_MIN, l.mg * scale);
    return {
      link: l.link,
      mg: l.mg,
      x0: barOf(l.from).x + BAR_WIDTH,
      y0: (starts.get(l) ?? 0) + width / 2,
      x1: barOf(l.to).x,
      y1: (ends.get(l) ?? 0) + width / 2,
      width,
    };
  });
}
