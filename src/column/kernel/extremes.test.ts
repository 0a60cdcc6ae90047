import assert from "node:assert/strict";
import { test } from "node:test";
import { type Input, smallTrain } from "../../../test/support/trains.ts";
import { solveOn } from "../accuracy/one-grid.ts";
import { readSimulation, simulate } from "../index.ts";
import { problemOf } from "./discretise.ts";
import { march } from "./march.ts";

/** Valid, and absurd. None may run away, return a curve out of balance or range, or give up without saying why. */
const absurd: Readonly<Record<string, (input: Input) => void>> = {
  "a flow of 1,000 m/s": (i) => void (i["flow"].superficial_velocity_m_per_s = 1e3),
  "a flow of 1e-12 m/s": (i) => void (i["flow"].superficial_velocity_m_per_s = 1e-12),
  "a film of 1e-12 m/s": (i) => void (i["transport"].film_coefficient_m_per_s = 1e-12),
  "a film of 1e12 m/s": (i) => void (i["transport"].film_coefficient_m_per_s = 1e12),
  "a selectivity of 1e12": (i) => void (i["species"][3].affinity = 1e12),
  "a selectivity of 1e-12": (i) => void (i["species"][3].affinity = 1e-12),
  "equal affinities": (i) => {
    for (const one of i["species"]) one.affinity = 7;
  },
  "a void of 1e-9": (i) => void (i["bed"].void_fraction = 1e-9),
  "a void of all but 1e-9": (i) => void (i["bed"].void_fraction = 1 - 1e-9),
  "a capacity of 1e-9": (i) => void (i["bed"].capacity_mol_per_m3_bed = 1e-9),
  "a capacity of 1e12": (i) => void (i["bed"].capacity_mol_per_m3_bed = 1e12),
  "no dispersion": (i) => void (i["transport"].axial_dispersion_m2_per_s = 0),
  "a dispersion of 1 m2/s": (i) => void (i["transport"].axial_dispersion_m2_per_s = 1),
  "a displacer 1e9 times thinner": (i) => void (i["inlet"][1].mol_per_m3 = { d: 9e-8 }),
  "a feed 1e4 times stronger": (i) => void (i["inlet"][0].mol_per_m3 = { a: 4e5, b: 5e5 }),
  "nothing but rinsing after the load": (i) => void (i["inlet"][1].mol_per_m3 = {}),
  "an inlet that switches 1,000 times": (i) => {
    i["inlet"] = Array.from({ length: 1000 }, (_, k) => ({
      until_s: 13 * (k + 1),
      mol_per_m3: k % 2 === 0 ? { a: 40, b: 50 } : { d: 90 },
    }));
  },
};

for (const model of ["film", "equilibrium"])
  for (const [name, change] of Object.entries(absurd))
    test(`K18: ${name}, ${model}: answered or refused with evidence`, () => {
      const input = smallTrain({ outlet_times_s: { from: 0, to: 13000, step: 10 }, cells: 60 }, change);
      if (model === "equilibrium") {
        input["model"] = model;
        input["bed"].total_porosity = input["bed"].void_fraction;
      }
      const read = readSimulation(input);
      assert.ok(read.ok, read.ok ? "" : read.refusal.at);
      const result = simulate(read.value);
      if (!result.ok) {
        const { code, at, message, details } = result.refusal as typeof result.refusal & {
          details?: unknown;
        };
        const known = ["too_much_work", "step_collapsed", "accuracy_not_reached", "result_not_trusted"];
        assert.ok(
          known.includes(code) && at.length > 2 && message.length > 10,
          `${code} ${message} ${details}`,
        );
        return;
      }
      const { balance, bounds, outlet } = result.value;
      for (const [species, { relative_error }] of Object.entries(balance))
        assert.ok(Math.abs(relative_error) <= 1e-8, `${species}: ${relative_error}`);
      assert.ok(bounds.min_over_normality >= -1e-4 && bounds.max_over_normality <= 1 + 1e-4);
      for (const curve of Object.values(outlet.mol_per_m3)) assert.ok(curve.every(Number.isFinite));
    });

test("K18: a run that takes more work than it is allowed stops, and says at what time", () => {
  const read = readSimulation(smallTrain({ outlet_times_s: [6000], cells: 60 }));
  assert.ok(read.ok);
  const end = march({ ...problemOf(read.value, 60), work_max: 1000 });
  assert.ok(!end.ok && end.code === "too_much_work" && end.time_s > 0 && end.time_s < 6000);
});

test("K4: work is foretold from what a coarser run took", () => {
  const read = readSimulation(smallTrain({ outlet_times_s: [6000], cells: 60 }));
  assert.ok(read.ok);
  const coarse = solveOn(read.value, 60);
  assert.ok(coarse.ok);
  const taxed = { ...coarse.value, march: { ...coarse.value.march, work: 2e8 } };
  assert.ok(solveOn(read.value, 60, coarse.value).ok);
  const refused = solveOn(read.value, 61, taxed);
  assert.ok(!refused.ok && refused.refusal.code === "too_much_work");
});
