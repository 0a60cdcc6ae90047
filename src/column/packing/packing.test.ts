import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { normals } from "../design/doubt.ts";
import { readSimulation, simulate } from "../index.ts";
import { acceptPacking, type PackingAnswer } from "./accept-packing.ts";
import { closedVariance, pecletOf } from "./dispersion.ts";

const bed = { length_m: 1, particle_radius_m: 3e-5, total_porosity: 0.6 };
const flow = { superficial_velocity_m_per_s: 6e-4 };

type Curve = (time_s: number) => number;
const times = (count: number, end_s: number, way: (part: number) => number = (x) => x): number[] =>
  Array.from({ length: count }, (_, k) => end_s * way(k / (count - 1)));

function tested(curve: Curve, time_s: readonly number[], more: object = {}) {
  return acceptPacking({ trace: { time_s, signal: time_s.map(curve) }, bed, flow, ...more });
}

function answered(...given: Parameters<typeof tested>): PackingAnswer {
  const answer = tested(...given);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

const near = (got: number, wanted: number, part: number, what = "") =>
  assert.ok(Math.abs(got / wanted - 1) <= part, `${what}: ${got} instead of ${wanted}`);

const gaussian =
  (mean: number, sd: number): Curve =>
  (t) =>
    Math.exp(-0.5 * ((t - mean) / sd) ** 2);

/** An exponentially modified Gaussian by its convolution, summed finely: nothing of the room's own is in it. */
function modified(mean: number, sd: number, tau: number): Curve {
  const steps = 4000;
  const reach = 30 * tau;
  const parts = Array.from({ length: steps }, (_, k) => ((k + 0.5) * reach) / steps);
  const weights = parts.map((s) => (Math.exp(-s / tau) / tau) * (reach / steps));
  return (t) =>
    parts.reduce((sum, s, k) => sum + weights[k]! * Math.exp(-0.5 * ((t - s - mean) / sd) ** 2), 0);
}

/** Rear over front at a tenth of the height, by search on the curve itself. */
function asymmetryOf(curve: Curve, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let k = 0; k < 200; k++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (curve(a) < curve(b)) low = a;
    else high = b;
  }
  const peak = (low + high) / 2;
  const side = (outer: number) => {
    let [inner, far] = [peak, outer];
    for (let k = 0; k < 80; k++) {
      const middle = (inner + far) / 2;
      if (curve(middle) > 0.1 * curve(peak)) inner = middle;
      else far = middle;
    }
    return inner;
  };
  return (side(to) - peak) / (peak - side(from));
}

type Complex = readonly [number, number];
const mul = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const div = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const n = c * c + d * d;
  return [(a * c + b * d) / n, (b * c - a * d) / n];
};
const exp = ([a, b]: Complex): Complex => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];
const root = ([a, b]: Complex): Complex => {
  const r = Math.hypot(a, b);
  const real = Math.sqrt((r + a) / 2);
  return [real, Math.sign(b || 1) * Math.sqrt((r - a) / 2)];
};

/** Transfer function of plug flow with dispersion, closed at both ends: 4 q e^(Pe(1-q)/2) / ((1+q)² - (1-q)² e^(-Pe q)), q² = 1 + 4 s / Pe. */
function closedTransfer(s: Complex, peclet: number): Complex {
  const q = root([1 + (4 * s[0]) / peclet, (4 * s[1]) / peclet]);
  const plus: Complex = [1 + q[0], q[1]];
  const minus: Complex = [1 - q[0], -q[1]];
  const tail = mul(mul(minus, minus), exp([-peclet * q[0], -peclet * q[1]]));
  const square = mul(plus, plus);
  const top = mul([4 * q[0], 4 * q[1]], exp([(peclet / 2) * (1 - q[0]), (peclet / 2) * -q[1]]));
  return div(top, [square[0] - tail[0], square[1] - tail[1]]);
}

/** The pulse response over the mean time, by Fourier's sum on a line in the plane of s. */
function responseOf(transfer: (s: Complex) => Complex, period: number): Curve {
  const shift = 12 / period;
  const terms = 3000;
  const values = Array.from({ length: terms }, (_, k) => transfer([shift, (2 * Math.PI * k) / period]));
  return (t) => {
    let sum = values[0]![0] / 2;
    for (let k = 1; k < terms; k++) {
      const angle = (2 * Math.PI * k * t) / period;
      sum += values[k]![0] * Math.cos(angle) - values[k]![1] * Math.sin(angle);
    }
    return (2 / period) * Math.exp(shift * t) * sum;
  };
}

describe("packing of a column, from a tracer pulse", () => {
  it("KP1: a Gaussian has its plates by moments and by half height and an asymmetry of 1, whatever spacing, drift or sign", () => {
    const cases: readonly (readonly [string, Curve, readonly number[]])[] = [
      ["plain", gaussian(1000, 20), times(2001, 2000)],
      ["few readings", gaussian(1000, 20), times(201, 2000)],
      [
        "uneven readings",
        gaussian(1000, 20),
        times(1500, 2000, (x) => x + (0.1 * Math.sin(2 * Math.PI * x)) / (2 * Math.PI)),
      ],
      ["drift", (t) => 10 * gaussian(1000, 20)(t) + 3 + 0.002 * t, times(2001, 2000)],
      ["downwards", (t) => 8 - gaussian(1000, 20)(t), times(2001, 2000)],
    ];
    for (const [what, curve, at] of cases) {
      const { plates, asymmetry, residence } = answered(curve, at);
      near(plates.by_moments.best, 2500, 1e-3, `${what}, by moments`);
      near(plates.by_half_height.best, 2500, 1e-3, `${what}, by half height`);
      near(asymmetry.best, 1, 1e-3, `${what}, asymmetry`);
      near(residence.mean_s.best, 1000, 1e-6, `${what}, mean`);
    }
  });

  it("KP2: an exponentially modified Gaussian has the moments of its closed form and the asymmetry of its own curve", () => {
    for (const tau of [5, 15, 30]) {
      const curve = modified(1000, 20, tau);
      const answer = answered(curve, times(1201, 2000));
      const [mean, variance] = [1000 + tau, 400 + tau ** 2];
      near(answer.residence.mean_s.best, mean, 1e-5, `mean, tau ${tau}`);
      near(answer.plates.by_moments.best, mean ** 2 / variance, 3e-3, `plates, tau ${tau}`);
      near(answer.residence.skewness, (2 * tau ** 3) / variance ** 1.5, 0.02, `skewness, tau ${tau}`);
      near(answer.asymmetry.best, asymmetryOf(curve, 800, 1500), 5e-3, `asymmetry, tau ${tau}`);
    }
  });

  it("KP3: a pulse through plug flow with dispersion between closed ends gives that dispersion back, the film beside it told apart", () => {
    for (const peclet of [20, 200, 2000]) {
      const response = responseOf((s) => closedTransfer(s, peclet), 4);
      const answer = answered((t) => response(t / 1000), times(1601, 3500));
      // u_s L / (porosity Pe), with a mean of 1000 s.
      const wanted = (6e-4 * 1) / (0.6 * peclet);
      near(answer.transport.axial_dispersion_m2_per_s, wanted, 5e-3, `Pe ${peclet}`);
    }
    const [peclet, e, p, k] = [500, 0.38, 0.186, 0.05];
    const length_over_us = 1 / 6e-4;
    const response = responseOf((s) => {
      const pore = div([p * k * s[0], p * k * s[1]], [k + p * s[0], p * s[1]]);
      return closedTransfer(
        [length_over_us * (e * s[0] + pore[0]), length_over_us * (e * s[1] + pore[1])],
        peclet,
      );
    }, 3500);
    const particles = { void_fraction: e, particle_porosity: 0.3, total_porosity: undefined };
    const film_coefficient_m_per_s = (k * 3e-5) / (3 * (1 - e));
    const answer = answered(response, times(1601, 3000), {
      ...{ model: "film", bed: { ...bed, ...particles } },
      tracer: { film_coefficient_m_per_s },
    });
    near(answer.transport.axial_dispersion_m2_per_s, 6e-4 / (e * peclet), 0.01, "beside a film");
    assert.ok(answer.variance.film > 0.1 * answer.variance.dispersion, "the film's part is no trifle here");
  });

  it("KP3: the kernel's own pulse gives back the dispersion it was simulated with", () => {
    const read = readSimulation({
      model: "equilibrium",
      bed: { length_m: 1, total_porosity: 0.6, capacity_mol_per_m3_bed: 1e-9 },
      flow,
      transport: { axial_dispersion_m2_per_s: 2e-6 },
      species: [
        { name: "carrier", role: "presaturant", affinity: 1 },
        { name: "tracer", role: "product", affinity: 1 },
      ],
      initial_mol_per_m3: { carrier: 1 },
      inlet: [
        { until_s: 200, mol_per_m3: { carrier: 1 } },
        { until_s: 220, mol_per_m3: { tracer: 1 } },
        { until_s: 2200, mol_per_m3: { carrier: 1 } },
      ],
      ask: { outlet_times_s: { from: 0, to: 2200, step: 4 }, cells: 800 },
    });
    assert.ok(read.ok, JSON.stringify(read));
    const run = simulate(read.value);
    assert.ok(run.ok);
    const { time_s, mol_per_m3 } = run.value.outlet;
    const answer = acceptPacking({
      trace: { time_s, signal: mol_per_m3["tracer"] },
      ...{ bed, flow, pulse: { start_s: 200, duration_s: 20 } },
    });
    assert.ok(answer.ok, JSON.stringify(answer));
    near(answer.value.transport.axial_dispersion_m2_per_s, 2e-6, 0.02, "dispersion");
    near(answer.value.residence.mean_s.best, 1000, 1e-3, "mean");
  });

  it("KP3: what piping and injection spread is taken off, and where they spread as much as the bed, that is refused", () => {
    const curve = gaussian(1050, Math.hypot(20, 10));
    const dead = { time_s: 50, variance_s2: 100 };
    near(answered(curve, times(2001, 2000), { dead }).plates.by_moments.best, 2500, 2e-3, "freed of piping");
    const all = tested(curve, times(2001, 2000), { dead: { time_s: 50, variance_s2: 600 } });
    assert.ok(!all.ok && all.refusal.code === "result_not_trusted" && all.refusal.at === "dead.variance_s2");
    near(closedVariance(pecletOf(0.3)), 0.3, 1e-9, "the inverse");
    near(closedVariance(0.001 - 1e-9), closedVariance(0.001 + 1e-9), 1e-6, "series and formula meet");
  });

  it("KP4: over noisy pulses on a drift, nine in ten intervals of plates and of asymmetry hold the truth", () => {
    const [sd, tau] = [20, 12];
    const clean = modified(1000, sd, tau);
    const at = times(1001, 2000);
    const values = at.map(clean);
    const truth = {
      plates: (1000 + tau) ** 2 / (sd ** 2 + tau ** 2),
      asymmetry: asymmetryOf(clean, 800, 1500),
    };
    const height = Math.max(...values);
    let [plates, asymmetry, runs] = [0, 0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const normal = normals(seed);
      const noise = height * (seed % 2 ? 0.01 : 0.003);
      const signal = values.map((v, k) => v + 0.1 + 2e-5 * height * at[k]! + noise * normal());
      const answer = acceptPacking({ trace: { time_s: at, signal }, bed, flow });
      assert.ok(answer.ok, `${seed}: ${JSON.stringify(answer)}`);
      const holds = ([low, high]: readonly [number, number], value: number) => low <= value && value <= high;
      runs++;
      if (holds(answer.value.plates.by_moments.interval_90, truth.plates)) plates++;
      if (holds(answer.value.asymmetry.interval_90, truth.asymmetry)) asymmetry++;
    }
    assert.ok(plates >= 0.82 * runs && plates <= 0.98 * runs, `plates: ${plates} of ${runs}`);
    assert.ok(asymmetry >= 0.82 * runs && asymmetry <= 0.98 * runs, `asymmetry: ${asymmetry} of ${runs}`);
  });

  it("KP5: what cannot be read is refused at its row: a pulse cut off, one still falling, too few readings, too much noise", () => {
    const refusedAt = (...given: Parameters<typeof tested>) => {
      const answer = tested(...given);
      assert.ok(!answer.ok, JSON.stringify(answer.ok && answer.value.plates));
      return `${answer.refusal.code} ${answer.refusal.at}`;
    };
    assert.match(refusedAt(gaussian(1000, 50), times(541, 1080)), /^result_not_trusted trace row \d+$/);
    assert.match(refusedAt(modified(1000, 20, 40), times(541, 1180)), /^result_not_trusted trace row \d+$/);
    assert.match(refusedAt(gaussian(60, 50), times(541, 1080)), /^result_not_trusted trace row \d+$/);
    assert.match(refusedAt(gaussian(1000, 4), times(201, 2000)), /^result_not_trusted trace row \d+$/);
    const normal = normals(7);
    assert.match(
      refusedAt((t) => gaussian(1000, 20)(t) + 0.2 * normal(), times(1001, 2000)),
      /^result_not_trusted trace row \d+$/,
    );
    const csv = `time_s,signal\n${times(40, 100)
      .map((t) => `${t},0`)
      .join("\n")}\n5,1\n`;
    const disorder = acceptPacking({ csv, bed, flow });
    assert.ok(!disorder.ok && disorder.refusal.at === "csv row 42 column time_s", JSON.stringify(disorder));
    const both = acceptPacking({ csv, trace: { time_s: times(40, 1), signal: times(40, 1) }, bed, flow });
    assert.ok(!both.ok && both.refusal.at === "trace");
  });

  it("KP6: accepted only where every limit is surely kept; limits nobody stated have a source and a grade", () => {
    const curve = gaussian(1000, 15);
    const usual = answered(curve, times(2001, 2000));
    // h = 1 m / 4444 / 60 µm = 3.75.
    assert.deepEqual([usual.accepted, usual.verdict], [true, "accepted"]);
    for (const check of usual.checks) assert.ok(check.source.length > 20 && check.grade !== null);
    const strict = answered(curve, times(2001, 2000), { limits: { plates_per_m_min: 5000 } });
    assert.deepEqual([strict.accepted, strict.verdict], [false, "not_accepted"]);
    assert.deepEqual(
      strict.checks.map((c) => `${c.name} ${c.verdict}`),
      ["asymmetry met", "reduced_plate_height met", "plates_per_m not_met"],
    );
    const normal = normals(3);
    const at = times(1001, 2000);
    const signal = at.map((t) => curve(t) + 0.02 * normal());
    const held = (asymmetry_max: number) => {
      const answer = acceptPacking({ trace: { time_s: at, signal }, bed, flow, limits: { asymmetry_max } });
      assert.ok(answer.ok);
      return answer.value;
    };
    const { best, sd } = held(2).asymmetry;
    const verdicts = [-3, -0.8, 0.8, 3].map((deviations) => held(best + deviations * sd).verdict);
    assert.deepEqual(verdicts, ["not_accepted", "not_sure", "not_sure", "accepted"]);
    assert.equal(held(best + 0.8 * sd).accepted, false);
  });
});
