import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readSimulation, simulate } from "../index.ts";
import { draws, rootOf } from "./drawn.ts";
import { type ScaleUpAnswer, scaleUp } from "./scale-up.ts";

type Tree = Record<string, unknown>;
const EXAMPLE = JSON.parse(readFileSync("examples/column/scale-up-5ft.json", "utf8")) as Tree & {
  readonly simulation: Tree & { readonly bed: Tree };
  readonly calibration: { readonly parameters: Record<string, { best: number; sd_relative: number }> };
};
const quick: Tree = { ...EXAMPLE, to_diameters_m: [1.524], samples: 20, cells: 40 };
/** Where no draw is looked at: one column, its paths alone unlike. */
const alone: Tree = { calibration: undefined };

function sheet(change: Tree = {}): ScaleUpAnswer {
  const answer = scaleUp({ ...quick, ...change });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

const refused = (change: Tree) => {
  const answer = scaleUp({ ...quick, ...change });
  assert.ok(!answer.ok);
  return `${answer.refusal.code} ${answer.refusal.at}`;
};

describe("a column scaled up", () => {
  const answer = sheet();
  const [today, ...others] = answer.diameters;
  const largest = others.at(-1)!;

  it("KS1: today's diameter stands first; the bed grows with the area and everything but the diameter stays", () => {
    assert.ok(today!.today && others.every((d) => !d.today));
    const area = (largest.diameter_m / today!.diameter_m) ** 2;
    assert.ok(Math.abs(largest.bed_m3 / today!.bed_m3 - area) < 1e-9);
    assert.ok(Math.abs(largest.flow_m3_per_h / today!.flow_m3_per_h - area) < 1e-9);
    assert.ok(Math.abs(largest.length_over_diameter * largest.diameter_m - 1) < 1e-9);
    assert.equal(largest.cycle.cycle_s, today!.cycle.cycle_s);
    for (const [k, step] of largest.cycle.steps.entries()) {
      assert.ok(Math.abs(step.volume_m3 / today!.cycle.steps[k]!.volume_m3 - area) < 1e-9);
      assert.ok(Math.abs(step.tank_m3 / step.volume_m3 - 1.2) < 1e-9);
    }
  });

  it("KS5: with paths alike a cut yields what the simulator's own does", () => {
    const alike = sheet({ spread: { velocity_sd_fraction: [1e-12, 1e-12] } });
    const { calibration, simulation } = EXAMPLE;
    const bed = {
      ...simulation.bed,
      capacity_mol_per_m3_bed: calibration.parameters["capacity_mol_per_m3_bed"]!.best,
    };
    const species = (simulation["species"] as { name: string; affinity: number }[]).map((s) => ({
      ...s,
      affinity: calibration.parameters[`affinity:${s.name}`]?.best ?? s.affinity,
    }));
    const inlet = simulation["inlet"] as { until_s: number }[];
    const cuts = Object.entries(EXAMPLE["specifications"] as Record<string, { purity_min: number }>).map(
      ([name, { purity_min }]) => ({ species: name, purity_min }),
    );
    const read = readSimulation({
      ...{ ...simulation, bed, species },
      ask: { outlet_times_s: [inlet.at(-1)!.until_s], cells: 40, cuts },
    });
    assert.ok(read.ok, JSON.stringify(read));
    const run = simulate(read.value);
    assert.ok(run.ok);
    for (const cut of run.value.cuts) {
      const found = alike.diameters[0]!.specifications[cut.species]!.yield.best;
      // The wall's layer is still there.
      assert.ok(Math.abs(found - cut.yield) < 0.01, `${cut.species}: ${found} and ${cut.yield}`);
    }
  });

  it("KS6: draws hang together as told; one seed one answer, another one another within its error", () => {
    const correlation = [
      [1, -0.8, 0.3],
      [-0.8, 1, 0],
      [0.3, 0, 1],
    ];
    const root = rootOf(correlation)!;
    const drawn = draws(20_000, 5, { sd_log: [0.1, 2, 1], root }).map((d) => d.parameters);
    const mean = (of: (d: readonly number[]) => number) =>
      drawn.reduce((sum, d) => sum + of(d), 0) / drawn.length;
    const sd = [0, 1, 2].map((i) => Math.sqrt(mean((d) => d[i]! ** 2)));
    assert.ok(Math.abs(sd[0]! - 0.1) < 0.003 && Math.abs(sd[1]! - 2) < 0.05, sd.join(" "));
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const found = mean((d) => d[i]! * d[j]!) / sd[i]! / sd[j]!;
      assert.ok(Math.abs(found - correlation[i]![j]!) < 0.03, `${i} ${j}: ${found}`);
    }
    assert.equal(
      rootOf([
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ]),
      undefined,
      "no correlation at all",
    );
    assert.deepEqual(sheet(), answer);
    assert.notDeepEqual(sheet({ seed: 2 }).diameters, answer.diameters);
  });

  it("KS7: a chance is a share of draws; by the clock never a larger one; more doubt and worse paths, no more of it", () => {
    for (const { specifications } of answer.diameters)
      for (const of of Object.values(specifications)) {
        assert.ok(Number.isInteger(Math.round(of.probability * 2000) / 100));
        assert.ok(of.by_the_clock.probability <= of.probability);
      }
    const chance = (change: Tree) =>
      Object.values(sheet(change).diameters.at(-1)!.specifications).reduce(
        (sum, s) => sum + s.probability,
        0,
      );
    const fine = chance({ spread: { velocity_sd_fraction: [1e-4, 1e-4] } });
    const poor = chance({ spread: { velocity_sd_fraction: [0.05, 0.05] } });
    assert.ok(fine > poor, `${fine} and ${poor}`);
  });

  it("KS8: what a cycle takes is what its inlet and its bed say, and recovery takes off what it says", () => {
    const { steps } = today!.cycle;
    const water = today!.per_kg_oxide.find(({ name }) => name === "water")!;
    const liquid = steps.reduce((sum, step) => sum + step.volume_m3, 0);
    assert.ok(Math.abs((water.kg.best * today!.kg_oxide_per_cycle.best) / (1000 * liquid) - 1) < 1e-9);
    const displace = steps.find(({ name }) => name === "displace")!;
    const inlet = EXAMPLE.simulation["inlet"] as { mol_per_m3: Record<string, number> }[];
    const ligand_kg = displace.volume_m3 * inlet.at(-1)!.mol_per_m3["Na"]! * 0.29224;
    const ligand = today!.per_kg_oxide.find(({ name }) => name === "EDTA")!;
    assert.ok(Math.abs((ligand.kg.best * today!.kg_oxide_per_cycle.best) / ligand_kg - 1) < 1e-9);
    const half = answer.consumables.map((line) => ({ ...line, recovered_fraction: 0.5 }));
    const less = sheet({ consumables: half }).diameters[0]!.per_kg_oxide;
    for (const [k, line] of less.entries())
      assert.ok(Math.abs(line.kg.best / today!.per_kg_oxide[k]!.kg.best - 0.5) < 1e-9, line.name);
  });

  it("KS9: up the ladder beads need less pressure and give fewer transfer units, longer beds more of both", () => {
    const { rungs } = answer.ladder;
    for (const a of rungs)
      for (const b of rungs) {
        if (a.length_m === b.length_m && a.particle_radius_m < b.particle_radius_m) {
          assert.ok(
            (a.pressure_Pa ?? Number.POSITIVE_INFINITY) > (b.pressure_Pa ?? Number.POSITIVE_INFINITY),
          );
          assert.ok(a.transfer_units > b.transfer_units);
        }
        if (a.particle_radius_m === b.particle_radius_m && a.length_m < b.length_m)
          assert.ok(
            a.transfer_units < b.transfer_units &&
              (a.pressure_Pa ?? 0) < (b.pressure_Pa ?? Number.POSITIVE_INFINITY),
          );
      }
    assert.deepEqual([...new Set(rungs.map((r) => r.verdict))].sort(), ["fits", "pressure", "too_short"]);
    const own = rungs.find((r) => r.particle_radius_m === 3e-5 && r.length_m === 1)!;
    assert.ok(
      Math.abs(own.pressure_Pa! / largest.pressure.total_Pa!.best - 1) < 1e-9,
      "one rung is the column itself",
    );
  });

  it("KS10: ratings and permits are input; without them nothing is held against anything, and it is said", () => {
    const { vessel: _vessel, permits: _permits, ...bare } = quick;
    const open = scaleUp({ ...bare, ...alone });
    assert.ok(open.ok);
    assert.equal(open.value.diameters[0]!.pressure.within_rating, null);
    assert.equal(open.value.diameters[0]!.permits.length, 0);
    assert.equal(open.value.warnings.filter((w) => /is stated/.test(w)).length, 2);
    const tight = sheet({ ...alone, vessel: { rating_Pa: 1 } });
    assert.equal(tight.diameters[0]!.pressure.within_rating!.probability, 0);
    const [copper, ligand] = largest.permits;
    assert.equal(copper!.within.probability, copper!.kg.best <= copper!.kg_max ? 1 : 0);
    assert.ok(ligand!.within.probability > 0 && ligand!.within.probability < 1, "some draws keep it");
  });

  it("KS11: what was assumed has a source and a grade, what was stated none", () => {
    for (const one of answer.assumptions) assert.ok(one.source.length > 5, one.name);
    const modulus = (of: ScaleUpAnswer) => of.assumptions.find((a) => a.name === "modulus_Pa")!;
    assert.equal(modulus(answer).grade, "G");
    const stated = modulus(sheet({ ...alone, resin: { modulus_Pa: 3e7, source: "own press" } }));
    assert.deepEqual([stated.grade, stated.source, stated.value], [null, "own press", 3e7]);
  });

  it("KS12: bad input is refused by the name of its field", () => {
    const strange = { parameters: { "affinity:Xx": { best: 1, sd_relative: 0.1 } } };
    assert.equal(refused({ calibration: strange }), "species_unknown calibration.parameters.affinity:Xx");
    const wrong = { parameters: { hue: { best: 1, sd_relative: 0.1 } } };
    assert.equal(refused({ calibration: wrong }), "input_malformed calibration.parameters.hue");
    const lone = { ...EXAMPLE.calibration, correlation: [[1]] };
    assert.equal(refused({ calibration: lone }), "input_malformed calibration.correlation");
    assert.equal(
      refused({ specifications: { Cu: { purity_min: 0.9, yield_min: 0.5 } } }),
      "species_unknown specifications.Cu",
    );
    assert.equal(
      refused({ permits: [{ name: "p", consumable: "tin", per: "day", kg_max: 1 }] }),
      "input_malformed permits[0].consumable",
    );
    const { void_fraction: _void, ...bed } = EXAMPLE.simulation.bed;
    assert.match(refused({ simulation: { ...EXAMPLE.simulation, bed } }), /simulation\.bed\.void_fraction$/);
    assert.equal(refused({ diametre_m: 1 }), "field_unknown diametre_m");
  });
});
