import assert from "node:assert/strict";
import { test } from "node:test";
import { calibrate, readCalibration } from "../index.ts";

type Input = Record<string, any>;

// Sample data, made by an explicit central scheme on a uniform grid, not by the kernel: the total of cell and solid is
// carried, and the liquid comes from a quadratic.
const u = 0.001;
const capacity = 300;
const N = 90;
const A = 2;
const D = 1e-5;

function explicit(times: readonly number[], affinity = A, dispersion = D): number[] {
  const cells = 200;
  const dx = 0.5 / cells;
  const dt = 0.5;
  const K = capacity / (0.7 * N);
  const total = new Float64Array(cells);
  const x = new Float64Array(cells);
  const out: number[] = [];
  for (let t = 0, next = 0; next < times.length; t += dt) {
    while (next < times.length && times[next]! <= t) out[next++] = N * x[cells - 1]!;
    let flux = u;
    for (let i = 0; i < cells; i++) {
      const right = x[i + 1];
      const after =
        right === undefined ? u * x[i]! : (u * (x[i]! + right)) / 2 - (dispersion * (right - x[i]!)) / dx;
      total[i]! += (dt * (flux - after)) / dx;
      flux = after;
    }
    for (let i = 0; i < cells; i++) {
      // total = x + K a x / (1 + (a - 1) x)
      const b = 1 + K * affinity - total[i]! * (affinity - 1);
      x[i] = (2 * total[i]!) / (b + Math.sqrt(b * b + 4 * (affinity - 1) * total[i]!));
    }
  }
  return out;
}

/** Normal noise from a small seeded generator. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const times = Array.from({ length: 41 }, (_, i) => 2100 + 40 * i);

const experiment = (readings: readonly number[], simulation: Input = {}): Input => ({
  simulation: {
    model: "equilibrium",
    bed: { length_m: 0.5, total_porosity: 0.7, capacity_mol_per_m3_bed: 260 },
    flow: { superficial_velocity_m_per_s: 0.0007 },
    transport: { axial_dispersion_m2_per_s: 2e-5 },
    species: [
      { name: "Cu", role: "presaturant", affinity: 1 },
      { name: "Nd", role: "product", affinity: A },
    ],
    initial_mol_per_m3: { Cu: N },
    inlet: [{ until_s: 5000, mol_per_m3: { Nd: N } }],
    ...simulation,
  },
  measured: { time_s: times, mol_per_m3: { Nd: readings } },
});

function fit(input: Input) {
  const read = readCalibration(input);
  assert.ok(read.ok, read.ok ? "" : `${read.refusal.at}: ${read.refusal.message}`);
  const result = calibrate(read.value);
  assert.ok(result.ok, result.ok ? "" : `${result.refusal.at}: ${result.refusal.message}`);
  return result.value;
}

const refusal = (input: Input) => {
  const read = readCalibration(input);
  assert.ok(!read.ok, "was read");
  return read.refusal;
};

test("KC1 KC4: capacity, dispersion and affinity come back from a noisy front from an independent scheme", () => {
  const random = noise(7);
  const input = {
    experiments: [experiment(explicit(times).map((c) => c + 0.9 * random()))],
    fit: [
      { parameter: "capacity_mol_per_m3_bed" },
      { parameter: "axial_dispersion_m2_per_s" },
      { parameter: "affinity:Nd", start: 3 },
    ],
    cells: 40,
  };
  const result = fit(input);
  for (const [name, truth] of Object.entries({
    capacity_mol_per_m3_bed: capacity,
    axial_dispersion_m2_per_s: D,
    "affinity:Nd": A,
  })) {
    const { best, sd } = result.parameters[name]!;
    assert.ok(Math.abs(best - truth) < 4 * sd + 0.002 * truth, `${name} ${best} +- ${sd} against ${truth}`);
  }
  assert.ok(Math.abs(result.parameters["capacity_mol_per_m3_bed"]!.best / capacity - 1) < 0.005);
  assert.ok(result.converged);
  assert.deepEqual(fit(input), result, "the same input, the same answer");
});

test("KC5: film and dispersion in one front are said to trade", () => {
  // At a selectivity near one the isotherm is nearly straight, where film and dispersion spread a front alike.
  const readings = explicit(times, 1.05, 3e-6);
  const random = noise(3);
  const result = fit({
    experiments: [
      experiment(
        readings.map((c) => c + 0.9 * random()),
        {
          model: "film",
          bed: {
            length_m: 0.5,
            void_fraction: 0.7,
            particle_porosity: 0,
            particle_radius_m: 1e-4,
            capacity_mol_per_m3_bed: 300,
          },
          transport: { axial_dispersion_m2_per_s: 1.5e-6, film_coefficient_m_per_s: 5e-5 },
          species: [
            { name: "Cu", role: "presaturant", affinity: 1 },
            { name: "Nd", role: "product", affinity: 1.05 },
          ],
        },
      ),
    ],
    fit: [{ parameter: "film_coefficient_m_per_s" }, { parameter: "axial_dispersion_m2_per_s" }],
  });
  assert.ok(
    result.warnings.some((text) =>
      /film_coefficient.*axial_dispersion|axial_dispersion.*film_coefficient/.test(text),
    ),
    JSON.stringify([result.warnings, result.correlation, result.parameters]),
  );
});

test("KC2: of affinities only ratios are fitted; one is held and named", () => {
  const result = fit({
    experiments: [experiment(explicit(times))],
    fit: [
      { parameter: "affinity:Cu" },
      { parameter: "affinity:Nd" },
      { parameter: "capacity_mol_per_m3_bed" },
    ],
    cells: 20,
  });
  assert.deepEqual(Object.keys(result.parameters), ["affinity:Nd", "capacity_mol_per_m3_bed"]);
  assert.match(result.warnings.join(), /affinity:Cu is held/);
});

test("KC6: a bad curve is refused by row and column", () => {
  const csv = (text: string) =>
    refusal({
      experiments: [{ ...experiment([]), measured: { csv: text } }],
      fit: [{ parameter: "capacity_mol_per_m3_bed" }],
    });
  assert.match(csv("time_s,Nd\n1,2\n2,NaN\n").at, /row 3 column Nd/);
  assert.match(csv("time_s,Nd\n1,2\n2,\n").at, /row 3 column Nd/);
  assert.match(csv("time_s,Nd\n1,2\n2,-5\n3,8\n").at, /row 3 column Nd/);
  assert.match(csv("time_s,Nd\n2,2\n1,3\n").at, /row 3 column time_s/);
  assert.match(csv("time_s,Nd\n-2,2\n").at, /row 2 column time_s/);
  assert.match(csv("time_s,Nd\n1,2,3\n").at, /row 2/);
  assert.match(csv("time_s,Eu\n1,2\n").at, /column Eu/);
  assert.equal(csv("time_s,Nd\n").code, "curve_malformed");
  assert.equal(csv("").code, "curve_malformed");
});

test("KC6: a fit that cannot mean anything is refused by its field", () => {
  const asked = (fit: Input[]) => refusal({ experiments: [experiment(explicit(times))], fit });
  assert.match(asked([{ parameter: "film_coefficient_m_per_s" }]).message, /film model/);
  assert.equal(asked([{ parameter: "affinity:Eu" }]).code, "species_unknown");
  assert.equal(asked([{ parameter: "colour" }]).at, "fit.0.parameter");
  assert.equal(asked([{ parameter: "affinity:Nd", min: 10 }]).at, "fit.0");
  assert.match(asked([{ parameter: "affinity:Nd", prior: { best: 4, sd_relative: 0.1 } }]).at, /prior/);
});
