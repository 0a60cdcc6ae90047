import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import { inOrder } from "./shares.ts";

/** A lot on its way, with the lots it came from. */
export interface Traced {
  readonly lot: string;
  readonly depth: number;
  readonly kind: string;
  readonly place: string;
  readonly parents: readonly { readonly lot: string; readonly mass_mg: number }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed extends Point {
  /** The lot, or the first of a group. */
  readonly id: string;
  readonly label: string;
  readonly below: string;
  /** More than one where lots of the same kind, place and layer are drawn as one. */
  readonly lots: readonly string[];
}

interface Drawn {
  readonly from: string;
  readonly to: string;
  readonly mass_mg: number;
}

export interface Edge extends Drawn {
  /** Where it passes the layers between its ends. */
  readonly passes: readonly Point[];
}

/** Points and sizes are in pixels; a node's point is its middle. */
export interface Layered {
  readonly nodes: readonly Placed[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
  readonly grouped: boolean;
  /** Whether nodes hold lots of several layers, so that some may descend from others of the same node. */
  readonly across: boolean;
}

export const NODE = { width: 172, height: 44 };

const BETWEEN = { layers: 40, nodes: 14, edges: 8, margin: 6 };

/** More than this on one picture is a thicket; lots that are alike then become one node. */
export const NODES_MAX = 60;

/** How lots are taken together, the finest way first: the first that leaves few enough nodes is drawn. */
const ALIKE: readonly ((lot: Traced, layer: number) => string)[] = [
  (lot) => lot.lot,
  (lot, layer) => `${layer} ${lot.kind} ${lot.place}`,
  (lot, layer) => `${layer} ${lot.kind}`,
  (lot) => `${lot.kind} ${lot.place}`,
  (lot) => lot.kind,
];
/** From this way of grouping on, lots of several layers stand in one node. */
const ACROSS_LAYERS = 3;

/** Places lots so that each stands right of all it came from, with few lines crossing. Lots beyond the given ones are not drawn. */
export function layered(lots: readonly Traced[], nodesMax = NODES_MAX): Layered {
  const ownLayer = layersOf(lots);
  const ways = ALIKE.map((alike) => groupsBy(lots, (lot) => alike(lot, ownLayer.get(lot.lot) ?? 0)));
  const few = ways.findIndex((groups) => groups.size <= nodesMax);
  const way = few < 0 ? ways.length - 1 : few;
  const groups = new Map<string, readonly Traced[]>();
  const groupOf = new Map<string, string>();
  for (const members of ways[way]?.values() ?? []) {
    const id = members[0]?.lot ?? "";
    groups.set(id, members);
    for (const { lot } of members) groupOf.set(lot, id);
  }
  return {
    ...placed(groups, edgesBetween(lots, groupOf)),
    grouped: groups.size < lots.length,
    across: way >= ACROSS_LAYERS,
  };
}

/** Groups that reach over several layers may descend from each other in a circle; the layout then turns some lines back. */
function placed(groups: ReadonlyMap<string, readonly Traced[]>, drawn: readonly Drawn[]) {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  const { layers, nodes: nodesep, edges: edgesep, margin } = BETWEEN;
  graph.setGraph({ rankdir: "LR", ranksep: layers, nodesep, edgesep, marginx: margin, marginy: margin });
  // By name: the picture is the same in whatever order the lots come.
  for (const id of [...groups.keys()].sort()) graph.setNode(id, { ...NODE });
  for (const edge of [...drawn].sort(byEnds)) graph.setEdge(edge.from, edge.to, {});
  layout(graph);
  const nodes = [...groups].map(([id, members]) => ({ ...named(members), ...pointOf(graph.node(id)) }));
  const columns = new Set(nodes.map(({ x }) => x));
  const edges = drawn.map((edge) => ({
    ...edge,
    // The ends are the picture's own, and between two layers a line needs no bend.
    passes: (graph.edge(edge.from, edge.to).points ?? []).slice(1, -1).filter(({ x }) => columns.has(x)),
  }));
  return { nodes, edges, width: graph.graph().width ?? 0, height: graph.graph().height ?? 0 };
}

const byEnds = (a: Drawn, b: Drawn): number => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1);

const pointOf = ({ x = 0, y = 0 }: NodeLabel): Point => ({ x, y });

function groupsBy(lots: readonly Traced[], keyOf: (lot: Traced) => string): Map<string, Traced[]> {
  const groups = new Map<string, Traced[]>();
  for (const lot of lots) {
    const key = keyOf(lot);
    const group = groups.get(key);
    if (group) group.push(lot);
    else groups.set(key, [lot]);
  }
  return groups;
}

function named(members: readonly Traced[]): Omit<Placed, keyof Point> {
  const first = members[0] as Traced;
  const alone = members.length === 1;
  const places = new Set(members.map((m) => m.place));
  return {
    id: first.lot,
    label: alone ? first.lot : `${members.length} lots`,
    below: `${first.kind.replaceAll("_", " ")}, ${places.size === 1 ? first.place : `${places.size} places`}`,
    lots: members.map((m) => m.lot),
  };
}

/** The layer of a lot is one more than the highest of those it came from. */
function layersOf(lots: readonly Traced[]): Map<string, number> {
  const layer = new Map<string, number>();
  for (const { lot, parents } of inOrder(lots)) {
    layer.set(
      lot,
      parents.reduce((most, p) => Math.max(most, 1 + (layer.get(p.lot) ?? -1)), 0),
    );
  }
  return layer;
}

function edgesBetween(lots: readonly Traced[], groupOf: ReadonlyMap<string, string>): Drawn[] {
  const edges = new Map<string, Drawn>();
  for (const { lot, parents } of lots) {
    for (const parent of parents) {
      const from = groupOf.get(parent.lot);
      const to = groupOf.get(lot);
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${from} ${to}`;
      const mass_mg = (edges.get(key)?.mass_mg ?? 0) + parent.mass_mg;
      edges.set(key, { from, to, mass_mg });
    }
  }
  return [...edges.values()];
}
