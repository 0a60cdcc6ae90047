import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "../index.ts";

const [CAPACITY, POROSITY, NORMALITY, ALPHA, LOADED] = [600, 0.6, 90, 6, 300] as const;

/** A column that holds as much of `a` as of `p`, rinsed with `p` alone; the start as it is given. */
function rinsed(start: object): readonly number[] {
  const read = readSimulation({
    model: "equilibrium",
    bed: { length_m: 0.2, capacity_mol_per_m3_bed: CAPACITY, total_porosity: POROSITY },
    flow: { superficial_velocity_m_per_s: 5e-4 },
    transport: { axial_dispersion_m2_per_s: 1e-7 },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: ALPHA },
    ],
    inlet: [{ until_s: 30_000, mol_per_m3: { p: NORMALITY } }],
    ask: { outlet_times_s: { from: 100, to: 30_000, step: 100 }, cells: 120 },
    ...start,
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  const { relative_error } = result.value.balance["a"]!;
  assert.ok(Math.abs(relative_error) < 1e-10, `${relative_error}`);
  return result.value.outlet.mol_per_m3["a"]!;
}

/** The liquid that stands beside the solid once what is in a bed of a pure liquid has shared itself out, by bisection. */
function sharedOut(): number {
  let [low, high]: [number, number] = [0, NORMALITY];
  for (let k = 0; k < 60; k++) {
    const c = (low + high) / 2;
    const held = POROSITY * c + (CAPACITY * ALPHA * c) / (NORMALITY - c + ALPHA * c);
    if (held < LOADED) low = c;
    else high = c;
  }
  return low;
}

test("K24: a solid that does not fit the liquid beside it gives off what it holds, as the settled column does", () => {
  const unsettled = rinsed({
    initial_mol_per_m3: { p: NORMALITY },
    initial_solid_mol_per_m3_bed: { p: CAPACITY - LOADED, a: LOADED },
  });
  const a = sharedOut();
  const settled = rinsed({ initial_mol_per_m3: { p: NORMALITY - a, a } });
  assert.ok(
    Math.abs(unsettled[0]! - a) < 1e-6 * a,
    `${unsettled[0]} leaves first, ${a} stands beside the solid`,
  );
  const size = settled.reduce((sum, c) => sum + c, 0);
  const apart = settled.reduce((sum, c, k) => sum + Math.abs(c - unsettled[k]!), 0);
  assert.ok(apart < 1e-4 * size, `${apart} of ${size}`);
  assert.ok(unsettled.at(-1)! < 0.2 * a, "the rinse carries it off");
});

test("K24: through a film too, the solid gives off what it holds", () => {
  const read = readSimulation({
    model: "film",
    bed: {
      ...{ length_m: 0.2, capacity_mol_per_m3_bed: CAPACITY, void_fraction: 0.4 },
      ...{ particle_porosity: 0.3, particle_radius_m: 3e-5 },
    },
    flow: { superficial_velocity_m_per_s: 5e-4 },
    transport: { axial_dispersion_m2_per_s: 1e-7, film_coefficient_m_per_s: 5e-6 },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: ALPHA },
    ],
    initial_mol_per_m3: { p: NORMALITY },
    initial_solid_mol_per_m3_bed: { p: CAPACITY - LOADED, a: LOADED },
    inlet: [{ until_s: 60_000, mol_per_m3: { p: NORMALITY } }],
    ask: { outlet_times_s: { from: 100, to: 60_000, step: 100 }, cells: 80 },
  });
  assert.ok(read.ok);
  const result = simulate(read.value);
  assert.ok(result.ok);
  const { initial, out, held, relative_error } = result.value.balance["a"]!;
  assert.ok(Math.abs(relative_error) < 1e-10);
  assert.ok(out > 0.95 * initial && held < 0.05 * initial, `${out} of ${initial} left`);
});
