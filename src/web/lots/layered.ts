import { inOrder } from "./shares.ts";

/** A lot on its way, with the lots it came from. */
export interface Traced {
  readonly lot: string;
  readonly depth: number;
  readonly kind: string;
  readonly place: string;
  readonly parents: readonly { readonly lot: string; readonly mass_mg: number }[];
}

export interface Placed {
  /** The lot, or the first of a group. */
  readonly id: string;
  readonly label: string;
  readonly below: string;
  /** More than one where lots of the same kind, place and layer are drawn as one. */
  readonly lots: readonly string[];
  readonly layer: number;
  readonly row: number;
}

export interface Layered {
  readonly nodes: readonly Placed[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly mass_mg: number }[];
  readonly layers: number;
  readonly rows: number;
  readonly grouped: boolean;
  /** Whether nodes hold lots of several layers, so that some may descend from others of the same node. */
  readonly across: boolean;
}

/** More than this on one picture is a thicket; lots that are alike then become one node. */
export const NODES_MAX = 60;

/** Layers of a picture whose lots are grouped across layers. */
const LAYERS_MAX = 9;

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

const SWEEPS = 4;

/**
 * Places lots in layers so that each stands right of all it came from, and in each layer near its neighbours (barycentre
 * sweeps). Lots beyond the given ones are not drawn.
 */
export function layered(lots: readonly Traced[], nodesMax = NODES_MAX): Layered {
  const ownLayer = layersOf(lots);
  const ways = ALIKE.map((alike) => groupsBy(lots, (lot) => alike(lot, ownLayer.get(lot.lot) ?? 0)));
  const few = ways.findIndex((groups) => groups.size <= nodesMax);
  const way = few < 0 ? ways.length - 1 : few;
  const drawn = new Map<string, Traced[]>();
  const groupOf = new Map<string, string>();
  for (const members of ways[way]?.values() ?? []) {
    const id = members[0]?.lot ?? "";
    drawn.set(id, members);
    for (const { lot } of members) groupOf.set(lot, id);
  }
  const layerOf = way < ACROSS_LAYERS ? ownLayer : middleLayers(drawn, ownLayer);
  const edges = edgesBetween(lots, groupOf);
  const rows = ordered([...drawn.keys()], { layerOf, edges });
  const nodes = [...drawn].map(([id, members]) =>
    placed(members, { layer: layerOf.get(id) ?? 0, row: rows.get(id) ?? 0 }),
  );
  return {
    nodes,
    edges,
    layers: 1 + Math.max(0, ...nodes.map((n) => n.layer)),
    rows: 1 + Math.max(0, ...nodes.map((n) => n.row)),
    grouped: nodes.length < lots.length,
    across: way >= ACROSS_LAYERS,
  };
}

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

/** Groups that reach over several layers stand where the middle one of their lots does, on a scale of a few layers. */
function middleLayers(
  groups: ReadonlyMap<string, readonly Traced[]>,
  ownLayer: ReadonlyMap<string, number>,
): Map<string, number> {
  const deepest = Math.max(1, ...ownLayer.values());
  const scale = Math.min(1, (LAYERS_MAX - 1) / deepest);
  return new Map(
    [...groups].map(([id, members]) => {
      const layers = members.map((m) => ownLayer.get(m.lot) ?? 0).sort((a, b) => a - b);
      return [id, Math.round(scale * (layers[layers.length >> 1] ?? 0))];
    }),
  );
}

function placed(members: readonly Traced[], at: { layer: number; row: number }): Placed {
  const first = members[0] as Traced;
  const alone = members.length === 1;
  const places = new Set(members.map((m) => m.place));
  return {
    id: first.lot,
    label: alone ? first.lot : `${members.length} lots`,
    below: `${first.kind.replaceAll("_", " ")}, ${places.size === 1 ? first.place : `${places.size} places`}`,
    lots: members.map((m) => m.lot),
    ...at,
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

function edgesBetween(lots: readonly Traced[], groupOf: ReadonlyMap<string, string>) {
  const edges = new Map<string, { from: string; to: string; mass_mg: number }>();
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

/** The row of each node within its layer: by the mean row of its neighbours in the layer before, then after, and again. */
function ordered(
  ids: readonly string[],
  given: { layerOf: ReadonlyMap<string, number>; edges: Layered["edges"] },
): Map<string, number> {
  const layers: string[][] = [];
  for (const id of [...ids].sort()) {
    const at = given.layerOf.get(id) ?? 0;
    layers[at] = [...(layers[at] ?? []), id];
  }
  const row = new Map<string, number>();
  const before = new Map<string, string[]>();
  const behind = new Map<string, string[]>();
  for (const { from, to } of given.edges) {
    before.set(to, [...(before.get(to) ?? []), from]);
    behind.set(from, [...(behind.get(from) ?? []), to]);
  }
  const settle = (layer: readonly string[]) => {
    for (const [i, id] of layer.entries()) row.set(id, i);
  };
  for (const layer of layers) settle(layer ?? []);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const layer of forward ? layers : [...layers].reverse()) {
      const wanted = new Map(
        (layer ?? []).map((id) => {
          const near = (forward ? before : behind).get(id) ?? [];
          const mean = near.reduce((sum, n) => sum + (row.get(n) ?? 0), 0) / near.length;
          return [id, near.length > 0 ? mean : (row.get(id) ?? 0)];
        }),
      );
      layer?.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      settle(layer ?? []);
    }
  }
  return row;
}
