import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation } from "../input/read.ts";
import type { Simulation } from "../input/simulation.ts";
import { CURVE_KINDS, type CurveKind, randomCurve } from "../random-curves.ts";
import { trainDice } from "../random-trains.ts";
import { problemOf } from "./discretise.ts";
import { march } from "./march.ts";
import { spreads } from "./spreading.ts";

function read(input: unknown): Simulation {
  const simulation = readSimulation(input);
  assert.ok(simulation.ok, simulation.ok ? "" : `${simulation.refusal.at} ${simulation.refusal.message}`);
  return simulation.value;
}

const thrown = (kind: CurveKind, n: number) => randomCurve(kind, trainDice(n), {});

test("K28: eluents, gradients, cycles and regenerations spread; trains, and presaturation by what is kept more, do not", () => {
  for (let n = 0; n < 20; n++)
    for (const kind of CURVE_KINDS)
      assert.equal(spreads(read(thrown(kind, n))), kind !== "train", `${kind} ${n}`);
  const back = thrown("regeneration", 1);
  const [step] = back.inlet;
  const forth = {
    ...back,
    initial_mol_per_m3: step!.mol_per_m3,
    inlet: [{ ...step!, mol_per_m3: back.initial_mol_per_m3 }],
  };
  assert.equal(spreads(read(forth)), false);
  const solid = { initial_solid_mol_per_m3_bed: { d: back.bed.capacity_mol_per_m3_bed } };
  assert.equal(
    spreads(read({ ...back, initial_mol_per_m3: step!.mol_per_m3, ...solid })),
    true,
    "the solid holds it",
  );
  const washed = { ...back, inlet: [{ ...step!, mol_per_m3: {} }] };
  assert.equal(spreads(read(washed)), false, "water lets no ion in");
});

test("K28: where waves spread, cells are even and steps are longer than the usual; a train's are as they were", () => {
  const elution = problemOf(read(thrown("elution", 3)), 60);
  assert.ok(Math.abs(elution.grid[0]! / elution.grid[30]! - 1) < 1e-9);
  const [long, usual] = [march(elution), march({ ...elution, stretch_most: 1 })];
  assert.ok(long.ok && usual.ok && long.march.steps < usual.march.steps / 2, "half as many steps");
  const train = problemOf(read(thrown("train", 3)), 60);
  assert.equal(train.stretch_most, 1);
  const again = problemOf({ ...read(thrown("elution", 3)), even_cells: true }, 60);
  assert.equal(again.stretch_most, 1, "loads that hardly differ keep their steps");
});

test("K28: a step that lets a whole front in is no longer than the usual one", () => {
  const cycles = problemOf(read(thrown("cycles", 3)), 60);
  const [long, usual] = [march(cycles), march({ ...cycles, stretch_most: 1 })];
  assert.ok(long.ok && usual.ok);
  const last = long.march.left_mol_per_m2;
  for (const [i, left] of usual.march.left_mol_per_m2.entries()) {
    const fed = usual.march.fed_mol_per_m2[i]! + usual.march.initial_mol_per_m2[i]!;
    assert.ok(Math.abs(left - last[i]!) <= 0.002 * fed, `${i}: ${left} ${last[i]}`);
  }
});
