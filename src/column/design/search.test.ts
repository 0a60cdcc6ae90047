import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { designPlant } from "../index.ts";
import { economyOf } from "./economy.ts";
import { modelSearch } from "./model-search.ts";
import { runNetwork } from "./network.ts";
import { notDominated } from "./pareto.ts";
import { readDesign } from "./read-design.ts";
import { steadyState } from "./steady-state.ts";

/** Two rare earths on one column whose length is left open: easy enough to be searched in seconds. */
const open = {
  feed: { mole_fractions: { Nd: 0.6, Dy: 0.4 } },
  affinities: { Dy: 1, Nd: 4 },
  ligand: { normality_mol_per_m3: 90 },
  bed: {
    void_fraction: 0.38,
    particle_porosity: 0.3,
    particle_radius_m: 3e-5,
    capacity_mol_per_m3_bed: 567,
  },
  specifications: { Nd: { purity_min: 0.999 }, Dy: { purity_min: 0.999 } },
  zones: 1,
  error_l1_max: 0.02,
};

test("KD5: from any of 20 starts the search comes to the same valley, with values that are a little rough", () => {
  // A bent valley with a cliff, rough by 0.002: what a plant's score is like.
  const value = (x: readonly number[]) => {
    const [a, b, c] = [x[0]! - 0.3, x[1]! + 0.2, x[2]! - 0.5];
    if (a > 2.2) return 5;
    return -10 + 0.3 * (a + 0.5 * b * b) ** 2 + 0.2 * b * b + 0.1 * (c - a) ** 2 + 0.002 * Math.sin(1e4 * a);
  };
  for (let k = 1; k <= 20; k++) {
    const start = [Math.SQRT2, Math.sqrt(3), Math.sqrt(5)].map((root) => 3 * ((k * root) % 1) - 1.5);
    const found = modelSearch(value, {
      start,
      step: [0.5, 0.5, 0.5],
      evaluations: 36,
      small: 0.2,
      gain: 2e-4,
      useless: 0,
    });
    assert.ok(found.evaluations <= 40);
    assert.ok(found.value < -9.985, `start ${k}: ${found.value}`);
  }
});

test("KD5: a variable that is held stays where it was", () => {
  const found = modelSearch((x) => -5 + (x[0]! - 1) ** 2 + x[1]! ** 2, {
    start: [0, 0.7],
    step: [0.5, 0],
    evaluations: 30,
    small: 0.1,
    gain: 1e-6,
    useless: 0,
  });
  assert.equal(found.x[1], 0.7);
  assert.ok(Math.abs(found.x[0]! - 1) < 1e-3);
});

test("KD1: where mixing throws the load out of reach the plain rounds still find the cycle", () => {
  // Below 1.5 nearly all comes back, so that two rounds foresee a load far off; above 3 nothing is cut and more than all does.
  const back = (x: number) => (x < 1.5 ? 0.98 * x : x > 3 ? 20 * x : 1.47 - 0.3 * (x - 1.5));
  const steady = steadyState<number>({
    fresh: { a: 1 },
    start: { a: 0.2 },
    tolerance: 1e-6,
    rounds_max: 60,
    cycle: (x) => ({ rejected: { a: back(x["a"]!) }, result: 1 }),
  });
  assert.ok(steady);
  assert.ok(Math.abs(steady.x["a"]! - 2.92 / 1.3) < 1e-5);
});

test("KD8: of any plants those kept do not dominate each other, and each dropped one is matched by one kept", () => {
  const point = fc.tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 3 }),
  );
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), (list) => {
      const kept = notDominated(list, (p) => p);
      const asGood = (a: readonly number[], b: readonly number[]) => a.every((v, k) => v >= b[k]!);
      for (const a of kept) for (const b of kept) assert.ok(a === b || !asGood(a, b));
      for (const p of list) assert.ok(kept.some((k) => asGood(k, p)));
    }),
  );
});

test("KD8 KD9: a length left open is searched; its Pareto points hold when run again and none beats another", async () => {
  const answer = await designPlant({ ...open, pareto: 4 });
  assert.ok(answer.ok, answer.ok ? "" : answer.refusal.message);
  const read = readDesign(open);
  assert.ok(read.ok);
  const { plant } = read.value;
  const { pareto = [], zones, productivity } = answer.value;
  const length_m = zones[0]!.columns[0]!.length_m;
  assert.ok(length_m >= 0.2 && length_m <= 3);
  assert.ok(pareto.length >= 2, "the span between product and ligand is more than one plant");
  for (const a of pareto) {
    for (const b of pareto) {
      const beats =
        b.kg_per_m3_bed_day >= a.kg_per_m3_bed_day &&
        b.ligand_mol_per_mol <= a.ligand_mol_per_mol &&
        b.yield_least >= a.yield_least;
      assert.ok(a === b || !beats);
    }
    const choice = {
      length_m: a.length_m,
      superficial_m_per_s: a.superficial_velocity_m_per_s,
      loading: a.loading_fractions,
    };
    // Another grid, no start from elsewhere: the same plant all the same.
    const again = runNetwork(plant, {
      choice,
      zones: 1,
      recycle: true,
      swallowed_max: a.swallowed_max,
      start: {},
      grid: { cells: a.cells + 60, estimated: false },
      tolerance: 1e-4,
    });
    assert.ok(again.ok);
    const economy = economyOf(plant, choice, again.value);
    assert.ok(Math.abs(economy.total_kg_per_m3_bed_day / a.kg_per_m3_bed_day - 1) < 0.03);
    assert.ok(Math.abs(economy.ligand_mol_per_mol / a.ligand_mol_per_mol - 1) < 0.03);
    assert.ok(Math.abs(Math.min(...Object.values(economy.yields)) - a.yield_least) < 2e-3);
  }
  // Less ligand is bought with less product: along the front of equal yields one falls with the other.
  const most = pareto[0]!;
  const thrifty = pareto.reduce((a, b) => (b.ligand_mol_per_mol < a.ligand_mol_per_mol ? b : a));
  assert.ok(thrifty === most || thrifty.kg_per_m3_bed_day < most.kg_per_m3_bed_day);
  // At the design's own loads and time, another length makes no more, and a purer product is less product.
  const column = zones[0]!.columns[0]!;
  const madeBy = (with_: typeof plant, length_m: number) => {
    const choice = {
      length_m,
      superficial_m_per_s: (column.superficial_velocity_m_per_s * length_m) / column.length_m,
      loading: { first: column.loading_fraction, front: 0.5, rear: 0.5 },
    };
    const ran = runNetwork(with_, {
      choice,
      zones: 1,
      recycle: true,
      swallowed_max: 0.003,
      start: {},
      grid: { cells: 240, estimated: false },
      tolerance: 1e-4,
    });
    return ran.ok ? economyOf(with_, choice, ran.value).total_kg_per_m3_bed_day : 0;
  };
  const made = productivity.kg_oxide_per_m3_bed_day;
  for (const factor of [0.5, 2]) assert.ok(madeBy(plant, factor * length_m) < 1.01 * made);
  const specifications = { Nd: { purity_min: 0.9999 }, Dy: { purity_min: 0.9999 } };
  const purer = readDesign({ ...open, specifications });
  assert.ok(purer.ok);
  assert.ok(madeBy(purer.value.plant, length_m) < 0.999 * madeBy(plant, length_m));
});

test("KD7: bounds of the length that are upside down are refused by name", () => {
  const read = readDesign({ ...open, bed: { ...open.bed, length_bounds_m: [2, 1] } });
  assert.ok(!read.ok);
  assert.equal(read.refusal.at, "bed.length_bounds_m");
});
