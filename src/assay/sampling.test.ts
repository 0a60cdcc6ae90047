import assert from "node:assert/strict";
import { test } from "node:test";
import { faultySampling, fundamentalVariance, type Grain, type Sampling, samplingDoubt } from "./index.ts";

const near = (a: number, b: number, relative: number) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);
const KG = 1_000_000;
const G = 1000;

/** Coarse shred in which some grains are magnets: those are free. */
const shred: Grain = {
  top_mm: 10,
  grading: "one_size",
  g_per_cm3: 7.5,
  rest_g_per_cm3: 7.5,
  bearing_mg_per_kg: { Nd: 260_000 },
};

test("Y20: Gy's formula, term by term", () => {
  // f 0.5, g 0.25, c = (0.8/0.2)(0.8 x 7 + 0.2 x 5) = 26.4, d = 0.2 cm, 1/1000 - 1/100000 per g.
  const grain: Grain = { ...shred, top_mm: 2, grading: "unsized", g_per_cm3: 7, rest_g_per_cm3: 5 };
  const asked = { share: 0.2, sample_mg: KG, of_mg: 100 * KG };
  near(fundamentalVariance(grain, asked), 0.5 * 0.25 * 26.4 * 0.008 * (1 / 1000 - 1 / 100_000), 1e-12);
  // Half of the liberation size: a grain of both, that errs less.
  near(
    fundamentalVariance({ ...grain, liberation_mm: 0.5 }, asked),
    fundamentalVariance(grain, asked) * 0.25 ** 1.5,
    1e-12,
  );
  assert.equal(fundamentalVariance({ ...grain, liberation_mm: 3 }, asked), fundamentalVariance(grain, asked));
  assert.equal(
    fundamentalVariance(grain, { ...asked, sample_mg: 100 * KG }),
    0,
    "all of the lot errs by nothing",
  );
  assert.equal(fundamentalVariance(grain, { ...asked, share: 1 }), 0, "nothing but bearing grains");
});

test("Y20: grains drawn one by one scatter as the formula says", () => {
  // Cubes of one size fill half of theirs: f 0.5, g 1. A tenth of the grains are magnets.
  let state = 12345;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const grain_g = 0.5 * 1 * 7.5;
  const [grains, samples, share] = [400, 4000, 0.1];
  const found = Array.from({ length: samples }, () => {
    let magnets = 0;
    for (let i = 0; i < grains; i++) if (draw() < share) magnets++;
    return magnets / grains;
  });
  const mean = found.reduce((a, b) => a + b, 0) / samples;
  const variance = found.reduce((a, b) => a + (b - mean) ** 2, 0) / samples;
  const said = fundamentalVariance(shred, { share, sample_mg: grains * grain_g * G, of_mg: 1e15 });
  near(variance / mean ** 2, said, 0.1);
});

test("Y20: few large pieces make a poor sample: 2 % of magnets of 12 g in shred err by 77 % in a kilogram", () => {
  // d of a cube half filled that weighs 12 g.
  const top_mm = 10 * (12 / (0.5 * 7.5)) ** (1 / 3);
  const relative = (sample_mg: number) =>
    Math.sqrt(fundamentalVariance({ ...shred, top_mm }, { share: 0.02, sample_mg, of_mg: 1e15 }));
  near(relative(KG), 0.77, 0.01);
  near(relative(10 * KG), 0.24, 0.02);
  near(relative(100 * KG), 0.077, 0.01);
});

test("Y19: a sample errs as stated, or as its increments, or as its grains; portions err by how they were divided", () => {
  const base = { lot_mg: 1000 * KG, mass_mg: 45 * KG };
  const doubt = (sampling: Sampling, increments_count = 50) =>
    samplingDoubt({ sampling, increments_count }, "Nd", { content: 200_000, portion_mg: 150 * G });
  assert.deepEqual(doubt(base), { shared: 0, own: 0 });
  assert.deepEqual(doubt({ ...base, sampling_sd: { Nd: { relative: 0.01 } } }), { shared: 2000, own: 0 });
  assert.deepEqual(doubt({ ...base, sampling_sd: { Nd: { mg_per_kg: 700 } } }), { shared: 700, own: 0 });
  assert.deepEqual(doubt({ ...base, sampling_sd: { Pr: { relative: 0.01 } } }), { shared: 0, own: 0 });
  // ISO 3082: the variance of the sample is that between increments, over their number.
  near(doubt({ ...base, increment_sd: { Nd: { relative: 0.05 } } }, 25).shared, 2000, 1e-12);
  const grain: Grain = { ...shred, top_mm: 5, grading: "unsized", divided_mm: 0.5 };
  const of = { share: 200 / 260, sample_mg: 45 * KG, of_mg: 1000 * KG };
  const grains = doubt({ ...base, grain });
  near(grains.shared, 200_000 * Math.sqrt(fundamentalVariance(grain, of)), 1e-12);
  const ground = { ...grain, top_mm: 0.5 };
  const divided = fundamentalVariance(ground, { ...of, sample_mg: 150 * G, of_mg: 45 * KG });
  near(grains.own, 200_000 * Math.sqrt(divided), 1e-12);
});

test("Y19: what cannot be said of a sample is refused where it stands", () => {
  const base = { lot_mg: 100 * KG, mass_mg: KG };
  const portions = [{ mass_mg: 150 * G }, { mass_mg: 150 * G }, { mass_mg: 150 * G }];
  const said = (sampling: Sampling) => {
    const faulty = faultySampling(sampling, portions);
    return faulty ? `${faulty.refusal.code} ${faulty.refusal.at}` : "done";
  };
  const one = { Nd: { relative: 0.01 } };
  assert.equal(said(base), "done");
  assert.equal(said({ ...base, sampling_sd: { Xx: { relative: 0.01 } } }), "element_unknown sampling_sd.Xx");
  assert.equal(said({ ...base, sampling_sd: one, increment_sd: one }), "doubt_stated_twice sampling_sd.Nd");
  assert.equal(said({ ...base, sampling_sd: one, grain: shred }), "doubt_stated_twice sampling_sd.Nd");
  assert.equal(said({ ...base, increment_sd: one, grain: shred }), "doubt_stated_twice increment_sd.Nd");
  assert.equal(said({ ...base, grain: { ...shred, divided_mm: 20 } }), "grain_impossible grain.divided_mm");
  assert.equal(said({ lot_mg: KG, grain: shred }), "grain_impossible mass");
  assert.equal(said({ ...base, mass_mg: 101 * KG }), "mass_exceeds_lot mass");
  assert.equal(said({ ...base, mass_mg: 400 * G }), "portion_exceeds_sample mass");
});
