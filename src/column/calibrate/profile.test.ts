import assert from "node:assert/strict";
import { test } from "node:test";
import { solveOn } from "../accuracy/one-grid.ts";
import { calibrate, readCalibration } from "../index.ts";
import { readSimulation } from "../input/read.ts";
import { concentrations } from "../outlet/curve.ts";
import { student } from "./doubt.ts";
import { profileOf } from "./profile.ts";

type Input = Record<string, any>;

/** Normal noise from a small seeded generator. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) uniform();
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const CELLS = 20;
const CAPACITY = 300;
const DISPERSION = 1e-5;

/** Sample data: a short equilibrium column, cheap enough to be fitted many times. */
const column = (change: Input = {}): Input => ({
  model: "equilibrium",
  bed: { length_m: 0.5, total_porosity: 0.7, capacity_mol_per_m3_bed: CAPACITY },
  flow: { superficial_velocity_m_per_s: 0.0007 },
  transport: { axial_dispersion_m2_per_s: DISPERSION },
  species: [
    { name: "Cu", role: "presaturant", affinity: 1 },
    { name: "Nd", role: "product", affinity: 2 },
  ],
  initial_mol_per_m3: { Cu: 90 },
  inlet: [{ until_s: 5000, mol_per_m3: { Nd: 90 } }],
  ...change,
});
const times = Array.from({ length: 30 }, (_, i) => 2150 + 50 * i);

function outlet(simulation: Input, time_s: readonly number[], cells = CELLS): number[] {
  const read = readSimulation({ ...simulation, ask: { outlet_times_s: time_s, cells } });
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  const solved = solveOn(read.value, cells);
  assert.ok(solved.ok);
  return concentrations(solved.value.outlet.curve, read.value.names.indexOf("Nd"), time_s);
}

function fit(input: Input) {
  const read = readCalibration(input);
  assert.ok(read.ok, read.ok ? "" : `${read.refusal.at}: ${read.refusal.message}`);
  const result = calibrate(read.value);
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  return result.value;
}

test("KC7: on a straight model the profile is the interval of first order, and closes on one side where that is all the data say", () => {
  const slopes = [1, 2, 3, 4, 5];
  const asked = {
    model: (p: readonly number[]) => slopes.map((s) => s * p[0]! + (6 - s) * p[1]!),
    point: [0, 0],
    bounds: [
      { min: -9, max: 9 },
      { min: -9, max: 9 },
    ],
    least: 0,
    variance: 1,
    t: 1.7,
  };
  // The normal matrix is [[55, 35], [35, 55]]: variance of each 55 / (55^2 - 35^2).
  const sd = Math.sqrt(55 / (55 ** 2 - 35 ** 2));
  const { interval_90 } = profileOf({ ...asked, sd: [sd, sd] }, 0);
  assert.ok(Math.abs(Math.log(interval_90[1]!) / (1.7 * sd) - 1) < 0.03);
  assert.ok(Math.abs(Math.log(interval_90[0]!) / (1.7 * sd) + 1) < 0.03);
  // Far from straight: the residual saturates upwards, and a first guess ten times too short still finds the lower end.
  const bent = profileOf(
    {
      ...asked,
      model: (p) => [1 - Math.exp(-p[0]!)],
      point: [0],
      bounds: [{ min: -9, max: 9 }],
      sd: [0.1],
    },
    0,
  );
  assert.equal(bent.interval_90[1], null);
  assert.ok(Math.abs(Math.log(bent.interval_90[0]!) + Math.log(2.7)) < 0.03);
});

test("KC3 KC7: over 60 drawn sets 90 % intervals, of first order and by profile, hold the truth nine times in ten", () => {
  const clean = outlet(column(), times);
  const held = { capacity: 0, dispersion: 0, capacityProfile: 0, dispersionProfile: 0 };
  const sets = 60;
  for (let seed = 1; seed <= sets; seed++) {
    const random = noise(40 + 7919 * seed);
    const { parameters } = fit({
      experiments: [
        {
          simulation: column(),
          measured: { time_s: times, mol_per_m3: { Nd: clean.map((c) => c + 3 * random()) } },
        },
      ],
      fit: [{ parameter: "capacity_mol_per_m3_bed" }, { parameter: "axial_dispersion_m2_per_s" }],
      cells: CELLS,
      profile: true,
    });
    const inside = ([low, high]: readonly [number | null, number | null], truth: number) =>
      (low ?? 0) < truth && truth < (high ?? Number.POSITIVE_INFINITY) ? 1 : 0;
    const [q, D] = [parameters["capacity_mol_per_m3_bed"]!, parameters["axial_dispersion_m2_per_s"]!];
    held.capacity += inside(q.interval_90, CAPACITY);
    held.dispersion += inside(D.interval_90, DISPERSION);
    held.capacityProfile += inside(q.profile!.interval_90, CAPACITY);
    held.dispersionProfile += inside(D.profile!.interval_90, DISPERSION);
  }
  // Of 60, 54 are expected with a standard deviation of 2.3; outside 47 to 60 once in some hundred each.
  for (const [name, count] of Object.entries(held)) assert.ok(count >= 47, `${name}: ${count} of ${sets}`);
  // Too wide is wrong as well: all four holding all 60 has no chance worth naming.
  assert.ok(Object.values(held).reduce((a, b) => a + b) < 4 * sets - 6, JSON.stringify(held));
});

const film = (change: Input = {}): Input => ({
  ...column(),
  model: "film",
  bed: {
    length_m: 0.2,
    void_fraction: 0.4,
    particle_porosity: 0.3,
    particle_radius_m: 1e-4,
    capacity_mol_per_m3_bed: 300,
  },
  ...change,
});

test("KC5 KC7: a film far too fast to be seen is bounded from below only, and said so", () => {
  const simulation = film({
    transport: { axial_dispersion_m2_per_s: 2e-5, film_coefficient_m_per_s: 3e-4 },
    species: [
      { name: "Cu", role: "presaturant", affinity: 1 },
      { name: "Nd", role: "product", affinity: 1.5 },
    ],
  });
  const when = Array.from({ length: 30 }, (_, i) => 700 + 25 * i);
  const random = noise(11);
  const readings = outlet(simulation, when, 30).map((c) => c + 2 * random());
  const result = fit({
    experiments: [{ simulation, measured: { time_s: when, mol_per_m3: { Nd: readings } } }],
    fit: [{ parameter: "film_coefficient_m_per_s", max: 3e-2 }, { parameter: "axial_dispersion_m2_per_s" }],
    cells: 30,
    profile: true,
  });
  const { interval_90 } = result.parameters["film_coefficient_m_per_s"]!.profile!;
  assert.equal(interval_90[1], null, JSON.stringify(result.parameters));
  assert.ok(
    result.warnings.some((w) => /no limit to film_coefficient_m_per_s (below or )?above/.test(w)),
    JSON.stringify(result.warnings),
  );
});

test("KC5 KC8: film and dispersivity, one to a column of one flow, come apart where two flows are fitted at once", () => {
  const truth = { dispersivity_m: 4e-3, film: 2e-5 };
  const species = [
    { name: "Cu", role: "presaturant", affinity: 1 },
    { name: "Nd", role: "product", affinity: 1.02 },
  ];
  const at = (superficial: number, seed: number) => {
    const simulation = film({
      bed: { ...film()["bed"], length_m: 0.4 },
      flow: { superficial_velocity_m_per_s: superficial },
      species,
      transport: {
        axial_dispersion_m2_per_s: (truth.dispersivity_m * superficial) / 0.4,
        film_coefficient_m_per_s: truth.film,
      },
      inlet: [{ until_s: 4 / superficial, mol_per_m3: { Nd: 90 } }],
    });
    const when = Array.from({ length: 30 }, (_, i) => (0.6 + 0.07 * i) / superficial);
    const random = noise(seed);
    return {
      simulation,
      measured: {
        time_s: when,
        mol_per_m3: { Nd: outlet(simulation, when, 30).map((c) => c + 0.5 * random()) },
      },
      error: { absolute_mol_per_m3: 0.5 },
    };
  };
  const asked = {
    fit: [{ parameter: "film_coefficient_m_per_s" }, { parameter: "dispersivity_m" }],
    cells: 30,
  };
  const one = fit({ ...asked, experiments: [at(5e-4, 5)] });
  const two = fit({ ...asked, experiments: [at(5e-4, 5), at(5e-5, 6)] });
  const r = (result: typeof one) => Math.abs(result.correlation[0]![1]!);
  const told = (result: typeof one) => result.warnings.some((w) => w.includes("cannot tell"));
  assert.ok(told(one), JSON.stringify([one.parameters, one.correlation]));
  assert.ok(!told(two), JSON.stringify([two.parameters, two.correlation]));
  assert.ok(r(two) < r(one));
  for (const [name, value] of [
    ["film_coefficient_m_per_s", truth.film],
    ["dispersivity_m", truth.dispersivity_m],
  ] as const) {
    const { best, sd } = two.parameters[name]!;
    assert.ok(Math.abs(best - value) < 3.5 * sd, `${name} ${best} +- ${sd} against ${value}`);
    assert.ok(two.parameters[name]!.sd_relative < one.parameters[name]!.sd_relative / 2);
  }
});

test("KC1: pore diffusivity comes back from a front whose spread it makes; dispersion said twice is refused", () => {
  const fluid = {
    viscosity_Pa_s: 1e-3,
    density_kg_per_m3: 1000,
    diffusivity_m2_per_s: 5e-10,
    pore_diffusivity_m2_per_s: 3e-11,
  };
  const { transport: _own, ...simulation } = film({ fluid });
  const when = Array.from({ length: 30 }, (_, i) => 500 + 40 * i);
  const random = noise(21);
  const readings = outlet(simulation, when, 30).map((c) => c + random());
  const start = { ...simulation, fluid: { ...fluid, pore_diffusivity_m2_per_s: 1e-10 } };
  const experiments = [{ simulation: start, measured: { time_s: when, mol_per_m3: { Nd: readings } } }];
  const result = fit({
    experiments,
    fit: [{ parameter: "pore_diffusivity_m2_per_s" }, { parameter: "capacity_mol_per_m3_bed", start: 280 }],
    cells: 30,
  });
  const { best, sd } = result.parameters["pore_diffusivity_m2_per_s"]!;
  assert.ok(Math.abs(best - 3e-11) < 3.5 * sd && sd < 0.1 * best, `${best} +- ${sd}`);
  const twice = readCalibration({
    experiments: [{ simulation: column(), measured: { time_s: when, mol_per_m3: { Nd: readings } } }],
    fit: [{ parameter: "dispersivity_m" }, { parameter: "axial_dispersion_m2_per_s" }],
  });
  assert.ok(!twice.ok);
  assert.equal(twice.refusal.at, "fit.0.parameter");
});

test("KC3: the quantile of Student's t, against tables", () => {
  for (const [freedom, t] of [
    [5, 2.015],
    [10, 1.812],
    [30, 1.697],
  ] as const)
    assert.ok(Math.abs(student(freedom) - t) < 3e-3);
});
