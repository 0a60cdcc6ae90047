import { isRareEarth } from "../../chemistry/index.ts";
import { done, K_90, type Result } from "../../quantity/index.ts";
import type { Estimate, EvidenceGrade } from "../classify/classes.ts";
import { normalBelow } from "../doubt/normal.ts";
import { type Summary, summarise } from "../doubt/quantiles.ts";
import { PRIORS } from "../magnets/priors.ts";
import { extend, type GaussianState, observe, withSum } from "./gaussian-state.ts";
import { type LotInput, type LotMeasurement, type LotRefusal, readLotInput, TOTAL_REE } from "./lot-input.ts";
import { type LotUnits, sampleLot, totalsOf } from "./lot-totals.ts";
import { massAfter, pullingShare } from "./mass-evidence.ts";
import { familyKey, learnedFamilies } from "./tear-downs.ts";
import { gainFromLearning, samplingRelativeSd } from "./value-of-information.ts";

export interface NextMeasurement {
  readonly kind: string;
  readonly evsi_usd: number;
  readonly cost_usd: number;
  readonly net_usd: number;
}

export interface LotInference {
  readonly magnet_mass_kg: Estimate;
  /** Of magnet mass, per element and `total_ree`. This is the grade of the feed, never the purity of a product. */
  readonly wt_pct: Readonly<Record<string, Estimate & { readonly sd: number }>>;
  readonly grams: Readonly<Record<string, Estimate>>;
  /** Chance that the limit is met; null without a limit. */
  readonly p_meets: number | null;
  readonly decision: "accept" | "reject" | "measure" | null;
  /** Ranked by net value. */
  readonly next: readonly NextMeasurement[];
  /** No measurement offered is worth its cost. */
  readonly stop_measuring: boolean;
  readonly evpi_usd: number | null;
  readonly evidence: EvidenceGrade | "given";
  /** Units of a class that no prior covers: in no figure above. */
  readonly not_counted: readonly LotUnits[];
  readonly seed: number;
}

/** Without stakes a lot is accepted or rejected only when this sure; in between it is measured. */
const SURE = 0.95;

interface Start {
  readonly state: GaussianState;
  readonly names: readonly string[];
  readonly mass_kg: { readonly best: number; readonly sd: number };
  readonly skewed: boolean;
  /** The draws themselves, by name: what they say goes before any law fitted to them while no evidence has come. */
  readonly drawn: ReadonlyMap<string, { readonly wt_pct: Summary; readonly grams: Summary }>;
  readonly not_counted: readonly LotUnits[];
  readonly grade: LotInference["evidence"];
}

/** Posterior of a lot's grade, chance of meeting a limit, decision, and what to measure next (SPEC I17 to I22). */
export function inferLot(input: unknown): Result<LotInference, LotRefusal> {
  const read = readLotInput(input);
  return read.ok ? done(infer(read.value)) : read;
}

function infer(input: LotInput): LotInference {
  const start = input.prior ? fromPrior(input) : fromUnits(input);
  const target = input.limit?.of ?? TOTAL_REE;
  const biases = new Map<string, number>();
  let state = start.state;
  for (const reading of input.evidence) {
    const of = [...indices(start, reading.of)];
    let variance = reading.sd ** 2;
    if (reading.bias_id === null) variance += reading.bias_sd ** 2;
    else {
      let at = biases.get(reading.bias_id);
      if (at === undefined) {
        at = state.mean.length;
        biases.set(reading.bias_id, at);
        state = extend(state, 0, reading.bias_sd ** 2);
      }
      of.push(at);
    }
    state = observe(state, { of, value: reading.wt_pct, variance });
  }
  const aim = withSum(state, indices(start, target));
  const sd = Math.sqrt(Math.max(0, aim.variance));
  const slope_usd = input.usd_per_kg_ree === null ? null : (input.usd_per_kg_ree * start.mass_kg.best) / 100;
  const learn = (sd_of_mean: number): number =>
    input.limit && slope_usd !== null
      ? gainFromLearning({ slope_usd, mean: aim.mean, limit: input.limit.wt_pct_min, sd_of_mean })
      : 0;
  const next = input.measurements
    .map((m) => {
      const evsi_usd = Math.min(learn(sdOfMean(start, state, biases, indices(start, target), m)), learn(sd));
      return { kind: m.kind, evsi_usd, cost_usd: m.cost_usd, net_usd: evsi_usd - m.cost_usd };
    })
    .sort((a, b) => b.net_usd - a.net_usd);
  const p_meets = input.limit ? chanceAbove(aim.mean, sd, input.limit.wt_pct_min) : null;
  return {
    ...posterior(start, state, input.evidence.length + input.mass_evidence.length === 0),
    p_meets,
    decision: input.limit ? decide(p_meets ?? 0, slope_usd !== null, next[0]) : null,
    next: input.limit && slope_usd !== null ? next : [],
    stop_measuring: !((next[0]?.net_usd ?? 0) > 0),
    evpi_usd: input.limit && slope_usd !== null ? learn(sd) : null,
    evidence: start.grade,
    not_counted: start.not_counted,
    seed: input.seed,
  };
}

const chanceAbove = (mean: number, sd: number, limit: number): number =>
  sd > 0 ? normalBelow((mean - limit) / sd) : mean >= limit ? 1 : 0;

/** With stakes: measure while it pays, then take the better side. Without: a guard band on both sides. */
function decide(
  p_meets: number,
  stakes: boolean,
  best: NextMeasurement | undefined,
): "accept" | "reject" | "measure" {
  if (stakes) return best && best.net_usd > 0 ? "measure" : p_meets >= 0.5 ? "accept" : "reject";
  return p_meets >= SURE ? "accept" : p_meets <= 1 - SURE ? "reject" : "measure";
}

/** How far a measurement may be expected to move the mean of the target: its covariance with the reading over the reading's sd. */
function sdOfMean(
  start: Start,
  state: GaussianState,
  biases: ReadonlyMap<string, number>,
  target: readonly number[],
  m: LotMeasurement,
): number {
  const bias = m.bias_id === null ? undefined : biases.get(m.bias_id);
  const of = [...indices(start, m.of), ...(bias === undefined ? [] : [bias])];
  const reading = withSum(state, of);
  // Bias and sampling are the same for all readings of one visit; only the rest averages.
  let variance = m.sd_wt_pct ** 2 / m.readings_count;
  if (bias === undefined) variance += m.bias_sd_wt_pct ** 2;
  if (m.sampling)
    variance += (samplingRelativeSd(m.sampling) * withSum(state, indices(start, m.of)).mean) ** 2;
  const shared = target.reduce((sum, i) => sum + (reading.cross[i] ?? 0), 0);
  const total = reading.variance + variance;
  return total > 0 ? Math.abs(shared) / Math.sqrt(total) : 0;
}

const indices = (start: Start, of: string): readonly number[] => {
  const whole = start.names.flatMap((name, i) => (of === TOTAL_REE ? [i] : name === of ? [i] : []));
  return whole;
};

function fromPrior(input: LotInput): Start {
  const { grade, mass_kg } = input.prior ?? { grade: { best: 0, sd: 0 }, mass_kg: { best: 0, sd: 0 } };
  const state = { mean: [grade.best], covariance: [[grade.sd ** 2]] };
  return {
    state,
    names: [input.limit?.of ?? TOTAL_REE],
    mass_kg: massAfter(mass_kg, { mean: 0, sd: 0 }, input.mass_evidence),
    skewed: false,
    drawn: new Map(),
    not_counted: [],
    grade: "given",
  };
}

/** Means and covariances of wt% from the device model's draws. Draws without any magnet say nothing of a grade. */
function fromUnits(input: LotInput): Start {
  const torn = learnedFamilies(input.teardowns);
  const units = input.units.map((unit) => {
    const parts = torn.get(familyKey(unit));
    return parts ? { ...unit, parts } : unit;
  });
  const lot = sampleLot({ units, seed: input.seed });
  const totals = totalsOf(lot);
  const asked = new Set([
    input.limit?.of ?? TOTAL_REE,
    ...input.evidence.map((e) => e.of),
    ...input.measurements.map((m) => m.of),
  ]);
  const names = [
    ...new Set([...[...lot.elements_g.keys()].filter(isRareEarth), ...[...asked].filter(isRareEarth)]),
  ];
  const kept = [...lot.magnets_g.keys()].filter((d) => (lot.magnets_g[d] ?? 0) > 0);
  const columns = names.map((name) =>
    kept.map((d) => (100 * (lot.elements_g.get(name)?.[d] ?? 0)) / (lot.magnets_g[d] ?? 1)),
  );
  const mean = columns.map((c) => c.reduce((a, b) => a + b, 0) / Math.max(1, c.length));
  const covariance = columns.map((a, i) =>
    columns.map(
      (b, j) =>
        a.reduce((sum, x, d) => sum + (x - (mean[i] ?? 0)) * ((b[d] ?? 0) - (mean[j] ?? 0)), 0) /
        Math.max(1, a.length - 1),
    ),
  );
  const drawnMass_kg = { best: totals.magnets.best_g / 1000, sd: totals.magnets.sd_g / 1000 };
  const shared = pullingShare(
    units.flatMap((unit) => {
      const parts = "parts" in unit ? unit.parts : PRIORS.get(unit.prior_class)?.parts;
      return parts ? [{ count: unit.count, parts }] : [];
    }),
  );
  const mass_kg = massAfter(drawnMass_kg, shared, input.mass_evidence);
  const drawn = new Map(
    names.map((name, i) => [name, summaryOf(columns[i] ?? [], lot.elements_g.get(name))] as const),
  );
  const whole = kept.map((d) => (100 * (lot.total_ree_g[d] ?? 0)) / (lot.magnets_g[d] ?? 1));
  drawn.set(TOTAL_REE, summaryOf(whole, lot.total_ree_g));
  return {
    state: { mean, covariance },
    names,
    mass_kg,
    skewed: true,
    drawn,
    not_counted: totals.not_counted,
    grade: totals.evidence,
  };
}

const summaryOf = (wt_pct: readonly number[], grams: Float64Array | undefined) => ({
  wt_pct: summarise(Float64Array.from(wt_pct)),
  grams: summarise(grams ?? new Float64Array(1)),
});

function posterior(
  start: Start,
  state: GaussianState,
  unmoved: boolean,
): Pick<LotInference, "magnet_mass_kg" | "wt_pct" | "grams"> {
  const wt_pct: Record<string, Estimate & { sd: number }> = {};
  const grams: Record<string, Estimate> = {};
  const put = (name: string, of: readonly number[]): void => {
    const { mean, variance } = withSum(state, of);
    const sd = Math.sqrt(Math.max(0, variance));
    const before = unmoved ? start.drawn.get(name) : undefined;
    if (before) {
      wt_pct[name] = before.wt_pct;
      const { best, lo90, hi90 } = before.grams;
      grams[name] = { best, lo90, hi90 };
      return;
    }
    const { best, lo90, hi90 } = interval(mean, sd, start.skewed);
    wt_pct[name] = { best, lo90, hi90: Math.min(100, hi90), sd };
    const { best: kg, sd: kg_sd } = start.mass_kg;
    grams[name] = interval(
      10 * kg * mean,
      10 * Math.sqrt((kg * sd) ** 2 + (mean * kg_sd) ** 2 + (sd * kg_sd) ** 2),
      start.skewed,
    );
  };
  for (const [i, name] of start.names.entries()) put(name, [i]);
  if (start.skewed) put(TOTAL_REE, indices(start, TOTAL_REE));
  return { magnet_mass_kg: interval(start.mass_kg.best, start.mass_kg.sd, start.skewed), wt_pct, grams };
}

/** Central 90 %: of a normal, or of the log-normal with the same mean and spread where masses multiply. */
function interval(best: number, sd: number, skewed: boolean): Estimate {
  if (!skewed || !(best > 0)) return { best, lo90: Math.max(0, best - K_90 * sd), hi90: best + K_90 * sd };
  const logVar = Math.log(1 + (sd / best) ** 2);
  const centre = Math.log(best) - logVar / 2;
  return {
    best,
    lo90: Math.exp(centre - K_90 * Math.sqrt(logVar)),
    hi90: Math.exp(centre + K_90 * Math.sqrt(logVar)),
  };
}
