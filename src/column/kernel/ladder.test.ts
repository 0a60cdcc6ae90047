import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, type SimulationResult, simulate } from "../index.ts";

const affinity = { p: 1, a: 4, b: 12, d: 60 };
type Name = keyof typeof affinity;
const names: readonly Name[] = ["p", "a", "b", "d"];
const [length_m, porosity, speed, dispersion, capacity, normality] = [0.1, 0.5, 1e-3, 2e-6, 200, 50];
const load_s = 150;
const end_s = 1500;
const times_s = Array.from({ length: 150 }, (_, k) => (k + 1) * 10);

/** Sharper fronts than the explicit scheme could follow in the time of a test. */
const sharp = 2e-7;

function solved(ask: object, axial_dispersion_m2_per_s: number): SimulationResult {
  const read = readSimulation({
    model: "equilibrium",
    bed: { length_m, total_porosity: porosity, capacity_mol_per_m3_bed: capacity },
    flow: { superficial_velocity_m_per_s: speed * porosity },
    transport: { axial_dispersion_m2_per_s },
    species: names.map((name) => ({
      name,
      role: name === "p" ? "presaturant" : name === "d" ? "displacer" : "product",
      affinity: affinity[name],
    })),
    initial_mol_per_m3: { p: normality },
    inlet: [
      { until_s: load_s, mol_per_m3: { a: 20, b: 30 } },
      { until_s: end_s, mol_per_m3: { d: normality } },
    ],
    ask: { outlet_times_s: times_s, ...ask },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  return result.value;
}

/** The liquid in equilibrium with what a cell holds: bisection on S, where S = sum a_i c_i. */
function liquidOf(held: readonly number[]): number[] {
  let low = 0;
  let high = 60 * 2 * normality;
  for (let k = 0; k < 45; k++) {
    const denominator = (low + high) / 2;
    const sum = held.reduce((total, h, i) => {
      const a = affinity[names[i]!];
      return total + (a * h) / (porosity * denominator + capacity * a);
    }, 0);
    if (sum > 1) low = denominator;
    else high = denominator;
  }
  return held.map((h, i) => (h * low) / (porosity * low + capacity * affinity[names[i]!]));
}

/** A scheme of its own: explicit Euler, upwind convection with central dispersion less what upwind brings itself. */
function explicitOutlet(cells: number): number[][] {
  const size = length_m / cells;
  const own = Math.max(0, dispersion - (speed * size) / 2);
  const step = 0.2 * Math.min(size / speed, size ** 2 / (2 * dispersion));
  let held = Array.from({ length: cells }, () => [porosity * normality + capacity, 0, 0, 0]);
  let liquid = held.map(liquidOf);
  const outlet: number[][] = [];
  const steps = Math.ceil(end_s / step);
  for (let n = 1; n <= steps; n++) {
    const inlet = n * step <= load_s ? [0, 20, 30, 0] : [0, 0, 0, normality];
    const flux = Array.from({ length: cells + 1 }, (_, j) =>
      inlet.map((fed, i) => {
        const left = j === 0 ? fed : liquid[j - 1]![i]!;
        const spread = j === 0 || j === cells ? 0 : (own * (liquid[j]![i]! - left)) / size;
        return porosity * (speed * left - spread);
      }),
    );
    held = held.map((cell, j) => cell.map((h, i) => h + (step / size) * (flux[j]![i]! - flux[j + 1]![i]!)));
    liquid = held.map(liquidOf);
    while (outlet.length < times_s.length && n * step >= times_s[outlet.length]! - 1e-9)
      outlet.push(liquid[cells - 1]!.slice());
  }
  return outlet;
}

const apart = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, c, k) => sum + Math.abs(c - (other[k] ?? 0)), 0);
const size = (curve: readonly number[]): number => curve.reduce((sum, c) => sum + c, 0);

test("K12: an explicit scheme that shares no line with the kernel comes to the same outlet", () => {
  const ours = solved({ cells: 120 }, dispersion).outlet.mol_per_m3;
  const off = (cells: number, name: Name): number => {
    const curve = explicitOutlet(cells).map((row) => row[names.indexOf(name)]!);
    return apart(ours[name] ?? [], curve) / size(curve);
  };
  const [few, many] = [off(25, "b"), off(50, "b")];
  assert.ok(many < 0.7 * few && many < 0.04, `${few} on 25 cells, ${many} on 50`);
});

test("K6: errors fall faster than cells grow", () => {
  const exact = solved({ cells: 400 }, sharp).outlet.mol_per_m3["a"] ?? [];
  const [few, some, many] = [40, 80, 160].map((cells) =>
    apart(solved({ cells }, sharp).outlet.mol_per_m3["a"] ?? [], exact),
  );
  assert.ok(few !== undefined && some !== undefined && many !== undefined);
  const order = Math.log2(few / many) / 2;
  assert.ok(order > 1.5, `order ${order}: ${few} ${some} ${many}`);
});

test("K4: the error asked is kept against a refined run, and so is the estimate", () => {
  const exact = solved({ cells: 400 }, sharp).outlet.mol_per_m3;
  for (const error_l1_max of [0.03, 0.01]) {
    const { outlet, numerics } = solved({ error_l1_max }, sharp);
    const all = (curves: Readonly<Record<string, readonly number[]>>) => [
      ...(curves["a"] ?? []),
      ...(curves["b"] ?? []),
    ];
    const error = apart(all(outlet.mol_per_m3), all(exact)) / size(all(exact));
    assert.ok(error <= error_l1_max, `${error} asked ${error_l1_max}`);
    assert.ok(error <= numerics.error_l1_estimate * 1.1, `${error} estimated ${numerics.error_l1_estimate}`);
  }
});
