import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "../index.ts";
import { randomTrain, trainDice } from "../random-trains.ts";
import { newCoupledCells, solveCoupledCells } from "./coupled-cells.ts";
import { problemOf } from "./discretise.ts";
import { type Field, startField } from "./field.ts";
import { trainSpeed_m_per_s } from "./problem.ts";
import { newSweep, type Sweep, sweepCells } from "./sweep.ts";

/** The first random train of the model whose bed is coupled from end to end on so many cells, and its start. */
function coupled(model: string, cells: number): Field {
  for (let n = 0; n < 200; n++) {
    const read = readSimulation(randomTrain(trainDice(n), { cells }));
    assert.ok(read.ok);
    if (read.value.input.model !== model || read.value.initial_liquid.every((c) => c === 0)) continue;
    const field = startField(problemOf(read.value, cells));
    if (field.firstCoupled === 0) return field;
  }
  throw new Error("no train is coupled from end to end");
}

/** What a cell's balance misses of one species after an implicit step, over what the cell holds when full. */
function missing(field: Field, seconds: number, j: number, i: number, fed: number): number {
  const { species, cells, liquidNext, poreNext, held, particle, faces, problem } = field;
  const { film, superficial_m_per_s: speed, capacity_mol_per_m3: capacity, affinity } = problem;
  const k = j * species + i;
  const at = (cell: number): number => liquidNext[cell * species + i]!;
  const inside = film === undefined ? liquidNext : poreNext;
  let denominator = 0;
  for (let m = 0; m < species; m++) denominator += affinity[m]! * inside[j * species + m]!;
  const solid = (capacity * affinity[i]! * inside[k]!) / denominator;
  const enters = j === 0 ? fed : speed * at(j - 1) - faces.spread[j - 1]! * (at(j) - at(j - 1));
  const spread = j + 1 < cells ? faces.spread[j]! * (at(j + 1) - at(j)) : 0;
  const gain = (seconds / problem.grid[j]!) * (enters - (speed * at(j) - spread));
  const moving = problem.mobile_fraction * liquidNext[k]!;
  const full = problem.mobile_fraction * problem.normality_mol_per_m3 + capacity;
  if (film === undefined) return (held[k]! + gain - moving - solid) / full;
  const uptake = seconds * film.exchange_per_s * (liquidNext[k]! - poreNext[k]!);
  const open = Math.abs(held[k]! + gain - uptake - moving);
  return (open + Math.abs(particle[k]! + uptake - film.pore_fraction * inside[k]! - solid)) / full;
}

/** Steps of a displacement, one after the other, each kept as the next one's past. */
function step(field: Field, sweep: Sweep, seconds: number, inlet_mol_per_m3: Float64Array): void {
  const ask = { seconds, ratio: 0, inlet_mol_per_m3 };
  sweepCells(sweep, ask);
  assert.ok(solveCoupledCells(sweep, newCoupledCells(field), ask, 0, field.cells));
}

for (const model of ["equilibrium", "film"])
  test(`K20: cells coupled by dispersion close the balance of every species in one implicit step: ${model}`, () => {
    const field = coupled(model, 60);
    const { problem, cells, species } = field;
    const sweep = newSweep(field);
    const crossing_s = problem.grid[0]! / trainSpeed_m_per_s(problem);
    for (const part of [0.02, 1, 20]) {
      const seconds = part * crossing_s;
      for (const feed of problem.inlet) {
        step(field, sweep, seconds, feed.liquid_mol_per_m3);
        let worst = 0;
        for (let j = 0; j < cells; j++)
          for (let i = 0; i < species; i++) {
            const fed = problem.superficial_m_per_s * feed.liquid_mol_per_m3[i]!;
            worst = Math.max(worst, Math.abs(missing(field, seconds, j, i, fed)));
          }
        assert.ok(worst < 1e-7, `${part} crossings: ${worst}`);
        assert.ok(field.liquidNext.every((c) => c >= 0));
      }
    }
  });

test("K5 K20: coupled cells that are rinsed without ions until nothing is left, and filled again, keep what they hold", () => {
  const film = { void_fraction: 0.35, particle_porosity: 0.3, particle_radius_m: 3e-5 };
  for (const [model, porosity, exchange] of [
    ["equilibrium", { total_porosity: 0.7 }, {}],
    ["film", film, { film_coefficient_m_per_s: 2.5e-5 }],
  ] as const) {
    const read = readSimulation({
      model,
      bed: { length_m: 0.42, capacity_mol_per_m3_bed: 1400, ...porosity },
      flow: { superficial_velocity_m_per_s: 4.8e-4 },
      transport: { axial_dispersion_m2_per_s: 7e-6, ...exchange },
      species: [
        { name: "p", role: "presaturant", affinity: 1 },
        { name: "a", role: "product", affinity: 2.9 },
        { name: "d", role: "displacer", affinity: 14 },
      ],
      initial_mol_per_m3: { p: 47 },
      inlet: [
        { until_s: 20000, mol_per_m3: { a: 47 } },
        { until_s: 26000, mol_per_m3: {} },
        { until_s: 60000, mol_per_m3: { d: 47 } },
      ],
      ask: { outlet_times_s: { from: 0, to: 60000, step: 100 }, error_l1_max: 0.02 },
    });
    assert.ok(read.ok, read.ok ? "" : read.refusal.message);
    const result = simulate(read.value);
    assert.ok(result.ok, result.ok ? "" : `${model}: ${result.refusal.message}`);
    const { balance, bounds, outlet } = result.value;
    for (const { relative_error } of Object.values(balance)) assert.ok(Math.abs(relative_error) < 1e-8);
    assert.ok(bounds.min_over_normality > -1e-4 && bounds.max_over_normality < 1 + 1e-4);
    const rinsed = outlet.mol_per_m3["a"]![259]!;
    assert.ok(rinsed < 1e-6, `${model}: ${rinsed} left after the rinse`);
    const { fed, out, held } = balance["a"]!;
    assert.ok(Math.abs(fed - out - held) < 1e-6 * fed && out > 0.99 * fed, `${model}: ${out} of ${fed}`);
  }
});
