import assert from "node:assert/strict";
import { test } from "node:test";
import { inferLot, type LotInference } from "../index.ts";
import { massAfter } from "./mass-evidence.ts";

const units = [{ family: "A", prior_class: "notebook", count: 400 }];
const inferred = (evidence: readonly object[], more: object = {}): LotInference => {
  const said = inferLot({ units, evidence, seed: 3, ...more });
  assert.ok(said.ok, said.ok ? "" : `${said.refusal.at}: ${said.refusal.message}`);
  return said.value;
};
const width = ({ lo90, hi90 }: { lo90: number; hi90: number }): number => hi90 - lo90;

test("I35: a weight of the magnets is a normal reading of their mass, whatever the order", () => {
  const weighed = { kind: "weight", magnet_mass_kg: 3, sd_kg: 0.2 };
  const again = { kind: "weight", magnet_mass_kg: 3.4, sd_kg: 0.1 };
  const one = massAfter({ best: 2, sd: 0.4 }, { mean: 0, sd: 0 }, [weighed, again]);
  // Precisions add: 1 / 0.4^2, 1 / 0.2^2, 1 / 0.1^2.
  const precision = 6.25 + 25 + 100;
  assert.ok(Math.abs(one.best - (6.25 * 2 + 25 * 3 + 100 * 3.4) / precision) < 1e-12);
  assert.ok(Math.abs(one.sd - 1 / Math.sqrt(precision)) < 1e-12);
  const other = massAfter({ best: 2, sd: 0.4 }, { mean: 0, sd: 0 }, [again, weighed]);
  assert.ok(Math.abs(one.best - other.best) < 1e-12);
});

test("I35: a weight narrows grams and leaves the grade as it is", () => {
  const before = inferred([]);
  const best = before.magnet_mass_kg.best;
  const after = inferred([{ kind: "weight", magnet_mass_kg: best, sd_kg: best / 100 }]);
  assert.ok(width(after.magnet_mass_kg) < width(before.magnet_mass_kg) / 5);
  assert.ok(width(after.grams["Nd"]!) < 0.8 * width(before.grams["Nd"]!));
  assert.ok(Math.abs(after.wt_pct["Nd"]!.best / before.wt_pct["Nd"]!.best - 1) < 0.02);
});

test("I35: a pull test moves the share that has magnets, ever closer to what was counted, and no further", () => {
  const before = inferred([]).magnet_mass_kg.best;
  const masses = [10, 100, 1000].map(
    (tested) => inferred([{ kind: "pull", tested, pulling: tested / 2 }]).magnet_mass_kg.best,
  );
  assert.ok(before > masses[0]! && masses[0]! > masses[1]! && masses[1]! > masses[2]!, `${before} ${masses}`);
  // Nearly all notebooks have magnets: counting half leaves about half of the mass.
  assert.ok(masses[2]! > 0.5 * before && masses[2]! < 0.55 * before, `${masses[2]! / before}`);
  const all = inferred([{ kind: "pull", tested: 1000, pulling: 1000 }]);
  assert.ok(all.magnet_mass_kg.best >= before && all.magnet_mass_kg.best < 1.05 * before);
  // Ferrite pulls as well: the grade is not touched.
  assert.deepEqual(all.p_meets, inferred([]).p_meets);
});

test("I35: what cannot be is refused by its place, and readings of wt% stand beside in any order", () => {
  const refusedAt = (evidence: readonly object[], more: object = {}): string => {
    const said = inferLot({ units, evidence, seed: 3, ...more });
    return said.ok ? "answered" : said.refusal.at;
  };
  const reading = { kind: "xrf", element: "Nd", wt_pct: 24, sd: 0.5 };
  assert.equal(refusedAt([reading, { kind: "pull", tested: 5, pulling: 6 }]), "evidence[1].pulling");
  assert.equal(refusedAt([{ kind: "weight", magnet_mass_kg: 3 }]), "evidence[0].sd_kg");
  assert.equal(refusedAt([{ kind: "weight", magnet_mass_kg: -1, sd_kg: 1 }]), "evidence[0].magnet_mass_kg");
  assert.equal(refusedAt([{ kind: "odd" }]), "evidence[0].element");
  const shared = { ...reading, bias_id: "x", bias_sd: 1 };
  const weight = { kind: "weight", magnet_mass_kg: 3, sd_kg: 1 };
  assert.equal(refusedAt([shared, weight, { ...shared, bias_sd: 2 }]), "evidence[2].bias_sd");
  const prior = { grade_wt_pct: { best: 29, sd: 1 }, mass_kg: { best: 100, sd: 5 } };
  assert.equal(
    refusedAt([{ kind: "pull", tested: 5, pulling: 5 }], { prior, units: undefined }),
    "evidence[0]",
  );
  const mixed = inferred([reading, weight]);
  const turned = inferred([weight, reading]);
  assert.deepEqual(mixed, turned);
});
