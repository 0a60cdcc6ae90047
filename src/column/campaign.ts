import { done, type Result } from "../quantity/index.ts";
import { type Design, type DesignInput, designZone } from "./design.ts";
import { type ColumnRefusal, readSimulation, type SimulationInput } from "./read.ts";
import { type SimulationResult, simulate } from "./simulate.ts";

export interface CampaignInput extends DesignInput {
  readonly presaturant: { readonly name: string; readonly affinity: number };
  readonly displacer: { readonly name: string; readonly affinity: number };
  /** L1 error asked of every simulation. */
  readonly error_l1_max: number;
}

export interface ColumnRun {
  readonly column: string;
  readonly feed: Readonly<Record<string, number>>;
  readonly length_m: number;
  readonly loading_fraction: number;
  readonly load_s: number;
  readonly end_s: number;
  readonly cuts: readonly {
    readonly species: string;
    readonly from_s: number;
    readonly to_s: number;
    readonly purity: number;
    readonly yield: number;
    readonly impurities_ppm: Readonly<Record<string, number>>;
  }[];
  readonly chromatogram: {
    readonly time_s: readonly number[];
    readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
  };
  readonly balance_error: number;
  readonly error_l1_estimate: number;
}

export interface CampaignResult {
  readonly design: Design;
  readonly columns: readonly ColumnRun[];
  /** Over all columns: share of what was fed that ends in its product, and the product's mean purity over all products. */
  readonly products: Readonly<
    Record<string, { readonly yield_fraction: number; readonly purity_fraction: number }>
  >;
  /** What is in no product, to be recycled, as share of what was fed. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Largest relative balance error of any column, and of all products and rejects against the feed. */
  readonly balance_error: number;
  readonly mol_per_m2_cycle: number;
  readonly cycle_s: number;
}

/** Points of a chromatogram that are kept for showing. */
const SHOWN = 900;
/** The wide band of zone I is cut this much tighter than its purity asks, so that the minor elements stay out of it. */
const TIGHTER = 30;
const TIGHTEST = 0.9999;

/**
 * Simulates a two-zone campaign: zone I gives the widest band pure; what leaves before it and after it goes to a column of its
 * own each, loaded as its hardest pair allows. Products of the same element are pooled. Nothing is recycled.
 */
export function runCampaign(input: CampaignInput): Result<CampaignResult, ColumnRefusal> {
  const design = designZone(input);
  if (!design.ok) return design;
  const widest = input.products.reduce((a, b) => (b.mole_fraction > a.mole_fraction ? b : a));
  const fractions = Object.fromEntries(input.products.map((p) => [p.name, p.mole_fraction]));
  const tight = Math.max(widest.purity_min, Math.min(TIGHTEST, 1 - (1 - widest.purity_min) / TIGHTER));
  const first = runColumn(input, {
    column: "zone I",
    feed: fractions,
    loading: design.value.loading_fraction,
    cuts: { [widest.name]: tight },
  });
  if (!first.ok) return first;
  const main = first.value.run.cuts[0];
  const runs: ColumnRun[] = [first.value.run];
  const loaded = design.value.loading_fraction * input.length_m * input.bed.capacity_mol_per_m3_bed;
  const products = new Map<string, { mine: number; all: number }>();
  collect(products, first.value.run, { fed: loaded });
  const parts = main ? first.value.mixed(main.from_s, main.to_s) : [fractions, {}];
  for (const [i, part] of parts.entries()) {
    const run = polish(input, { column: i === 0 ? "zone II, front" : "zone II, rear", part });
    if (!run.ok) return run;
    if (!run.value) continue;
    runs.push(run.value.run);
    collect(products, run.value.run, { fed: run.value.moles * loaded });
  }
  return done(summary(input, { design: design.value, runs, products, loaded }));
}

/** Simulates the column for a mixed cut; `part` is in shares of what zone I was fed. */
function polish(
  input: CampaignInput,
  given: { column: string; part: Readonly<Record<string, number>> },
): Result<{ run: ColumnRun; moles: number } | undefined, ColumnRefusal> {
  const moles = Object.values(given.part).reduce((a, b) => a + b, 0);
  const present = input.products.filter((p) => (given.part[p.name] ?? 0) / moles > 1e-5);
  if (moles < 1e-6 || present.length < 2) return done(undefined);
  const feed = Object.fromEntries(present.map((p) => [p.name, (given.part[p.name] ?? 0) / moles]));
  const zone = designZone({
    ...input,
    products: present.map((p) => ({ ...p, mole_fraction: feed[p.name] ?? 0 })),
  });
  if (!zone.ok) return zone;
  const cuts = Object.fromEntries(present.map((p) => [p.name, p.purity_min]));
  const run = runColumn(input, {
    column: given.column,
    feed,
    loading: Math.min(0.6, zone.value.loading_fraction),
    cuts,
  });
  return run.ok ? done({ run: run.value.run, moles }) : run;
}

function collect(
  products: Map<string, { mine: number; all: number }>,
  run: ColumnRun,
  { fed }: { fed: number },
): void {
  for (const cut of run.cuts) {
    const mine = cut.yield * (run.feed[cut.species] ?? 0) * fed;
    const into = products.get(cut.species) ?? { mine: 0, all: 0 };
    products.set(cut.species, {
      mine: into.mine + mine,
      all: into.all + (cut.purity > 0 ? mine / cut.purity : 0),
    });
  }
}

function summary(
  input: CampaignInput,
  given: {
    design: Design;
    runs: readonly ColumnRun[];
    products: ReadonlyMap<string, { mine: number; all: number }>;
    loaded: number;
  },
): CampaignResult {
  const { design, runs, products, loaded } = given;
  const result: Record<string, CampaignResult["products"][string]> = {};
  const rejected: Record<string, number> = {};
  for (const { name, mole_fraction } of input.products) {
    const got = products.get(name) ?? { mine: 0, all: 0 };
    const yield_fraction = got.mine / (mole_fraction * loaded);
    result[name] = { yield_fraction, purity_fraction: got.all > 0 ? got.mine / got.all : 0 };
    rejected[name] = 1 - yield_fraction;
  }
  return {
    design,
    columns: runs,
    products: result,
    rejected,
    balance_error: Math.max(...runs.map((r) => r.balance_error)),
    mol_per_m2_cycle: loaded,
    cycle_s: runs[0]?.end_s ?? 0,
  };
}

interface Ran {
  readonly run: ColumnRun;
  /** What of each product leaves before and after a window, as shares of all that was fed. */
  readonly mixed: (from_s: number, to_s: number) => Record<string, number>[];
}

function runColumn(
  input: CampaignInput,
  given: {
    readonly column: string;
    readonly feed: Readonly<Record<string, number>>;
    readonly loading: number;
    readonly cuts: Readonly<Record<string, number>>;
  },
): Result<Ran, ColumnRefusal> {
  const { feed, loading, column } = given;
  const loaded = loading * input.length_m * input.bed.capacity_mol_per_m3_bed;
  const load_s = loaded / (input.superficial_m_per_s * input.normality_mol_per_m3);
  // The train has left once the displacer, let in after the load, has filled bed and pores; a tenth more lets its tail out.
  const filled = input.length_m * (input.bed.capacity_mol_per_m3_bed / input.normality_mol_per_m3 + 1);
  const end_s = load_s + (1.1 * filled) / input.superficial_m_per_s;
  const json = simulationOf(input, { column, feed, load_s, end_s, cuts: given.cuts });
  const read = readSimulation(json);
  if (!read.ok) return read;
  const simulated = simulate(read.value);
  if (!simulated.ok) return simulated;
  const { outlet, cuts, balance, numerics } = simulated.value;
  const step = Math.max(1, Math.floor(outlet.time_s.length / SHOWN));
  const thin = (list: readonly number[]) => list.filter((_, i) => i % step === 0);
  const run: ColumnRun = {
    column,
    feed,
    length_m: input.length_m,
    loading_fraction: loading,
    load_s,
    end_s,
    cuts: cuts.flatMap((c) =>
      c.from_s === null || c.to_s === null || c.purity === null
        ? []
        : [{ ...c, from_s: c.from_s, to_s: c.to_s, purity: c.purity }],
    ),
    chromatogram: {
      time_s: thin(outlet.time_s),
      mol_per_m3: Object.fromEntries(Object.entries(outlet.mol_per_m3).map(([name, c]) => [name, thin(c)])),
    },
    balance_error: Math.max(...Object.values(balance).map((b) => Math.abs(b.relative_error))),
    error_l1_estimate: numerics.error_l1_estimate,
  };
  return done({ run, mixed: (from_s, to_s) => mixedParts(simulated.value, { feed, from_s, to_s }) });
}

function simulationOf(
  input: CampaignInput,
  given: {
    column: string;
    feed: Readonly<Record<string, number>>;
    load_s: number;
    end_s: number;
    cuts: Readonly<Record<string, number>>;
  },
): SimulationInput {
  const products = input.products.filter((p) => (given.feed[p.name] ?? 0) > 0);
  const N = input.normality_mol_per_m3;
  return {
    id: given.column,
    model: "film",
    bed: { length_m: input.length_m, ...input.bed },
    flow: { superficial_velocity_m_per_s: input.superficial_m_per_s },
    transport: {
      axial_dispersion_m2_per_s: input.dispersion_m2_per_s,
      film_coefficient_m_per_s: input.film_coefficient_m_per_s,
    },
    species: [
      { ...input.presaturant, role: "presaturant" },
      ...products.map((p) => ({ name: p.name, role: "product" as const, affinity: p.affinity })),
      { ...input.displacer, role: "displacer" },
    ],
    initial_mol_per_m3: { [input.presaturant.name]: N },
    inlet: [
      {
        until_s: given.load_s,
        mol_per_m3: Object.fromEntries(products.map((p) => [p.name, (given.feed[p.name] ?? 0) * N])),
      },
      { until_s: given.end_s, mol_per_m3: { [input.displacer.name]: N } },
    ],
    ask: {
      outlet_times_s: { from: 0, to: given.end_s, step: given.end_s / 4000 },
      error_l1_max: input.error_l1_max,
      cuts: Object.entries(given.cuts).map(([species, purity_min]) => ({ species, purity_min })),
    },
  };
}

/** Integrates the outlet before and after a window by the trapezium, scaled so that the whole is exactly what was fed. */
function mixedParts(
  result: SimulationResult,
  given: { feed: Readonly<Record<string, number>>; from_s: number; to_s: number },
): Record<string, number>[] {
  const { time_s, mol_per_m3 } = result.outlet;
  const before: Record<string, number> = {};
  const after: Record<string, number> = {};
  for (const [name, share] of Object.entries(given.feed)) {
    const c = mol_per_m3[name] ?? [];
    let [all, early, late] = [0, 0, 0];
    for (let i = 1; i < time_s.length; i++) {
      const area = (((c[i] ?? 0) + (c[i - 1] ?? 0)) / 2) * ((time_s[i] ?? 0) - (time_s[i - 1] ?? 0));
      const middle = ((time_s[i] ?? 0) + (time_s[i - 1] ?? 0)) / 2;
      all += area;
      if (middle < given.from_s) early += area;
      else if (middle > given.to_s) late += area;
    }
    before[name] = all > 0 ? (share * early) / all : 0;
    after[name] = all > 0 ? (share * late) / all : 0;
  }
  return [before, after];
}
