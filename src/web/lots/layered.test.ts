import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { layered, NODES_MAX, type Traced } from "./layered.ts";

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
