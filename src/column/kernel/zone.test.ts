import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation } from "../index.ts";
import { randomTrain, trainDice } from "../random-trains.ts";
import { problemOf } from "./discretise.ts";
import { type Field, startField } from "./field.ts";
import { trainSpeed_m_per_s } from "./problem.ts";
import { newSweep, type Sweep, sweepCells } from "./sweep.ts";
import { newZone, solveZone } from "./zone.ts";

/** The first random train of the model whose bed is tied from end to end on so many cells, and its start. */
function tied(model: string, cells: number): Field {
  for (let n = 0; n < 200; n++) {
    const read = readSimulation(randomTrain(trainDice(n), { cells }));
    assert.ok(read.ok);
    if (read.value.input.model !== model || read.value.initial_liquid.every((c) => c === 0)) continue;
    const field = startField(problemOf(read.value, cells));
    if (field.zone === 0) return field;
  }
  throw new Error("no train is tied from end to end");
}

/** What a cell's balance misses of one species after an implicit step, over what the cell holds when full. */
function missing(field: Field, seconds: number, j: number, i: number, fed: number): number {
  const { species, cells, liquidNext, poreNext, held, particle, faces, problem } = field;
  const { film, superficial_m_per_s: speed, capacity_mol_per_m3: capacity, affinity } = problem;
  const k = j * species + i;
  const at = (cell: number): number => liquidNext[cell * species + i]!;
  const inside = film === undefined ? liquidNext : poreNext;
  let share = 0;
  for (let m = 0; m < species; m++) share += affinity[m]! * inside[j * species + m]!;
  const solid = (capacity * affinity[i]! * inside[k]!) / share;
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
  assert.ok(solveZone(sweep, newZone(field), ask, 0, field.cells));
}

for (const model of ["equilibrium", "film"])
  test(`K20: cells tied by dispersion close the balance of every species in one implicit step: ${model}`, () => {
    const field = tied(model, 60);
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
