import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { type Input, magnetCampaign, smallTrain } from "../../test/support/trains.ts";
import { readSimulation, runCampaign, type SimulationResult, simulate } from "./index.ts";

const example = (name: string): Input => JSON.parse(readFileSync(`examples/column/${name}.json`, "utf8"));

function run(input: Input): SimulationResult {
  const read = readSimulation(input);
  assert.ok(read.ok, read.ok ? "" : `${read.refusal.at}: ${read.refusal.message}`);
  const result = simulate(read.value);
  assert.ok(result.ok, result.ok ? "" : `${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

function trusted({ balance, bounds }: SimulationResult): void {
  for (const [name, b] of Object.entries(balance))
    assert.ok(Math.abs(b.relative_error) <= 1e-8, `${name} ${b.relative_error}`);
  assert.ok(
    bounds.min_over_normality >= -1e-4 && bounds.max_over_normality <= 1 + 1e-4,
    JSON.stringify(bounds),
  );
}

/** When a rising curve first passes half of the normality. */
function rise(result: SimulationResult, name: string, level: number): number {
  const { time_s, mol_per_m3 } = result.outlet;
  const i = (mol_per_m3[name] ?? []).findIndex((c) => c >= level);
  return time_s[i] ?? Number.NaN;
}

test("K1 K6: the fronts of an ideal train arrive when the balance of charge says", () => {
  const input = example("A-equilibrium");
  input["ask"] = { outlet_times_s: { from: 11500, to: 16500, step: 1 }, error_l1_max: 0.01 };
  const result = run(input);
  trusted(result);
  // Void 500 s and capacity ratio 1500/63: each front is what was fed before it, in charge, behind the first.
  const first = 500 * (1 + 1500 / 63);
  for (const [name, at] of [
    ["Dy", first],
    ["Nd", first + 150],
    ["Pr", first + 2250],
    ["displacer", first + 3000],
  ] as const) {
    assert.ok(Math.abs(rise(result, name, 45) - at) < 6, `${name}: ${rise(result, name, 45)} against ${at}`);
  }
});

for (const [name, file, limit] of [
  ["A-equilibrium", "A-lrm-displacement", 0.01],
  ["B-film", "B-lrmp-magnet-zone1", 0.014],
] as const) {
  const reference = caseFile("column", `${file}-reference.csv`);
  test(`K4: ${name} against its reference: the error is at most what was asked`, {
    skip: skipWithout(reference),
  }, () => {
    const input = example(name);
    const [from, to, step] = name === "B-film" ? [33500, 42900, 2] : [11500, 16500, 1];
    input["ask"] = { outlet_times_s: { from, to, step }, error_l1_max: limit };
    const result = run(input);
    const rows = readFileSync(reference, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const at = (t: number, column: number) => {
      const k = rows.findIndex((row) => (row[0] ?? 0) > t);
      const [a, b] = [rows[k - 1], rows[k]];
      if (!a || !b) return (k === 0 ? rows[0] : rows.at(-1))?.[column] ?? 0;
      return (
        (a[column] ?? 0) +
        (((b[column] ?? 0) - (a[column] ?? 0)) * (t - (a[0] ?? 0))) / ((b[0] ?? 0) - (a[0] ?? 0))
      );
    };
    let [off, size] = [0, 0];
    for (const [k, species] of ["Dy", "Nd", "Pr"].entries()) {
      for (const [i, t] of result.outlet.time_s.entries()) {
        const c = at(t, k + 2);
        off += Math.abs((result.outlet.mol_per_m3[species]?.[i] ?? 0) - c);
        size += c;
      }
    }
    assert.ok(off / size <= limit, `L1 ${off / size}`);
  });
}

const small = (change?: (input: Input) => void): Input =>
  smallTrain({ outlet_times_s: { from: 6000, to: 13000, step: 10 }, error_l1_max: 0.02 }, change);

test("K5: a void that starts without ions creates nothing", () => {
  const result = run(small((i) => void (i["initial_mol_per_m3"] = {})));
  trusted(result);
  const a = result.balance["a"];
  assert.ok(a && Math.abs((a.out + a.held) / a.fed - 1) < 1e-8);
});

test("K6: as the film resists less, the curve becomes that of local equilibrium", () => {
  const distance = (film: number) => {
    const smooth = run(
      small(
        (i) => void (i["transport"] = { axial_dispersion_m2_per_s: 2e-7, film_coefficient_m_per_s: film }),
      ),
    );
    const sharp = run(
      small((i) => void (i["transport"] = { axial_dispersion_m2_per_s: 2e-7, film_coefficient_m_per_s: 1 })),
    );
    return (smooth.outlet.mol_per_m3["a"] ?? []).reduce(
      (sum, c, k) => sum + Math.abs(c - (sharp.outlet.mol_per_m3["a"]?.[k] ?? 0)),
      0,
    );
  };
  const [weak, strong] = [distance(2e-6), distance(2e-5)];
  assert.ok(strong < weak / 3, `${weak} ${strong}`);
});

test("K7: the window of largest yield is as pure as asked, and tighter purity yields less", () => {
  const ask = (purity_min: number) =>
    run(small((i) => void (i["ask"].cuts = [{ species: "a", purity_min }]))).cuts[0];
  const [loose, tight] = [ask(0.95), ask(0.999)];
  assert.ok(loose?.purity && tight?.purity && loose.purity >= 0.95 && tight.purity >= 0.999);
  assert.ok(loose.yield > tight.yield && tight.yield > 0.5);
});

test("K8: bad input is refused by the name of its field", () => {
  const refusals: [(input: Input) => void, string][] = [
    [(i) => void (i["bed"].length_m = -1), "bed.length_m"],
    [(i) => void (i["bed"].void_fraction = 1), "bed.void_fraction"],
    [(i) => void (i["species"][1].affinity = 0), "species[1].affinity"],
    [(i) => void delete i["bed"].particle_radius_m, "bed.particle_radius_m"],
    [(i) => void (i["inlet"][0].mol_per_m3 = { x: 1 }), "inlet[0].mol_per_m3.x"],
    [(i) => void (i["ask"].outlet_times_s.to = 99999), "ask.outlet_times_s"],
    [(i) => void (i["ask"].cells = 1e6), "ask.cells"],
  ];
  for (const [spoil, at] of refusals) {
    const read = readSimulation(small(spoil));
    assert.ok(
      !read.ok && read.refusal.at.startsWith(at.split("[")[0] ?? at),
      `${at}: ${read.ok ? "read" : read.refusal.at}`,
    );
  }
});

test("K2 K3: random trains are bounded and balanced, or refused with a reason", () => {
  const trains = fc.record({
    alphas: fc.array(fc.double({ min: 1.05, max: 50, noNaN: true }), { minLength: 2, maxLength: 4 }),
    peclet: fc.double({ min: 50, max: 3000, noNaN: true }),
    load: fc.double({ min: 0.02, max: 0.9, noNaN: true }),
    strength: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
  });
  fc.assert(
    fc.property(trains, ({ alphas, peclet, load, strength }) => {
      const [length, porosity, u, capacity, N] = [0.3, 0.5, 1e-3, 900, 90];
      const affinities = [1];
      for (const alpha of alphas) affinities.push((affinities.at(-1) ?? 1) * alpha);
      const names = affinities.map((_, i) => `s${i}`);
      const last = names.length - 1;
      const fill_s = (length * (capacity / N + porosity)) / (u * porosity);
      const load_s = load * fill_s;
      const middle = names.slice(1, last);
      const read = readSimulation({
        model: "equilibrium",
        bed: { length_m: length, total_porosity: porosity, capacity_mol_per_m3_bed: capacity },
        flow: { superficial_velocity_m_per_s: u * porosity },
        transport: { axial_dispersion_m2_per_s: (u * length) / peclet },
        species: names.map((name, i) => ({
          name,
          role: i === 0 ? "presaturant" : i === last ? "displacer" : "product",
          affinity: affinities[i],
        })),
        initial_mol_per_m3: { s0: N },
        inlet: [
          {
            until_s: load_s,
            mol_per_m3: Object.fromEntries(middle.map((name) => [name, N / middle.length])),
          },
          { until_s: load_s + 1.3 * fill_s, mol_per_m3: { [`s${last}`]: N * strength } },
        ],
        ask: { outlet_times_s: { from: 0, to: load_s + 1.2 * fill_s, step: fill_s / 200 }, cells: 120 },
      });
      assert.ok(read.ok);
      const result = simulate(read.value);
      if (result.ok) trusted(result.value);
      else assert.ok(result.refusal.code.length > 3 && result.refusal.message.length > 10);
    }),
    { numRuns: 20 },
  );
});

test("K9: the magnet feed at 99 %: three products, all above 99 % yield, every column balanced", () => {
  const result = runCampaign(magnetCampaign(0.99, 0.02));
  assert.ok(result.ok);
  for (const [name, p] of Object.entries(result.value.products)) {
    assert.ok(
      p.yield_fraction >= 0.985 && p.yield_fraction <= 1 + 1e-9 && p.purity_fraction >= 0.99 - 1e-9,
      `${name} ${JSON.stringify(p)}`,
    );
  }
  assert.ok(result.value.balance_error <= 1e-8);
});
