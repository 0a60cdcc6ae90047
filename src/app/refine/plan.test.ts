import assert from "node:assert/strict";
import { test } from "node:test";
import type { SteadyCampaign } from "../../column/index.ts";
import { readStrictly } from "../../quantity/index.ts";
import { designColumn } from "../column/design.ts";
import { atTheEnd, design } from "./plan.ts";

const ports = {} as never;
const pair = {
  system: "edta-copper",
  mole_fractions: { Nd: 0.8, Pr: 0.2 },
  length_m: 0.5,
  targets: { Nd: 0.99, Pr: 0.99 },
};

async function planned(input: object): Promise<SteadyCampaign> {
  const answer = await design.compute(ports, input as never);
  assert.ok(answer.ok, answer.ok ? "" : `${answer.refusal.at}: ${answer.refusal.message}`);
  return answer.value as unknown as SteadyCampaign;
}

test("F9: with recycle a plan is in its steady cycle, balances, keeps its purities and yields more than one pass", async () => {
  const [once, round] = [
    await planned({ ...pair, recycle: false }),
    await planned({ ...pair, recycle: true }),
  ];
  assert.equal(once.recycle, undefined);
  for (const [name, target] of Object.entries(pair.targets)) {
    const product = round.products[name]!;
    assert.ok(product.purity_fraction >= target - 1e-9, `${name} ${product.purity_fraction}`);
    assert.ok(product.yield_fraction > once.products[name]!.yield_fraction);
    assert.ok(product.yield_fraction >= 0.99);
    const parts = product.yield_fraction + round.rejected[name]! + round.in_other_products[name]!;
    assert.ok(Math.abs(parts - 1) < 1e-3, `${name}: ${parts}`);
  }
  assert.ok(round.balance_error < 1e-3 && round.recycle.steady_residual < 1e-4);
  assert.ok(Object.values(round.recycle.in_circulation).every((part) => part > 0));
  // Only fresh feed is counted per cycle: less than the column holds.
  const column = round.columns[0]!;
  const holds = column.loading_fraction * column.length_m * 567;
  assert.ok(round.mol_per_m2_cycle < holds && round.mol_per_m2_cycle > 0.2 * holds);
});

test("F9: the answer of a column design becomes a campaign: same loads, same yields, same impurities", async () => {
  // The affinities of the system's own series: 10 to the difference of log K, 16.77 and 16.56.
  const asked = {
    feed: { mole_fractions: pair.mole_fractions },
    affinities: { Nd: 1, Pr: 10 ** 0.21 },
    ligand: { normality_mol_per_m3: 90 },
    bed: {
      length_m: 0.5,
      void_fraction: 0.38,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 567,
    },
    specifications: {
      Nd: { purity_min: 0.99, basis: "mole" },
      Pr: { purity_min: 0.99, basis: "mole" },
    },
    zones: 1,
    error_l1_max: 0.02,
  };
  const answer = await designColumn.compute(ports, asked as never);
  assert.ok(answer.ok);
  const { zones, products } = answer.value as unknown as {
    zones: { columns: { superficial_velocity_m_per_s: number; loading_fraction: number }[] }[];
    products: Record<string, { yield: number; purity: number }>;
  };
  const column = zones[0]!.columns[0]!;
  const campaign = await planned({
    ...pair,
    recycle: true,
    run: {
      superficial_velocity_m_per_s: column.superficial_velocity_m_per_s,
      loading: { first: column.loading_fraction, front: 0.5, rear: 0.5 },
    },
  });
  assert.equal(campaign.recycle.superficial_m_per_s, column.superficial_velocity_m_per_s);
  assert.equal(campaign.columns[0]!.loading_fraction, column.loading_fraction);
  for (const name of ["Nd", "Pr"]) {
    assert.ok(Math.abs(campaign.products[name]!.yield_fraction - products[name]!.yield) < 2e-3, name);
    assert.ok(Math.abs(campaign.products[name]!.purity_fraction - products[name]!.purity) < 1e-3, name);
  }
});

test("F9: the magnet feed to 4N on three columns with recycle: every product pure and above 99 %, though its front cuts jitter", async () => {
  const campaign = await planned({
    system: "edta-copper",
    mole_fractions: { Dy: 0.039, Nd: 0.837, Pr: 0.124 },
    length_m: 1,
    targets: { Dy: 0.9999, Nd: 0.9999, Pr: 0.9999 },
    recycle: true,
    run: {
      superficial_velocity_m_per_s: 2e-4,
      loading: { first: 0.58879, rear: 0.49034, front: 0.7 },
    },
  });
  for (const [name, { purity_fraction, yield_fraction }] of Object.entries(campaign.products)) {
    assert.ok(purity_fraction >= 0.9999, `${name} ${purity_fraction}`);
    assert.ok(yield_fraction > 0.99, `${name} ${yield_fraction}`);
  }
});

test("F9: loads without recycle are refused by name", async () => {
  const answer = await design.compute(ports, {
    ...pair,
    recycle: false,
    run: { superficial_velocity_m_per_s: 1e-4, loading: { first: 0.3, front: 0.3, rear: 0.3 } },
  });
  assert.ok(!answer.ok);
  assert.equal(answer.refusal.code, "run_without_recycle");
  const run = { superficial_velocity_m_per_s: 1e-4, loading: { first: 0.3, front: 0.3, rear: 0.3 } };
  const misspelt = readStrictly(design.input, { ...pair, recycle: true, run: { ...run, bed: 1 } });
  assert.equal(misspelt.ok ? "done" : misspelt.refusal.at, "run.bed");
});

test("F9: what goes round when the last cycle ends is in no product", () => {
  const products = { Nd: { yield_fraction: 0.999, purity_fraction: 0.99 } };
  const recycle = { in_circulation: { Nd: 0.3 } } as never;
  assert.ok(Math.abs(atTheEnd({ products, recycle }, 3)["Nd"]!.yield_fraction - 0.899) < 1e-12);
  assert.deepEqual(atTheEnd({ products }, 3), products);
});
