import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { designPlant } from "../index.ts";
import { doubtOf } from "./doubt.ts";
import { runNetwork } from "./network.ts";
import type { Plant } from "./problem.ts";
import { readDesign } from "./read-design.ts";
import { steadyState } from "./steady-state.ts";

/** Two rare earths on one column: the least that is a design. */
const pair = {
  feed: { mole_fractions: { Nd: 0.8, Pr: 0.2 } },
  affinities: { Nd: 1, Pr: 2.04 },
  ligand: { normality_mol_per_m3: 90 },
  bed: {
    length_m: 0.5,
    void_fraction: 0.38,
    particle_porosity: 0.3,
    particle_radius_m: 3e-5,
    capacity_mol_per_m3_bed: 567,
  },
  specifications: { Nd: { purity_min: 0.99 }, Pr: { purity_min: 0.99 } },
  zones: 1,
  error_l1_max: 0.02,
};

const magnet = JSON.parse(readFileSync("examples/column/design-magnet-4N.json", "utf8"));
const plantOf = (json: object): Plant => {
  const read = readDesign(json);
  assert.ok(read.ok, read.ok ? "" : read.refusal.message);
  return read.value.plant;
};
const choice = { superficial_m_per_s: 1e-3, length_m: 1, loading: { first: 0.4, front: 0.5, rear: 0.4 } };
const asked = { choice, zones: 2 as const, recycle: true, swallowed_max: 0.003, start: {} };

test("KD1: a steady cycle of a known return is found, and one that grows without end is refused", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.75, noNaN: true }),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      (back, cross) => {
        const steady = steadyState<number>({
          fresh: { a: 1, b: 0.5 },
          start: undefined,
          tolerance: 1e-10,
          rounds_max: 80,
          cycle: (x) => ({ rejected: { a: back * x["a"]! + cross * x["b"]!, b: back * x["b"]! }, result: 1 }),
        });
        assert.ok(steady);
        const b = 0.5 / (1 - back);
        const a = (1 + cross * b) / (1 - back);
        assert.ok(Math.abs(steady.x["b"]! - b) < 1e-8 && Math.abs(steady.x["a"]! - a) < 1e-8);
      },
    ),
  );
  const grows = steadyState<number>({
    fresh: { a: 1 },
    start: undefined,
    tolerance: 1e-6,
    rounds_max: 50,
    cycle: (x) => ({ rejected: { a: x["a"]! * 1.1 }, result: 1 }),
  });
  assert.equal(grows, undefined);
});

test("KD2: over all columns products and losses are what was fed fresh, and no drop is in two cuts", () => {
  const plant = plantOf(magnet);
  const network = runNetwork(plant, { ...asked, grid: { cells: 240, estimated: false }, tolerance: 1e-6 });
  assert.ok(network.ok, network.ok ? "" : network.refusal.message);
  assert.ok(network.value.open < 1e-6, `${network.value.open}`);
  for (const { ran } of network.value.stages) {
    ran.cuts.forEach((cut, k) => {
      const next = ran.cuts[k + 1];
      assert.ok(next === undefined || cut.to_s <= next.from_s);
    });
    assert.ok(ran.balance_error < 1e-8);
  }
});

test("KD3: every cut keeps its purity and each impurity limit; a tighter limit yields less from the first column", () => {
  const first = (limit: number) => {
    const plant = plantOf({
      ...magnet,
      specifications: {
        ...magnet.specifications,
        Nd: { purity_min: 0.9999, impurities_ppm_max: { Pr: limit } },
      },
    });
    const network = runNetwork(plant, {
      ...asked,
      recycle: false,
      grid: { cells: 160, estimated: false },
      tolerance: 1,
    });
    assert.ok(network.ok);
    const cut = network.value.stages[0]?.ran.cuts[0];
    assert.ok(cut);
    const mass = (name: string) =>
      (cut.holds[name] ?? 0) * (plant.species.find((s) => s.name === name)?.product_g_per_mol ?? 0);
    const whole = mass("Dy") + mass("Nd") + mass("Pr");
    assert.ok(mass("Nd") / whole >= 0.9999, `${mass("Nd") / whole}`);
    assert.ok((1e6 * mass("Pr")) / whole <= limit * (1 + 1e-9), `${(1e6 * mass("Pr")) / whole} of ${limit}`);
    return cut.holds["Nd"] ?? 0;
  };
  assert.ok(first(3) < first(30));
  assert.ok(first(30) < first(90));
});

test("KD4: recycle brings every product of the magnet feed to 4N at more than 99 %; without it praseodymium stays behind", () => {
  const plant = plantOf(magnet);
  const yieldOf = (recycle: boolean) => {
    const network = runNetwork(plant, {
      ...asked,
      recycle,
      grid: { cells: 200, estimated: false },
      tolerance: 1e-5,
    });
    assert.ok(network.ok);
    return Object.fromEntries(
      plant.species.map((s) => [s.name, (network.value.products[s.name]?.[s.name] ?? 0) / s.mole_fraction]),
    );
  };
  const [with_, without] = [yieldOf(true), yieldOf(false)];
  for (const [name, y] of Object.entries(with_)) assert.ok(y > 0.99, `${name} ${y}`);
  assert.ok((without["Pr"] ?? 1) < 0.9, `${without["Pr"]}`);
});

test("KD5: two starts lead to the same design, it meets what was asked, and a finer column agrees with it", async () => {
  const [one, two] = await Promise.all([designPlant(pair), designPlant({ ...pair, start_shift: [1, -1] })]);
  assert.ok(one.ok && two.ok);
  const made = [one, two].map((d) => d.value.productivity.kg_oxide_per_m3_bed_day);
  assert.ok(Math.abs(made[0]! / made[1]! - 1) < 0.1, `${made}`);
  for (const { meets, yield: y } of Object.values(one.value.products)) assert.ok(meets && y >= 0.99);
  const column = one.value.zones[0]?.columns[0];
  assert.ok(column);
  const finer = runNetwork(plantOf(pair), {
    ...asked,
    zones: 1,
    choice: {
      superficial_m_per_s: column.superficial_velocity_m_per_s,
      length_m: column.length_m,
      loading: { first: column.loading_fraction, front: 0.5, rear: 0.5 },
    },
    grid: { cells: 2 * column.cells, estimated: false },
    tolerance: 1e-5,
  });
  assert.ok(finer.ok);
  const yields = plantOf(pair).species.map(
    (s) => (finer.value.products[s.name]?.[s.name] ?? 0) / s.mole_fraction,
  );
  for (const y of yields) assert.ok(y >= 0.985, `${yields}`);
});

test("KD6: the probability is the share of drawn plants that reach the yield, and causes that do nothing get no share", () => {
  const results = Array.from({ length: 400 }, (_, k) => {
    const z = Math.sin(k * 12.9898) * 2;
    return { causes: { works: z, idle: Math.sin(k * 78.233) }, yields: { Nd: 0.99 + 0.004 * z } };
  });
  const { Nd } = doubtOf(results, { products: ["Nd"], yield_min: 0.99 });
  const counted = results.filter((r) => r.yields.Nd >= 0.99).length / 400;
  assert.equal(Nd?.probability_meets, counted);
  assert.equal(Nd?.causes[0]?.cause, "works");
  assert.ok((Nd?.causes[0]?.share ?? 0) > 0.97);
});

for (const [what, change, at] of [
  ["fractions that do not add up", { feed: { mole_fractions: { Nd: 0.8, Pr: 0.3 } } }, "feed.mole_fractions"],
  ["one species", { feed: { mole_fractions: { Nd: 0.9999 } } }, "feed.mole_fractions"],
  ["an affinity left out", { affinities: { Nd: 1 } }, "affinities.Pr"],
  ["two that are alike", { affinities: { Nd: 1, Pr: 1.001 } }, "affinities.Pr"],
  [
    "a limit on a stranger",
    { specifications: { Nd: { purity_min: 0.99, impurities_ppm_max: { Xe: 1 } } } },
    "specifications.Nd.impurities_ppm_max.Xe",
  ],
  ["no product at all", { specifications: {} }, "specifications"],
  ["a misspelt field", { zone: 2 }, "zone"],
  ["porosity one", { bed: { ...pair.bed, void_fraction: 1 } }, "bed.void_fraction"],
  ["a presaturant kept too long", { presaturant: { name: "Cu", affinity: 5 } }, "presaturant.affinity"],
] as const) {
  test(`KD7: ${what} is refused by the name of its field`, async () => {
    const answer = await designPlant({ ...pair, ...change });
    assert.ok(!answer.ok);
    assert.equal(answer.refusal.at, at);
  });
}

test("KD7: what no column can do is refused, not designed", async () => {
  const answer = await designPlant({
    ...pair,
    affinities: { Nd: 1, Pr: 1.03 },
    bed: { ...pair.bed, length_m: 0.01 },
    superficial_velocity_m_per_s: 5e-3,
  });
  assert.ok(!answer.ok);
  assert.equal(answer.refusal.code, "design_impossible");
});
