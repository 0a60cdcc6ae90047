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
}

/** More than this on one picture is a thicket; lots alike in kind, place and layer then become one node. */
export const NODES_MAX = 60;

const SWEEPS = 4;

/**
 * Places lots in layers so that each stands right of all it came from, and in each layer near its neighbours (barycentre
 * sweeps). Lots beyond the given ones are not drawn.
 */
export function layered(lots: readonly Traced[], nodesMax = NODES_MAX): Layered {
  const layerOf = layersOf(lots);
  const grouped = lots.length > nodesMax;
  const groups = new Map<string, Traced[]>();
  for (const lot of lots) {
    const key = grouped ? `${layerOf.get(lot.lot)} ${lot.kind} ${lot.place}` : lot.lot;
    groups.set(key, [...(groups.get(key) ?? []), lot]);
  }
  const drawn = new Map<string, Traced[]>();
  const groupOf = new Map<string, string>();
  for (const members of groups.values()) {
    const id = members[0]?.lot ?? "";
    drawn.set(id, members);
    for (const { lot } of members) groupOf.set(lot, id);
  }
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
    grouped: grouped && nodes.length < lots.length,
  };
}

function placed(members: readonly Traced[], at: { layer: number; row: number }): Placed {
  const first = members[0] as Traced;
  const alone = members.length === 1;
  return {
    id: first.lot,
    label: alone ? first.lot : `${members.length} lots`,
    below: `${first.kind.replaceAll("_", " ")}, ${first.place}`,
    lots: members.map((m) => m.lot),
    ...at,
  };
}

/** The layer of a lot is one more than the highest of those it came from; found in rounds, as many as there are lots at most. */
function layersOf(lots: readonly Traced[]): Map<string, number> {
  const layer = new Map(lots.map((l) => [l.lot, 0]));
  for (let round = 0; round < lots.length; round++) {
    let changed = false;
    for (const { lot, parents } of lots) {
      const least = Math.max(0, ...parents.map((p) => (layer.has(p.lot) ? (layer.get(p.lot) ?? 0) + 1 : 0)));
      if (least > (layer.get(lot) ?? 0)) {
        layer.set(lot, least);
        changed = true;
      }
    }
    if (!changed) break;
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
  const settle = (layer: readonly string[]) => {
    for (const [i, id] of layer.entries()) row.set(id, i);
  };
  for (const layer of layers) settle(layer ?? []);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const layer of forward ? layers : [...layers].reverse()) {
      const wanted = new Map(
        (layer ?? []).map((id) => {
          const near = given.edges.flatMap((e) =>
            forward ? (e.to === id ? [e.from] : []) : e.from === id ? [e.to] : [],
          );
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
