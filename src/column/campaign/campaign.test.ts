import assert from "node:assert/strict";
import { test } from "node:test";
import { magnetCampaign } from "../../../test/support/trains.ts";
import { collect, contextOfKept, runCampaign } from "../index.ts";

/** The magnet feed of the examples on one-metre beds; 4N neodymium beside 2N dysprosium makes the cuts want the same liquid. */
const magnet = magnetCampaign(0.9999, 0.03);

const ran = runCampaign(magnet);
assert.ok(ran.ok, ran.ok ? "" : ran.refusal.message);
const campaign = ran.value;

test("K10: no drop of an outlet is in two cuts, and each cut is as pure as asked", () => {
  for (const { column, cuts } of campaign.columns) {
    cuts.forEach((cut, k) => {
      const next = cuts[k + 1];
      assert.ok(
        next === undefined || cut.to_s <= next.from_s,
        `${column}: ${cut.species} runs into ${next?.species}`,
      );
      const asked = magnet.products.find((p) => p.name === cut.species)?.purity_min ?? 1;
      assert.ok(cut.purity >= asked - 1e-9, `${column}: ${cut.species} ${cut.purity}`);
    });
  }
});

test("K23: a cut of the plan made again of the curve that is kept is the cut of the plan", () => {
  const products = magnet.products.map(({ name }) => name);
  for (const { column, chromatogram, cuts } of campaign.columns)
    for (const cut of cuts) {
      const again = collect(contextOfKept(chromatogram, products), cut.species, cut.from_s, cut.to_s);
      assert.ok(Math.abs(again.purity! - cut.purity) < 1e-12, `${column}: ${cut.species} ${again.purity}`);
      assert.ok(Math.abs(again.yield - cut.yield) < 1e-12, `${column}: ${cut.species} ${again.yield}`);
    }
});

test("K10: over all columns, what is cut, what goes along as impurity and what is rejected is what was fed", () => {
  for (const { name } of magnet.products) {
    const parts =
      (campaign.products[name]?.yield_fraction ?? 0) +
      (campaign.in_other_products[name] ?? 0) +
      (campaign.rejected[name] ?? 0);
    assert.ok(Math.abs(parts - 1) < 1e-9, `${name}: ${parts}`);
  }
  assert.ok(campaign.balance_error <= 1e-9, `${campaign.balance_error}`);
});

test("K10: productivity counts every column for the time it is in use", () => {
  const { displacement_only_mol_per_m3_day: pure, load_and_displacement_mol_per_m3_day: whole } =
    campaign.productivity;
  const first = campaign.columns[0];
  assert.ok(first);
  for (const { name, mole_fraction } of magnet.products) {
    const days = first.end_s / 86_400;
    const alone = (campaign.mol_per_m2_cycle * mole_fraction) / (days * magnet.length_m);
    assert.ok((whole[name] ?? 0) < alone, "zone I alone would make more: the other columns cost bed");
    assert.ok((whole[name] ?? 0) > alone / 3, `${name}: ${whole[name]} against ${alone}`);
    assert.ok((pure[name] ?? 0) > (whole[name] ?? 0));
  }
});
