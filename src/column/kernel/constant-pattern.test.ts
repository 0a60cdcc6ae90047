import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "../index.ts";

// A front between two ions far down the bed no longer changes. Its length between the compositions theta and
// 1 - theta is known in closed form where the film alone widens it (M1 to M3).
const [liquid_m_per_s, K, porosity, normality] = [0.01, 10, 0.4, 100];
const front_m_per_s = liquid_m_per_s / (1 + K);
const behind_m_per_s = liquid_m_per_s - front_m_per_s;

/** Length of the front at the outlet of a long bed, from the time that passes between the two compositions. */
function frontLength_m(given: { alpha: number; film_m: number; theta: number }): number {
  const { alpha, film_m, theta } = given;
  const length_m = 25 * film_m * ((alpha + 1) / (alpha - 1)) * Math.log((1 - theta) / theta);
  const due_s = length_m / front_m_per_s;
  const end_s = 1.2 * due_s;
  const radius_m = 3e-5;
  const exchange_per_s = (porosity * behind_m_per_s) / film_m;
  const read = readSimulation({
    model: "film",
    bed: {
      length_m,
      void_fraction: porosity,
      particle_porosity: 0,
      particle_radius_m: radius_m,
      capacity_mol_per_m3_bed: K * porosity * normality,
    },
    flow: { superficial_velocity_m_per_s: liquid_m_per_s * porosity },
    transport: {
      axial_dispersion_m2_per_s: 0,
      film_coefficient_m_per_s: (exchange_per_s * radius_m) / (3 * (1 - porosity)),
    },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: alpha },
    ],
    initial_mol_per_m3: { p: normality },
    inlet: [{ until_s: end_s, mol_per_m3: { a: normality } }],
    ask: { outlet_times_s: { from: 0, to: end_s, step: end_s / 20_000 }, cells: 500 },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  const { time_s, mol_per_m3 } = result.value.outlet;
  const when = (part: number): number => {
    const k = mol_per_m3["a"]!.findIndex((c) => c >= part * normality);
    const [before, after] = [mol_per_m3["a"]![k - 1]!, mol_per_m3["a"]![k]!];
    return time_s[k - 1]! + ((part * normality - before) / (after - before)) * (time_s[k]! - time_s[k - 1]!);
  };
  return (when(1 - theta) - when(theta)) * front_m_per_s;
}

const additive_m = (alpha: number, theta: number, units_m: number): number =>
  units_m * ((alpha + 1) / (alpha - 1)) * Math.log((1 - theta) / theta);

test("K19 M1 M2 M3: with a film alone the front is as long as its closed form", () => {
  const film_m = behind_m_per_s / 1;
  for (const [alpha, theta] of [
    [2, 0.05],
    [1.6, 0.01],
    [5, 0.05],
  ] as const) {
    const found = frontLength_m({ alpha, theta, film_m });
    const due = additive_m(alpha, theta, film_m);
    assert.ok(Math.abs(found / due - 1) < 0.015, `alpha ${alpha}: ${found} m, due ${due} m`);
  }
});
