import { done, type Result, refuse } from "../quantity/index.ts";
import { bestCut, type CutResult, collectCut, type Outflow } from "./cuts.ts";
import { type KernelResult, runKernel } from "./kernel.ts";
import { type ColumnRefusal, lag, type Simulation } from "./read.ts";

export interface SimulationResult {
  readonly outlet: {
    readonly time_s: readonly number[];
    readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
  };
  readonly cuts: readonly {
    readonly species: string;
    readonly from_s: number | null;
    readonly to_s: number | null;
    readonly purity: number | null;
    readonly yield: number;
    readonly impurities_ppm: Readonly<Record<string, number>>;
    readonly refused?: string;
  }[];
  readonly balance: Readonly<
    Record<
      string,
      {
        readonly initial: number;
        readonly fed: number;
        readonly out: number;
        readonly held: number;
        readonly relative_error: number;
      }
    >
  >;
  readonly bounds: { readonly min_over_normality: number; readonly max_over_normality: number };
  readonly numerics: { readonly cells: number; readonly steps: number; readonly error_l1_estimate: number };
}

/** Trust in a result ends here: balance as in SPEC K2, bounds as in K3. */
const BALANCE_MAX = 1e-8;
const BOUNDS_SLACK = 1e-4;
const DEFAULT_ERROR = 0.01;
const CELLS = { least: 60, most: 12_000 };
/** Work of one run, cells times steps: about a minute on one core. */
const WORK_MAX = 6e8;

/** Simulates at the cells asked for, or at as many as the accuracy asked for takes (K4). */
export function simulate(sim: Simulation): Result<SimulationResult, ColumnRefusal> {
  const { cells, error_l1_max } = sim.input.ask;
  if (cells !== undefined) return checked(sim, runPair(sim, cells));
  const wanted = error_l1_max ?? DEFAULT_ERROR;
  let trying = firstGrid(sim);
  for (let round = 0; round < 6; round++) {
    if (trying > CELLS.most || workOf(sim, trying) > WORK_MAX) break;
    const pair = runPair(sim, trying);
    if (pair.error <= wanted) return checked(sim, pair);
    trying = Math.ceil(trying * Math.min(3, Math.max(1.25, 1.15 * Math.sqrt(pair.error / wanted))));
  }
  return refuse(
    "accuracy_not_reached",
    "ask.error_l1_max",
    `an error of ${wanted} would take more than ${CELLS.most} cells or too long; ask for less`,
    { asked: wanted },
  );
}

/** One cell a stage of the bed's own height is where the scheme's error is all physics; half of it is a fair start. */
function firstGrid(sim: Simulation): number {
  const behind = lagOf(sim);
  const height = sim.htu_m + sim.dispersion_m2_per_s / behind;
  const natural = height > 0 ? sim.input.bed.length_m / (2 * height) : 400;
  return Math.round(Math.min(1500, Math.max(CELLS.least * 2, natural)));
}

const lagOf = (sim: Simulation): number =>
  lag({
    u: sim.interstitial_m_per_s,
    capacity: sim.input.bed.capacity_mol_per_m3_bed,
    porosity: sim.void_fraction,
    pores: sim.pore_fraction,
    normality: sim.normality,
  });

const workOf = (sim: Simulation, cells: number): number =>
  (cells * cells * sim.end_s * sim.interstitial_m_per_s) / sim.input.bed.length_m;

interface Pair {
  readonly fine: KernelResult;
  /** L1 error of the fine run, estimated from a run on half the cells. */
  readonly error: number;
}

/** The scheme is between first and second order: half of the difference to half the cells bounds the finer run's own error. */
function runPair(sim: Simulation, cells: number): Pair {
  const fine = runOn(sim, cells);
  const coarse = runOn(sim, Math.max(10, Math.round(cells / 2)));
  const products = sim.input.species.flatMap((s, i) => (s.role === "product" ? [i] : []));
  let difference = 0;
  let size = 0;
  for (const s of products) {
    for (const t of sim.times_s) {
      const c = sampled(fine, s, t);
      difference += Math.abs(c - sampled(coarse, s, t));
      size += Math.abs(c);
    }
  }
  return { fine, error: size > 0 ? difference / size / 2 : 0 };
}

function runOn(sim: Simulation, cells: number): KernelResult {
  const dz = sim.input.bed.length_m / cells;
  const behind = lagOf(sim);
  // A stage is at least half a cell high. What it is higher than the film asks for is taken off the dispersion.
  const surplus = Math.max(0, dz / 2 - sim.htu_m);
  return runKernel({
    cells,
    length_m: sim.input.bed.length_m,
    interstitial_m_per_s: sim.interstitial_m_per_s,
    void_fraction: sim.void_fraction,
    pore_fraction: sim.pore_fraction,
    solid_capacity: sim.input.bed.capacity_mol_per_m3_bed,
    dispersion_m2_per_s: Math.max(0, sim.dispersion_m2_per_s - behind * surplus),
    htu_m: sim.htu_m,
    affinities: sim.affinities,
    initial_liquid: sim.initial_liquid,
    initial_solid: sim.initial_solid,
    inlet: sim.inlet,
    end_s: sim.end_s,
  });
}

/** Outlet at an instant: linear between the middles of the steps. */
function sampled(result: KernelResult, s: number, t: number): number {
  const flow = result.outlet[s] as Float64Array;
  const x = t / result.step_s - 0.5;
  const i = Math.min(result.steps - 2, Math.max(0, Math.floor(x)));
  const left = flow[i] ?? 0;
  const right = flow[i + 1] ?? left;
  return left + (right - left) * Math.min(1, Math.max(0, x - i));
}

function checked(sim: Simulation, { fine, error }: Pair): Result<SimulationResult, ColumnRefusal> {
  const balance: Record<string, SimulationResult["balance"][string]> = {};
  for (const [s, name] of sim.names.entries()) {
    const initial = fine.held_before[s] ?? 0;
    const fed = fine.fed[s] ?? 0;
    const out = fine.out[s] ?? 0;
    const held = fine.held_after[s] ?? 0;
    const entered = initial + fed;
    balance[name] = {
      initial,
      fed,
      out,
      held,
      relative_error: entered > 0 ? (entered - out - held) / entered : 0,
    };
  }
  const bounds = {
    min_over_normality: fine.min_c / sim.normality,
    max_over_normality: fine.max_c / sim.normality,
  };
  const worst = Math.max(...Object.values(balance).map((b) => Math.abs(b.relative_error)));
  const outside = bounds.min_over_normality < -BOUNDS_SLACK || bounds.max_over_normality > 1 + BOUNDS_SLACK;
  if (!(worst <= BALANCE_MAX) || outside) {
    return refuse(
      "result_not_trusted",
      "numerics",
      "the balance or the bounds of the result do not hold, so it is not given",
      {
        balance_error: worst,
        min_over_normality: bounds.min_over_normality,
        max_over_normality: bounds.max_over_normality,
      },
    );
  }
  return done({
    outlet: {
      time_s: sim.times_s,
      mol_per_m3: Object.fromEntries(
        sim.names.map((name, s) => [name, sim.times_s.map((t) => sampled(fine, s, t))]),
      ),
    },
    cuts: (sim.input.ask.cuts ?? []).map((cut) => cutOf(sim, fine, cut)),
    balance,
    bounds,
    numerics: { cells: fine.cells, steps: fine.steps, error_l1_estimate: error },
  });
}

type AskedCut = NonNullable<Simulation["input"]["ask"]["cuts"]>[number];

function cutOf(sim: Simulation, fine: KernelResult, asked: AskedCut): SimulationResult["cuts"][number] {
  const nothing = {
    species: asked.species,
    from_s: null,
    to_s: null,
    purity: null,
    yield: 0,
    impurities_ppm: {},
  };
  const species = sim.names.indexOf(asked.species);
  if (species < 0) return { ...nothing, refused: `${asked.species} is not among the species` };
  const counted = sim.input.species.flatMap((s, i) =>
    s.role === "product" || s.role === "other" ? [i] : [],
  );
  const flow = outflowOf(sim, fine);
  const of = { species, counted, fed: fine.fed[species] ?? 0 };
  const cut: CutResult | undefined =
    "purity_min" in asked ? bestCut(flow, asked.purity_min, of) : collectCut(flow, asked, of);
  if (!cut) return { ...nothing, refused: "no window of the outlet is as pure as asked" };
  const total = cut.collected.reduce((a, b) => a + b, 0);
  const impurities_ppm = Object.fromEntries(
    counted.flatMap((s, i) =>
      s === species ? [] : [[sim.names[s], total > 0 ? (1e6 * (cut.collected[i] ?? 0)) / total : 0]],
    ),
  );
  return {
    species: asked.species,
    from_s: cut.from_s,
    to_s: cut.to_s,
    purity: cut.purity,
    yield: cut.yield,
    impurities_ppm,
  };
}

/** Amounts per step and m2 of cross-section. */
export function outflowOf(sim: Simulation, result: KernelResult): Outflow {
  const volume = (sim.void_fraction * sim.input.bed.length_m) / result.cells;
  return { step_s: result.step_s, amount: result.outlet.map((flow) => flow.map((c) => c * volume)) };
}
