import assert from "node:assert/strict";
import { test } from "node:test";
import { collect } from "../outlet/cuts.ts";
import { contextOfKept, type KeptOutlet } from "../outlet/kept-outlet.ts";
import { mixedOutlet } from "./mixed-outlet.ts";
import { spreadOf } from "./spread.ts";

const bed = {
  ...{ length_m: 1, diameter_m: 1.5, particle_radius_m: 3e-5, interstitial_m_per_s: 1e-3 },
  diffusivity_m2_per_s: 5e-10,
};

test("KS4: a wide bed never mixes sideways, a thread always does, and the wall's own layer is a trifle", () => {
  const wide = spreadOf(bed, 0.01);
  assert.ok(Math.abs(wide.velocity_sd_fraction / 0.01 - 1) < 0.01, `${wide.velocity_sd_fraction}`);
  assert.ok(Math.abs(wide.plate_height_m / 1e-4 - 1) < 0.02);
  assert.ok(wide.wall_plate_height_m < 0.01 * wide.plate_height_m);
  const narrow = [0.3, 0.03, 0.003].map((diameter_m) => spreadOf({ ...bed, diameter_m }, 0.01));
  const alone = narrow.map((s) => s.plate_height_m - s.wall_plate_height_m);
  assert.ok(alone[0]! > alone[1]! && alone[1]! > alone[2]! && alone[2]! < 0.1 * alone[0]!, alone.join(" "));
});

test("KS4: between the two, the variance is that of a velocity whose correlation dies along the path", () => {
  // Twice the integral over the path of (1 - x) e^(-x/p), summed by hand, with p the persistence over the length.
  const [p, steps] = [0.4, 100_000];
  let sum = 0;
  for (let k = 0; k < steps; k++)
    sum += (2 * (1 - (k + 0.5) / steps) * Math.exp(-(k + 0.5) / steps / p)) / steps;
  const sideways = 0.6 * bed.diffusivity_m2_per_s + (bed.interstitial_m_per_s * 6e-5) / 10;
  const radius_m = Math.sqrt((p * bed.length_m * 3.8317 ** 2 * sideways) / bed.interstitial_m_per_s);
  const found = spreadOf({ ...bed, diameter_m: 2 * radius_m }, 0.2);
  const alone = (found.plate_height_m - found.wall_plate_height_m) / bed.length_m / 0.04;
  assert.ok(Math.abs(alone / sum - 1) < 1e-4, `${alone} and ${sum}`);
});

/** Two bands that touch at 1,000 s: a from 500 s on, b until 1,500 s, 10 mol/m3 each. */
function bands(): KeptOutlet {
  const time_s = Array.from({ length: 4001 }, (_, k) => k / 2);
  const box = (from: number, to: number) => time_s.map((t) => (t >= from && t < to ? 10 : 0));
  const left = (from: number, to: number) => time_s.map((t) => 10 * (Math.min(to, Math.max(from, t)) - from));
  return {
    time_s,
    mol_per_m3: { a: box(500, 1000), b: box(1000, 1500) },
    left_mol_s_per_m3: { a: left(500, 1000), b: left(1000, 1500) },
    fed_mol_s_per_m3: { a: 5000, b: 5000 },
  };
}

test("KS5: unlike paths blur a front by their part of its time through the bed, and lose nothing", () => {
  const mixed = mixedOutlet(bands(), 1000, 0.02);
  const reach = Math.sqrt(3) * 20;
  assert.ok(Math.abs(mixed.left_mol_s_per_m3["a"]!.at(-1)! - 5000) < 1e-6);
  const at = (name: string, t: number) => mixed.mol_per_m3[name]![mixed.time_s.indexOf(t)]!;
  assert.ok(Math.abs(at("a", 1000) - 5) < 0.1 && Math.abs(at("b", 1000) - 5) < 0.1);
  assert.ok(at("a", 1000 - Math.ceil(reach) - 1) > 9.99 && at("b", 1000 - Math.ceil(reach) - 1) < 0.01);
  // Of a cut that ends where the fronts would, a quarter of the reach is lost, and as much of b comes along.
  const cut = collect(contextOfKept(mixed, ["a", "b"]), "a", 400, 1000);
  assert.ok(Math.abs(cut.yield - (1 - reach / 4 / 500)) < 1e-3, `${cut.yield}`);
  assert.ok(Math.abs(cut.purity! - (1 - reach / 4 / 500)) < 1e-3, `${cut.purity}`);
  assert.equal(
    mixedOutlet(bands(), 1000, 0).mol_per_m3["a"]!.length,
    4001,
    "alike paths are left as they are",
  );
});
