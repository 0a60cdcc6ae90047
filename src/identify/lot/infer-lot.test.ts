import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { seededRandom } from "../doubt/random.ts";
import { inferLot, type LotInference, lotTotals, samplingRelativeSd } from "../index.ts";

const BASE = {
  prior: { grade_wt_pct: { best: 29, sd: 1.5 }, mass_kg: { best: 200, sd: 0 } },
  evidence: [] as object[],
  limit: { element: "total_ree", wt_pct_min: 28 },
  stakes: { usd_per_kg_ree: 60 },
  measurements: [] as object[],
  seed: 1,
};
function infer(input: object): LotInference {
  const said = inferLot(input);
  assert.ok(said.ok, said.ok ? "" : said.refusal.message);
  return said.value;
}
const xrf = (more: object = {}) => ({ kind: "xrf", sd_wt_pct: 1, bias_sd_wt_pct: 0, cost_usd: 1, ...more });
const only = (measurement: object, base: object = BASE): number =>
  infer({ ...base, measurements: [measurement] }).next[0]?.evsi_usd ?? -1;
const near = (a: number, b: number, within: number): void =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not ${b} within ${within}`);

describe("inferLot: value of information", () => {
  it("I19: the published example: EVPI 27, one XRF reading 18 USD for 200 kg; 680 and 449 for 5 t", () => {
    near(infer(BASE).evpi_usd ?? 0, 27.2, 0.1);
    near(only(xrf()), 17.96, 0.05);
    const big = { ...BASE, prior: { ...BASE.prior, mass_kg: { best: 5000, sd: 0 } } };
    near(infer(big).evpi_usd ?? 0, 680, 1);
    near(only(xrf(), big), 449, 1);
  });
  it("I19: EVSI agrees with a simulation of measure, update, decide", () => {
    const random = seededRandom(5, "evsi");
    const n = 200_000;
    const gain = 60 * 2;
    const weight = 2.25 / (2.25 + 1.0);
    let value = 0;
    for (let i = 0; i < n; i++) {
      const truth = 29 + 1.5 * random.normal();
      const after = 29 + weight * (truth + random.normal() - 29);
      if (after >= 28) value += (gain * (truth - 28)) / n;
    }
    near(only(xrf()), value - gain, 2);
  });
  it("I19: 0 <= EVSI <= EVPI, growing with mass", () => {
    const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        real(15, 40),
        real(0, 5),
        real(1, 1e5),
        real(15, 40),
        real(0, 5),
        real(0, 5),
        (best, sd, kg, limit, noise, bias) => {
          const base = {
            ...BASE,
            prior: { grade_wt_pct: { best, sd }, mass_kg: { best: kg, sd: 0 } },
            limit: { element: "total_ree", wt_pct_min: limit },
          };
          const said = infer({ ...base, measurements: [xrf({ sd_wt_pct: noise, bias_sd_wt_pct: bias })] });
          const evsi = said.next[0]?.evsi_usd ?? -1;
          assert.ok(evsi >= 0 && evsi <= (said.evpi_usd ?? -1));
          const heavier = { ...base, prior: { ...base.prior, mass_kg: { best: 2 * kg, sd: 0 } } };
          near(only(xrf({ sd_wt_pct: noise, bias_sd_wt_pct: bias }), heavier), 2 * evsi, 1e-6 * (1 + evsi));
        },
      ),
    );
  });
  it("I18, I19: ten readings with one bias are far from worth ten, and less than ten without", () => {
    const biased = { sd_wt_pct: 0.6, bias_sd_wt_pct: 0.8 };
    const [one, ten] = [only(xrf(biased)), only(xrf({ ...biased, readings_count: 10 }))];
    assert.ok(ten > one && ten < 1.3 * one, `${one} ${ten}`);
    assert.ok(ten < only(xrf({ sd_wt_pct: 0.6, readings_count: 10 })));
  });
  it("I21: another reading under a bias already carried is worth less than one under a fresh bias", () => {
    const evidence = [{ kind: "xrf", total_ree: true, wt_pct: 28.6, sd: 0.1, bias_id: "x", bias_sd: 1 }];
    const base = { ...BASE, evidence };
    const [same, fresh] = [
      only(xrf({ sd_wt_pct: 0.1, bias_sd_wt_pct: 1, bias_id: "x" }), base),
      only(xrf({ sd_wt_pct: 0.1, bias_sd_wt_pct: 1 }), base),
    ];
    assert.ok(same < 0.05 * fresh, `${same} ${fresh}`);
  });
  it("I21: Gy: 2 wt% magnets as 12 g pieces: 77 % at 1 kg, 24 % at 10 kg, 8 % at 100 kg", () => {
    const at = (sample_kg: number): number =>
      samplingRelativeSd({ magnet_fraction: 0.02, piece_g: 12, sample_kg });
    near(at(1), 0.767, 0.001);
    near(at(10), 0.242, 0.001);
    near(at(100), 0.0767, 0.001);
    const shred = { magnet_fraction: 0.02, piece_g: 12, sample_kg: 1 };
    assert.ok(only(xrf({ sampling: shred })) < 0.01 * only(xrf()), "a kilogram of shred is nearly worthless");
    // 20 mm: 0.5 x 0.25 x 7.5 g/cm3 x 8 cm3 = 7.5 g.
    const { piece_g: _, ...sieved } = { ...shred, sample_kg: 1000, top_size_mm: 20 };
    const weighed = { ...shred, sample_kg: 1000, piece_g: 7.5 };
    near(only(xrf({ sampling: sieved })), only(xrf({ sampling: weighed })), 1e-9);
  });
});

describe("inferLot: posterior and decision", () => {
  const reading = (wt_pct: number, more: object = {}) => ({
    kind: "icp",
    element: "total_ree",
    wt_pct,
    sd: 1,
    ...more,
  });
  it("I18: one reading: the conjugate closed form", () => {
    const said = infer({ ...BASE, evidence: [reading(27)] });
    const precision = 1 / 2.25 + 1;
    near(said.wt_pct["total_ree"]?.best ?? 0, (29 / 2.25 + 27) / precision, 1e-9);
    near(said.wt_pct["total_ree"]?.sd ?? 0, Math.sqrt(1 / precision), 1e-9);
    near(said.grams["total_ree"]?.best ?? 0, 2000 * (said.wt_pct["total_ree"]?.best ?? 0), 1e-6);
  });
  it("I18: n readings under one bias equal one reading of their mean with variance sd2/n + bias2", () => {
    const shared = Array.from({ length: 8 }, (_, i) =>
      reading(26 + i / 4, { sd: 0.5, bias_id: "lab", bias_sd: 0.7 }),
    );
    const mean = 26 + 28 / 32;
    const lumped = infer({ ...BASE, evidence: [reading(mean, { sd: Math.sqrt(0.25 / 8 + 0.49) })] });
    const said = infer({ ...BASE, evidence: shared });
    near(said.wt_pct["total_ree"]?.best ?? 0, lumped.wt_pct["total_ree"]?.best ?? 1, 1e-9);
    near(said.wt_pct["total_ree"]?.sd ?? 0, lumped.wt_pct["total_ree"]?.sd ?? 1, 1e-9);
  });
  it("I18: the order of evidence does not matter", () => {
    const evidence = [
      reading(27, { bias_id: "a", bias_sd: 1 }),
      reading(30),
      reading(28, { bias_id: "a", bias_sd: 1 }),
    ];
    near(
      infer({ ...BASE, evidence }).p_meets ?? 0,
      infer({ ...BASE, evidence: [...evidence].reverse() }).p_meets ?? 1,
      1e-12,
    );
  });
  it("I20: measure while it pays, then the better side; a guard band without stakes", () => {
    assert.equal(infer({ ...BASE, measurements: [xrf({ cost_usd: 5 })] }).decision, "measure");
    const dear = infer({ ...BASE, measurements: [xrf({ cost_usd: 500 })] });
    assert.deepEqual([dear.decision, dear.stop_measuring], ["accept", true]);
    assert.equal(infer({ ...BASE, limit: { element: "total_ree", wt_pct_min: 31 } }).decision, "reject");
    const { stakes: _, ...guarded } = BASE;
    assert.equal(infer(guarded).decision, "measure");
    assert.equal(infer({ ...guarded, limit: { element: "total_ree", wt_pct_min: 26 } }).decision, "accept");
    assert.equal(infer({ ...guarded, limit: { element: "total_ree", wt_pct_min: 32 } }).decision, "reject");
  });
  it("I20: next is ranked by what is left after the cost", () => {
    const nets = infer({
      ...BASE,
      measurements: [xrf({ cost_usd: 30 }), xrf({ cost_usd: 2 }), xrf({ sd_wt_pct: 0.1, cost_usd: 10 })],
    }).next.map((n) => n.net_usd);
    assert.deepEqual(
      nets,
      [...nets].sort((a, b) => b - a),
    );
  });
  it("I18: from devices: a reading of one element moves the total, and narrows it", () => {
    const devices = {
      units: [{ family: "A", prior_class: "hdd_3.5in", count: 500 }],
      limit: BASE.limit,
      stakes: BASE.stakes,
      seed: 2,
    };
    const [before, after] = [
      infer(devices),
      infer({ ...devices, evidence: [{ kind: "icp", element: "Nd", wt_pct: 26, sd: 0.3 }] }),
    ];
    assert.ok((after.wt_pct["Nd"]?.best ?? 0) > (before.wt_pct["Nd"]?.best ?? 0) + 1);
    assert.ok((after.wt_pct["Nd"]?.sd ?? 9) < 0.31);
    assert.ok((after.wt_pct["total_ree"]?.sd ?? 9) < (before.wt_pct["total_ree"]?.sd ?? 0));
    assert.ok(
      before.magnet_mass_kg.lo90 < before.magnet_mass_kg.best &&
        before.magnet_mass_kg.best < before.magnet_mass_kg.hi90,
    );
    assert.deepEqual(infer(devices), before);
  });
});

describe("inferLot: units and readings as they come", () => {
  const known = { family: "A", prior_class: "hdd_3.5in", count: 50 };
  const odd = { family: "B", prior_class: "unknown", count: 3 };
  it("I16: units of class unknown are named, not refused; nothing but unknown is no start", () => {
    const said = infer({ units: [known, odd], seed: 2 });
    assert.deepEqual(said.not_counted, [odd]);
    assert.deepEqual(said.grams, infer({ units: [known], seed: 2 }).grams);
    const none = inferLot({ units: [odd], seed: 2 });
    assert.ok(!none.ok && none.refusal.code === "no_prior");
  });
  it("I15: without evidence the intervals are those of the draws; none is below zero", () => {
    const said = infer({ units: [known], seed: 2 });
    const totals = lotTotals({ units: [known], seed: 2 });
    assert.equal(said.grams["Dy"]?.hi90, totals.elements["Dy"]?.hi90_g);
    assert.ok((said.wt_pct["Dy"]?.lo90 ?? 0) > 0);
  });
  it("I18: a bias_id of null is none", () => {
    const reading = { kind: "icp", element: "total_ree", wt_pct: 27, sd: 1 };
    assert.deepEqual(
      infer({ ...BASE, evidence: [{ ...reading, bias_id: null }] }),
      infer({ ...BASE, evidence: [reading] }),
    );
  });
});

describe("I17: refusals", () => {
  const evidence = (e: object) => ({ ...BASE, evidence: [e] });
  const cases: readonly (readonly [string, unknown, string, string])[] = [
    ["not an object", "lot", "not_an_object", "input"],
    ["nothing to start from", {}, "no_prior", "input"],
    [
      "unknown row",
      { units: [{ family: "A", prior_class: "spaceship", count: 1 }] },
      "prior_class_unknown",
      "units[0].prior_class",
    ],
    [
      "negative count",
      { units: [{ family: "A", prior_class: "hdd", count: -1 }] },
      "out_of_range",
      "units[0].count",
    ],
    ["units no list", { units: {} }, "not_a_list", "units"],
    ["too many readings", { ...BASE, evidence: new Array(10_001).fill({}) }, "too_many", "evidence"],
    [
      "unknown element",
      { ...BASE, limit: { element: "Xx", wt_pct_min: 1 } },
      "element_unknown",
      "limit.element",
    ],
    ["no limit value", { ...BASE, limit: { element: "Nd" } }, "field_missing", "limit.wt_pct_min"],
    [
      "reading not finite",
      evidence({ kind: "icp", element: "total_ree", wt_pct: Number.NaN, sd: 1 }),
      "not_a_number",
      "evidence[0].wt_pct",
    ],
    [
      "reading above 100",
      evidence({ kind: "icp", element: "total_ree", wt_pct: 101, sd: 1 }),
      "out_of_range",
      "evidence[0].wt_pct",
    ],
    [
      "reading without doubt",
      evidence({ kind: "icp", element: "total_ree", wt_pct: 30, sd: 0 }),
      "out_of_range",
      "evidence[0].sd",
    ],
    [
      "reading of another quantity",
      evidence({ kind: "icp", element: "Nd", wt_pct: 30, sd: 1 }),
      "evidence_off_prior",
      "evidence[0]",
    ],
    [
      "one bias, two spreads",
      {
        ...BASE,
        evidence: [1, 2].map((bias_sd) => ({
          kind: "icp",
          element: "total_ree",
          wt_pct: 30,
          sd: 1,
          bias_id: "b",
          bias_sd,
        })),
      },
      "bias_sd_differs",
      "evidence[1].bias_sd",
    ],
  ];
  for (const [name, input, code, at] of cases)
    it(`${name} is ${code}`, () => {
      const said = inferLot(input);
      assert.ok(!said.ok);
      assert.deepEqual([said.refusal.code, said.refusal.at], [code, at]);
    });
});
