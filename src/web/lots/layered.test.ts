import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { layered, NODES_MAX, type Traced } from "./layered.ts";
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

test("W4: every lot stands right of all it came from, and no two stand on one spot", () => {
  fc.assert(
    fc.property(lineages, (lots) => {
      const { nodes, edges } = layered(lots);
      const layer = new Map(nodes.map((n) => [n.id, n.layer]));
      assert.equal(nodes.length, lots.length);
      for (const e of edges) assert.ok((layer.get(e.from) ?? 0) < (layer.get(e.to) ?? 0));
      assert.equal(new Set(nodes.map((n) => `${n.layer} ${n.row}`)).size, nodes.length);
    }),
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
  const row = new Map(nodes.map((n) => [n.id, n.row]));
  assert.equal(row.get("C"), row.get("B"));
  assert.equal(row.get("D"), row.get("A"));
});

/** Five thousand lots in a line of changing kinds, with side lots: deeper than a picture can be wide. */
const LONG: readonly Traced[] = Array.from({ length: 5_000 }, (_, i) => ({
  ...lot(`L${i}`, ...(i === 0 ? [] : [`L${i - 1}`]), ...(i % 7 === 6 ? [`L${i - 5}`] : [])),
  kind: ["feed", "fraction", "oxide"][i % 3] ?? "",
  place: i % 2 === 0 ? "noblesville" : "sumner",
}));

test("W4: five thousand lots are drawn in few nodes, each lot in one of them", () => {
  const { nodes, layers, grouped } = layered(LONG);
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
