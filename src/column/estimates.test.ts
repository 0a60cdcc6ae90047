import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "./index.ts";
import { randomCurve } from "./random-curves.ts";
import { trainDice } from "./random-trains.ts";

function solved(input: unknown) {
  const read = readSimulation(input);
  assert.ok(read.ok, read.ok ? "" : `${read.refusal.at} ${read.refusal.message}`);
  return simulate(read.value);
}

test("K27: with no product in the column the error is that of what leaves, and it is not zero", () => {
  for (const kind of ["regeneration", "train"] as const) {
    const curve = randomCurve(kind, trainDice(21), { cells: 60 });
    const { species } = curve;
    const named = species.map((s) => (s.role === "product" ? { ...s, role: "other" } : s));
    const known = kind === "train" ? { ...curve, species: named } : curve;
    const result = solved(known);
    assert.ok(result.ok && result.value.numerics.error_l1_estimate > 1e-6, kind);
  }
});

test("K30: what cannot be reached is refused with the best that was reached, whole and with its estimate", () => {
  const asked = 1e-6;
  const result = solved(randomCurve("elution", trainDice(5), { error_l1_max: asked }));
  assert.ok(!result.ok && "best" in result.refusal);
  const { best, code } = result.refusal;
  assert.ok(code === "accuracy_not_reached" || code === "too_much_work");
  assert.ok(best.numerics.error_l1_estimate > asked && best.numerics.error_l1_estimate < 0.01);
  assert.ok(best.outlet.time_s.length > 500 && best.numerics.cells > 88);
  for (const { relative_error } of Object.values(best.balance)) assert.ok(Math.abs(relative_error) < 1e-8);
});

test("K30: what is too much for the first grid is refused before the work, with nothing beside it", () => {
  const curve = randomCurve("cycles", trainDice(5), { cells: 20_000 });
  const result = solved(curve);
  assert.ok(!result.ok && result.refusal.code === "too_much_work");
});

test("K29: a peak in the linear range leaves at the time and as wide as theory says", () => {
  const capacity = 1000;
  const normality = 100;
  const porosity = 0.4;
  const speed = 1e-3;
  const length_m = 0.5;
  const peclet = 400;
  const affinity = 2;
  const trace = 1e-3;
  const injected_s = 200;
  const retention_s = (length_m / speed) * (porosity + (capacity * affinity) / normality);
  const result = solved({
    model: "equilibrium",
    bed: { length_m, total_porosity: porosity, capacity_mol_per_m3_bed: capacity },
    flow: { superficial_velocity_m_per_s: speed },
    transport: { axial_dispersion_m2_per_s: (speed / porosity) * (length_m / peclet) },
    species: [
      { name: "w", role: "presaturant", affinity: 1 },
      { name: "p", role: "product", affinity },
    ],
    initial_mol_per_m3: { w: normality },
    inlet: [
      { until_s: injected_s, mol_per_m3: { w: normality * (1 - trace), p: normality * trace } },
      { until_s: 2 * retention_s, mol_per_m3: { w: normality } },
    ],
    ask: { outlet_times_s: { from: 0, to: 2 * retention_s, step: retention_s / 500 }, error_l1_max: 0.01 },
  });
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  const { time_s, mol_per_m3 } = result.value.outlet;
  const moment = (of: (t: number) => number) =>
    time_s.reduce((sum, t, k) => sum + of(t) * mol_per_m3["p"]![k]!, 0);
  const all = moment(() => 1);
  const mean_s = moment((t) => t) / all;
  const variance_s2 = moment((t) => (t - mean_s) ** 2) / all;
  // Danckwerts' ends: Levenspiel and Bischoff, the closed vessel.
  const spread = 2 / peclet - (2 / peclet ** 2) * (1 - Math.exp(-peclet));
  assert.ok(Math.abs(mean_s / (retention_s + injected_s / 2) - 1) < 1e-3, `${mean_s} ${retention_s}`);
  const expected_s2 = spread * retention_s ** 2 + injected_s ** 2 / 12;
  assert.ok(Math.abs(variance_s2 / expected_s2 - 1) < 0.03, `${variance_s2} ${expected_s2}`);
});
