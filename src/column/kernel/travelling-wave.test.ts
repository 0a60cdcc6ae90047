import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation } from "../index.ts";
import { profilesOf } from "./profiles.ts";

// Far from both ends a front between two ions travels unchanged. Film and dispersion together (M4): in its own frame
// D x' = x - y and h y' = x - x*(y), with D and h the lengths that dispersion and film add, and x* the liquid in equilibrium
// with the solid y. The ratio is that of its length to the closed form of the sum, (D + h) (a + 1) / (a - 1) ln((1 - t) / t).
const [liquid_m_per_s, K, porosity, normality] = [0.01, 10, 0.4, 100];
const front_m_per_s = liquid_m_per_s / (1 + K);
const behind_m_per_s = liquid_m_per_s - front_m_per_s;
const unit_m = 0.01;

interface Front {
  readonly alpha: number;
  /** In units of their sum. */
  readonly dispersion: number;
  readonly theta: number;
}

const additive_m = ({ alpha, theta }: Front): number =>
  unit_m * ((alpha + 1) / (alpha - 1)) * Math.log((1 - theta) / theta);

/** Length of the wave over the closed form: out of the saddle at x = 0 by Runge-Kutta, towards where the front comes from. */
function waveRatio(front: Front): number {
  const { alpha, dispersion: D, theta } = front;
  const h = 1 - D;
  const slope = ([x, y]: readonly [number, number]): [number, number] => [
    -(x - y) / D,
    (x - y / (alpha - (alpha - 1) * y)) / h,
  ];
  // The growing direction at the saddle: the positive root of its characteristic equation.
  const [trace, det] = [-1 / D - 1 / (alpha * h), (1 / alpha - 1) / (D * h)];
  const grows = (trace + Math.sqrt(trace * trace - 4 * det)) / 2;
  let [x, y] = [1e-9, 1e-9 * (1 + D * grows)];
  const step = 4e-4;
  let [low, high] = [0, 0];
  for (let n = 0; high === 0; n++) {
    const before = x;
    const a = slope([x, y]);
    const b = slope([x + (step / 2) * a[0], y + (step / 2) * a[1]]);
    const c = slope([x + (step / 2) * b[0], y + (step / 2) * b[1]]);
    const d = slope([x + step * c[0], y + step * c[1]]);
    x += (step / 6) * (a[0] + 2 * b[0] + 2 * c[0] + d[0]);
    y += (step / 6) * (a[1] + 2 * b[1] + 2 * c[1] + d[1]);
    if (before < theta && x >= theta) low = n;
    if (before < 1 - theta && x >= 1 - theta) high = n;
  }
  return ((high - low) * step * unit_m) / additive_m(front);
}

/** The same of the simulated front, half-way down a bed: nearer than its own length the outlet bends the end of a front. */
function simulatedRatio(front: Front, cells: number): number {
  const { alpha, dispersion, theta } = front;
  const length_m = 8 * additive_m(front) + 10 * unit_m;
  const exchange_per_s = (porosity * behind_m_per_s) / ((1 - dispersion) * unit_m);
  const end_s = length_m / front_m_per_s;
  const radius_m = 3e-5;
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
      axial_dispersion_m2_per_s: dispersion * unit_m * behind_m_per_s,
      film_coefficient_m_per_s: (exchange_per_s * radius_m) / (3 * (1 - porosity)),
    },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: alpha },
    ],
    initial_mol_per_m3: { p: normality },
    inlet: [{ until_s: end_s, mol_per_m3: { a: normality } }],
    ask: { outlet_times_s: [end_s], cells },
  });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const pictures = profilesOf(read.value, cells, 10);
  assert.ok(pictures.ok);
  const half = pictures.value.time_s.findIndex((time_s) => time_s >= 0.7 * end_s);
  const liquid = pictures.value.mol_per_m3[half]![1]!;
  const where = (part: number): number => {
    const k = liquid.findIndex((c) => c < part * normality);
    const [behind, ahead] = [pictures.value.position_m[k - 1]!, pictures.value.position_m[k]!];
    return behind + ((liquid[k - 1]! - part * normality) / (liquid[k - 1]! - liquid[k]!)) * (ahead - behind);
  };
  return (where(theta) - where(1 - theta)) / additive_m(front);
}

for (const [alpha, dispersion, theta, due] of [
  [2, 0.5, 0.05, 1.0023],
  [2, 0.5, 0.001, 1.0168],
  [5, 0.5, 0.001, 1.0766],
  [20, 0.5, 0.001, 1.1489],
  [20, 0.2, 0.05, 1.0018],
] as const)
  test(`K19 M4: a front between film and dispersion is as long as its travelling wave: alpha ${alpha}, theta ${theta}`, () => {
    const front = { alpha, dispersion, theta };
    const wave = waveRatio(front);
    assert.ok(Math.abs(wave / due - 1) < 3e-4, `the wave itself: ${wave}, due ${due}`);
    const found = simulatedRatio(front, 400);
    assert.ok(Math.abs(found / due - 1) < 0.005, `${found}, due ${due}`);
  });
