import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Edge,
  type Layered,
  layered,
  NODE,
  NODES_MAX,
  type Placed,
  type Point,
  type Traced,
} from "./layered.ts";
import { sharesDown, sharesUp, shareText } from "./shares.ts";

const lot = (name: string, ...parents: string[]): Traced => ({
  lot: name,
  depth: 0,
  kind: "magnets",
  place: "plainfield",
  parents: parents.map((p) => ({ lot: p, mass_mg: 10 })),
});

/** Lots that come only from earlier ones, as on the books. */
const lineages = fc
  .integer({ min: 1, max: 40 })
  .chain((n) =>
    fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: n, maxLength: n })
      .map((wanted) =>
        wanted.map((parents, i) => lot(`L${i}`, ...new Set(i === 0 ? [] : parents.map((p) => `L${p % i}`)))),
      ),
  );

test("W4: every lot stands right of all it came from, no two touch, and no line runs into one", () => {
  fc.assert(
    fc.property(lineages, (lots) => {
      const { nodes, edges, width, height } = layered(lots);
      const at = new Map(nodes.map((n) => [n.id, n]));
      assert.equal(nodes.length, lots.length);
      assert.equal(edges.length, lots.flatMap((l) => l.parents).length);
      for (const e of edges) {
        assert.ok((at.get(e.from)?.x ?? 0) + NODE.width < (at.get(e.to)?.x ?? 0));
        goesBetween(nodes, e);
      }
      for (const [i, a] of nodes.entries()) {
        assert.ok(a.x >= NODE.width / 2 && a.x <= width - NODE.width / 2, `${a.id} is in the picture`);
        assert.ok(a.y >= NODE.height / 2 && a.y <= height - NODE.height / 2, `${a.id} is in the picture`);
        for (const b of nodes.slice(i + 1)) assert.ok(apart(a, b), `${a.id} and ${b.id} touch`);
      }
    }),
  );
});

const apart = (a: Point, b: Point): boolean =>
  Math.abs(a.x - b.x) > NODE.width || Math.abs(a.y - b.y) > NODE.height;

/** A line that passes a layer goes between its lots. */
function goesBetween(nodes: readonly Placed[], { from, to, passes }: Edge): void {
  const x = (id: string) => nodes.find((n) => n.id === id)?.x ?? 0;
  const between = [...new Set(nodes.map((n) => n.x))]
    .filter((column) => column > x(from) && column < x(to))
    .sort((a, b) => a - b);
  assert.deepEqual(
    passes.map((p) => p.x),
    between,
  );
  for (const p of passes)
    for (const n of nodes) assert.ok(n.x !== p.x || Math.abs(n.y - p.y) > NODE.height / 2);
}

test("W4: the picture does not hang on the order in which lots are told", () => {
  fc.assert(
    fc.property(lineages, (lots) => {
      const byName = ({ nodes }: Layered) => new Map(nodes.map(({ id, x, y }) => [id, `${x} ${y}`]));
      assert.deepEqual(byName(layered(lots)), byName(layered([...lots].reverse())));
    }),
    { numRuns: 20 },
  );
});

test("W4: with too many lots those alike become one node, and no lot and no mass is left out", () => {
  const many = [lot("ROOT"), ...Array.from({ length: NODES_MAX + 5 }, (_, i) => lot(`L${i}`, "ROOT"))];
  const drawn = layered(many);
  assert.equal(drawn.grouped, true);
  assert.equal(drawn.nodes.length, 2);
  assert.deepEqual(drawn.nodes.flatMap((n) => n.lots).sort(), many.map((l) => l.lot).sort());
  assert.equal(
    drawn.edges.reduce((mg, e) => mg + e.mass_mg, 0),
    10 * (NODES_MAX + 5),
  );
});

test("W4: a parent outside the given lots is not drawn", () => {
  const { nodes, edges } = layered([lot("A", "ELSEWHERE")]);
  assert.equal(nodes.length, 1);
  assert.equal(edges.length, 0);
});

test("W4: two lines that cross are untangled", () => {
  const { nodes } = layered([lot("A"), lot("B"), lot("C", "B"), lot("D", "A")]);
  const height = new Map(nodes.map((n) => [n.id, n.y]));
  assert.equal(height.get("C"), height.get("B"));
  assert.equal(height.get("D"), height.get("A"));
});

/** Five thousand lots in a line of changing kinds, with side lots: deeper than a picture can be wide. */
const LONG: readonly Traced[] = Array.from({ length: 5_000 }, (_, i) => ({
  ...lot(`L${i}`, ...(i === 0 ? [] : [`L${i - 1}`]), ...(i % 7 === 6 ? [`L${i - 5}`] : [])),
  kind: ["feed", "fraction", "oxide"][i % 3] ?? "",
  place: i % 2 === 0 ? "noblesville" : "sumner",
}));

test("W4: five thousand lots are drawn in few nodes, each lot in one of them", () => {
  const { nodes, grouped } = layered(LONG);
  const layers = new Set(nodes.map((n) => n.x)).size;
  assert.equal(grouped, true);
  assert.ok(nodes.length <= NODES_MAX && layers <= 10, `${nodes.length} nodes, ${layers} layers`);
  assert.equal(new Set(nodes.flatMap((n) => n.lots)).size, LONG.length);
});

test("W15: shares follow the masses drawn, up to the first lots and down to the last, and add up to the whole", () => {
  const drawn = (name: string, ...parents: [string, number][]) => ({
    lot: name,
    parents: parents.map(([parent, mass_mg]) => ({ lot: parent, mass_mg })),
  });
  const lots = [
    drawn("A"),
    drawn("B"),
    drawn("M", ["A", 30], ["B", 10]),
    drawn("X", ["M", 20]),
    drawn("Y", ["X", 5], ["B", 15]),
  ];
  const up = sharesUp(lots, "Y");
  assert.deepEqual([0, 1 - 1e-13, 0.3333, 0.012, 0.000312].map(shareText), [
    "0 %",
    "100 %",
    "33.3 %",
    "1.2 %",
    "0.031 %",
  ]);
  assert.equal(up.get("X"), 0.25);
  assert.equal(up.get("A"), 0.25 * 0.75);
  assert.equal(up.get("B"), 0.75 + 0.25 * 0.25);
  const down = sharesDown(lots, "A");
  assert.deepEqual([down.get("M"), down.get("X"), down.get("Y"), down.get("B")], [0.75, 0.75, 0.1875, 0]);
  fc.assert(
    fc.property(lineages, (all) => {
      const last = all.at(-1) as Traced;
      const shares = sharesUp(all, last.lot);
      const first = all
        .filter((l) => l.parents.length === 0)
        .reduce((sum, l) => sum + (shares.get(l.lot) ?? 0), 0);
      assert.ok(Math.abs(first - 1) < 1e-9, `${first}`);
    }),
  );
  assert.ok(Math.abs((sharesUp(LONG, "L4999").get("L0") ?? 0) - 1) < 1e-9);
});
