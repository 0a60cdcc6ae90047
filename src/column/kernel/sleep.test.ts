import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSimulation } from "../input/read.ts";
import { curveOf, distance_l1 } from "../outlet/curve.ts";
import { randomTrain, trainDice } from "../random-trains.ts";
import { problemOf } from "./discretise.ts";
import { startField } from "./field.ts";
import { march } from "./march.ts";
import type { Problem } from "./problem.ts";

const times_s = Array.from({ length: 400 }, (_, k) => (k + 1) * 15);
const products = [1, 2];

/** Two products between a presaturant and a displacer, of equal or unequal normality. */
function train(model: "equilibrium" | "film", strength: number, dispersion_m2_per_s = 1e-7): Problem {
  const affinities = { p: 1, a: 6, b: 14, d: 90 };
  const read = readSimulation({
    model,
    bed: {
      length_m: 0.2,
      capacity_mol_per_m3_bed: 600,
      ...(model === "film"
        ? { void_fraction: 0.4, particle_porosity: 0.3, particle_radius_m: 3e-5 }
        : { total_porosity: 0.6 }),
    },
    flow: { superficial_velocity_m_per_s: 5e-4 },
    transport: {
      axial_dispersion_m2_per_s: dispersion_m2_per_s,
      ...(model === "film" ? { film_coefficient_m_per_s: 5e-6 } : {}),
    },
    species: Object.entries(affinities).map(([name, affinity]) => ({
      name,
      role: name === "p" ? "presaturant" : name === "d" ? "displacer" : "product",
      affinity,
    })),
    initial_mol_per_m3: { p: 90 },
    inlet: [
      { until_s: 600, mol_per_m3: { a: 30, b: 60 } },
      { until_s: 6000, mol_per_m3: { d: 90 * strength } },
    ],
    ask: { outlet_times_s: times_s, cells: 150 },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  return problemOf(read.value, 150);
}

function outletOf(problem: Problem) {
  const end = march(problem);
  assert.ok(end.ok);
  return { curve: curveOf(end.march.record, 4, problem.superficial_m_per_s), march: end.march };
}

const floor = 1e-9;

/** Dispersion that couples cells of this train: the fine ones before the outlet, and all. */
const [tying_some, tying_all] = [8e-7, 2e-6];

for (const [model, strength, dispersion] of [
  ["equilibrium", 1, undefined],
  ["equilibrium", 0.6, undefined],
  ["film", 1, undefined],
  ["equilibrium", 1, tying_some],
  ["film", 1, tying_some],
  ["equilibrium", 0.6, tying_all],
  ["film", 1, tying_all],
] as const)
  test(`K13: cells that sleep change nothing: ${model}, displacer of ${strength} times the normality, dispersion ${dispersion}`, () => {
    const problem = train(model, strength, dispersion);
    const rested = outletOf(problem);
    if (dispersion !== undefined) assert.ok(startField(problem).firstCoupled < 150);
    const awake = outletOf({ ...problem, still_fraction: 0 });
    const apart = distance_l1(rested.curve, awake.curve, { species: products, times_s, floor });

    assert.ok(apart < 1e-6, `${apart}`);
    for (const [i, fed] of rested.march.fed_mol_per_m2.entries()) {
      const { initial_mol_per_m2, held_mol_per_m2, left_mol_per_m2 } = rested.march;
      const before = initial_mol_per_m2[i]! + fed;
      const missing = before - held_mol_per_m2[i]! - left_mol_per_m2[i]!;
      assert.ok(Math.abs(missing) < 1e-10 * before, `species ${i}: ${missing} of ${before}`);
    }
  });

/** Random trains whose coupled cells before the outlet showed when too few of them were woken at a time. */
for (const number of [32, 38])
  test(`K13: cells that sleep change nothing: random train ${number}, coupled before the outlet`, () => {
    const read = readSimulation(randomTrain(trainDice(number), { cells: 88 }));
    assert.ok(read.ok);
    const problem = problemOf(read.value, 88);
    const [rested, awake] = [problem, { ...problem, still_fraction: 0 }].map((each) => {
      const end = march(each);
      assert.ok(end.ok);
      return curveOf(end.march.record, each.affinity.length, each.superficial_m_per_s);
    });
    assert.ok(rested && awake);
    const apart = distance_l1(rested, awake, { species: [1, 2], times_s: read.value.times_s, floor });
    assert.ok(apart < 1e-6, `${apart}`);
  });

test("K14: a capacity that differs in the eleventh digit moves no outlet beyond rounding", () => {
  const file = new URL("../../../examples/column/B-film.json", import.meta.url);
  const read = readSimulation(JSON.parse(readFileSync(file, "utf8")));
  assert.ok(read.ok);
  const problem = problemOf(read.value, 176);
  const other = { ...problem, capacity_mol_per_m3: problem.capacity_mol_per_m3 * (1 + 1e-11) };
  const [one, two] = [problem, other].map((each) => {
    const end = march(each);
    assert.ok(end.ok);
    return curveOf(end.march.record, each.affinity.length, each.superficial_m_per_s);
  });
  const asked = { species: [1, 2, 3], times_s: read.value.times_s, floor };
  assert.ok(one && two);
  const apart = distance_l1(one, two, asked);
  assert.ok(apart < 1e-7, `${apart}`);
});

test("K15: behind a film so slow that liquid runs ahead, the outlet is smooth and settles with the grid", () => {
  const read = readSimulation({
    model: "film",
    bed: {
      length_m: 0.3,
      void_fraction: 0.4,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 1500,
    },
    flow: { superficial_velocity_m_per_s: 4e-4 },
    transport: { axial_dispersion_m2_per_s: 5e-8, film_coefficient_m_per_s: 1.5e-7 },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: 1.4 },
      { name: "d", role: "displacer", affinity: 9 },
    ],
    initial_mol_per_m3: { p: 60 },
    inlet: [
      { until_s: 3000, mol_per_m3: { a: 60 } },
      { until_s: 12000, mol_per_m3: { d: 60 } },
    ],
    ask: { outlet_times_s: [6000], cells: 100 },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const every_s = Array.from({ length: 600 }, (_, k) => (k + 1) * 20);
  const curves = [60, 120].map((cells) => {
    const problem = problemOf(read.value, cells);
    const end = march(problem);
    assert.ok(end.ok);
    return curveOf(end.march.record, 3, problem.superficial_m_per_s);
  });
  const [coarse, fine] = curves;
  assert.ok(coarse && fine);
  const apart = distance_l1(coarse, fine, { species: [1], times_s: every_s, floor });
  assert.ok(apart < 0.02, `${apart}`);
});

test("K15: grids on either side of half a unit of transfer a cell come to the same outlet, in steps of the same length", () => {
  const read = readSimulation({
    model: "film",
    bed: {
      length_m: 0.078,
      void_fraction: 0.52,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 720,
    },
    flow: { superficial_velocity_m_per_s: 7.6e-4 },
    transport: { axial_dispersion_m2_per_s: 1.16e-8, film_coefficient_m_per_s: 7.1e-5 },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: 3.3 },
      { name: "b", role: "product", affinity: 10.8 },
      { name: "c", role: "product", affinity: 36 },
      { name: "d", role: "displacer", affinity: 61 },
    ],
    initial_mol_per_m3: { p: 78 },
    inlet: [
      { until_s: 180, mol_per_m3: { a: 14, b: 36, c: 36 } },
      { until_s: 1700, mol_per_m3: { d: 125 } },
    ],
    ask: { outlet_times_s: [1000], cells: 100 },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const every_s = Array.from({ length: 500 }, (_, k) => 3.4 * k);
  const [coarse, fine] = [300, 450].map((cells) => {
    const problem = problemOf(read.value, cells);
    const end = march(problem);
    assert.ok(end.ok);
    const exchanges = ((problem.film?.exchange_per_s ?? 0) * problem.fine_m) / problem.superficial_m_per_s;
    const curve = curveOf(end.march.record, 5, problem.superficial_m_per_s);
    return { curve, exchanges, steps_per_cell: end.march.steps / cells };
  });
  assert.ok(coarse && fine && coarse.exchanges > 0.5 && fine.exchanges < 0.5);
  const apart = distance_l1(coarse.curve, fine.curve, { species: [1, 2, 3], times_s: every_s, floor });
  assert.ok(apart < 5e-4, `${apart}`);
  assert.ok(fine.steps_per_cell < 1.2 * coarse.steps_per_cell);
});

test("K15: where dispersion couples the cells before the outlet behind a film, the outlet goes on settling", () => {
  const file = new URL("../../../examples/column/B-film.json", import.meta.url);
  const read = readSimulation(JSON.parse(readFileSync(file, "utf8")));
  assert.ok(read.ok);
  const curves = [900, 1500].map((cells) => {
    const problem = problemOf(read.value, cells);
    const end = march(problem);
    assert.ok(end.ok);
    return curveOf(end.march.record, problem.affinity.length, problem.superficial_m_per_s);
  });
  const [free, coupled] = curves;
  assert.ok(free && coupled);
  const apart = distance_l1(free, coupled, { species: [1, 2, 3], times_s: read.value.times_s, floor });
  assert.ok(apart < 2e-4, `${apart}`);
});
