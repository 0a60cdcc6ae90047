import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fieldsOf, type Shown, type Value } from "./fields.ts";

const one = (body: Record<string, unknown>): Shown => {
  const [field, ...more] = fieldsOf(body);
  assert.ok(field && more.length === 0);
  return field;
};

test("W14: a figure is read with its unit and doubt, whichever way the entry writes it", () => {
  assert.deepEqual(one({ mass_mg: { best: 5, moves: { a: 3, b: 4 } } }), {
    label: "mass",
    value: { as: "mass", mg: 5, sd_mg: 5 },
  });
  assert.deepEqual(one({ moisture_pct: { best: 0.4, sd: 0.02 } }), {
    label: "moisture",
    value: { as: "number", value: 0.4, sd: 0.02, unit: "%" },
  });
  assert.deepEqual(one({ elements_mg: { Tb: { best: 4, moves: { a: 2 }, below: true } } }).value, {
    as: "fields",
    of: [{ label: "Tb", value: { as: "mass", mg: 4, sd_mg: 2, below: true } }],
  });
  const results = one({ mg_per_kg: { Nd: { best: 7, sd: 1 }, Tb: { below: 50 } } });
  assert.deepEqual(results.value, {
    as: "fields",
    of: [
      { label: "Nd", value: { as: "number", value: 7, sd: 1, unit: "mg/kg" } },
      { label: "Tb", value: { as: "text", text: "below 50 mg/kg" } },
    ],
  });
  const elements = one({ elements_mg: { Nd: { best: 9, moves: {} } } });
  assert.deepEqual(elements.value, { as: "fields", of: [{ label: "Nd", value: { as: "mass", mg: 9 } }] });
});

test("W14: what has a page is a link, an instant a time, a digest itself", () => {
  assert.deepEqual(one({ lot: "L 1" }).value, { as: "link", text: "L 1", to: "/lots/L%201" });
  assert.deepEqual(one({ lots: ["A"] }).value, {
    as: "list",
    of: [{ as: "link", text: "A", to: "/lots/A" }],
  });
  assert.deepEqual(one({ at: "2026-01-05T14:00:00.000Z" }).value, {
    as: "time",
    at: "2026-01-05T14:00:00.000Z",
  });
  assert.equal((one({ digest: "a".repeat(64) }).value as { mono?: boolean }).mono, true);
  assert.deepEqual(fieldsOf({ nothing: {}, none: [] }), []);
});

/** Every leaf of a value, as it is shown. */
function leaves(value: Value): number {
  if (value.as === "fields") return value.of.reduce((n, f) => n + leaves(f.value), 0);
  return value.as === "list" ? value.of.reduce((n, v) => n + leaves(v), 0) : 1;
}

test("W14: no leaf of an entry is dropped", () => {
  const { tree } = fc.letrec<{ tree: unknown; leaf: string | number | boolean }>((tie) => ({
    leaf: fc.oneof(fc.stringMatching(/^[a-z ]{1,8}$/), fc.integer(), fc.boolean()),
    tree: fc.oneof(
      { maxDepth: 3 },
      tie("leaf"),
      fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[c-z]{1,5}$/), tie("tree"), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  const count = (of: unknown): number =>
    typeof of === "object" && of !== null ? Object.values(of).reduce((n, v) => n + count(v), 0) : 1;
  fc.assert(
    fc.property(tree, (body) => {
      const shown = fieldsOf({ body }).reduce((n, f) => n + leaves(f.value), 0);
      assert.equal(shown, count(body));
    }),
  );
});
