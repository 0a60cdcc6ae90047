import type { Network, Start } from "./network.ts";
import { runNetwork } from "./network.ts";
import type { Choice, Plant } from "./problem.ts";
import type { DesignRequest } from "./read-design.ts";

/** One plant as it might be: what is not known exactly, drawn once. */
export interface Draw {
  readonly plant: Plant;
  /** How far each cause is from its best value, in its own standard uncertainties. */
  readonly causes: Readonly<Record<string, number>>;
}

export interface DrawnResult {
  readonly causes: Readonly<Record<string, number>>;
  /** By product; undefined where the plant has no steady cycle. */
  readonly yields: Readonly<Record<string, number>> | undefined;
}

/** All that one drawn plant needs to be simulated; plain data, so that it can be handed to another thread. */
export interface SampleJob {
  readonly plant: Plant;
  readonly causes: Readonly<Record<string, number>>;
  readonly choice: Choice;
  readonly zones: 1 | 2;
  readonly recycle: boolean;
  readonly swallowed_max: number;
  readonly cells: number;
  readonly start: Start;
}

/** Tolerance of a drawn plant's steady cycle: a yield is read to a few parts in ten thousand. */
const TOLERANCE = 1e-2;
/** A drawn plant that does not repeat itself within so many cycles has, for its operators, no steady cycle. */
const ROUNDS_MAX = 7;

export function runSample(job: SampleJob): DrawnResult {
  const { plant, causes, choice, zones, recycle, swallowed_max, cells, start } = job;
  const network = runNetwork(plant, {
    choice,
    zones,
    recycle,
    swallowed_max,
    start,
    grid: { cells, estimated: false },
    tolerance: TOLERANCE,
    rounds_max: ROUNDS_MAX,
  });
  return { causes, yields: network.ok ? yieldsOf(plant, network.value) : undefined };
}

/** Of what leaves the plant, the part that leaves in its own product: right even while the cycle still settles. */
const yieldsOf = (plant: Plant, network: Network): Record<string, number> =>
  Object.fromEntries(
    plant.species
      .filter((s) => s.specification)
      .map(({ name }) => {
        const leaves = Object.values(network.products).reduce((sum, held) => sum + (held[name] ?? 0), 0);
        const whole = leaves + (network.lost[name] ?? 0);
        return [name, whole > 0 ? (network.products[name]?.[name] ?? 0) / whole : 0];
      }),
  );

/** Small, fast and seeded: mulberry32 (T. Ettinger, public domain), good enough for a few thousand draws. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal deviates by Box and Muller, Ann. Math. Stat. 29 (1958) 610. */
export function normals(seed: number): () => number {
  const next = dice(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Draws plants: feed fractions (kept adding up to one), affinities, capacity and pore diffusivity, each on its own. */
export function drawPlants(plant: Plant, request: DesignRequest): Draw[] {
  const doubt = request.doubt;
  if (!doubt) return [];
  const normal = normals(request.seed);
  return Array.from({ length: doubt.samples }, () => {
    const causes: Record<string, number> = {};
    const deviate = (cause: string, sd: number): number => {
      if (!(sd > 0)) return 0;
      causes[cause] = normal();
      return causes[cause] * sd;
    };
    const species = plant.species.map((s) => ({
      ...s,
      mole_fraction: Math.max(
        0.05 * s.mole_fraction,
        s.mole_fraction + deviate(`feed ${s.name}`, request.feed.sd?.[s.name] ?? 0),
      ),
      affinity:
        s.affinity * Math.exp(deviate(`affinity ${s.name}`, request.affinities_sd_log?.[s.name] ?? 0)),
    }));
    const whole = species.reduce((sum, s) => sum + s.mole_fraction, 0);
    const capacity = 1 + deviate("capacity", doubt.capacity_sd_fraction);
    const pores = Math.exp(deviate("pore diffusivity", doubt.pore_diffusivity_sd_log));
    return {
      causes,
      plant: {
        ...plant,
        species: species
          .map((s) => ({ ...s, mole_fraction: s.mole_fraction / whole }))
          .sort((a, b) => a.affinity - b.affinity),
        bed: {
          ...plant.bed,
          capacity_mol_per_m3_bed: plant.bed.capacity_mol_per_m3_bed * Math.max(0.2, capacity),
        },
        fluid: { ...plant.fluid, pore_diffusivity_m2_per_s: plant.fluid.pore_diffusivity_m2_per_s * pores },
      },
    };
  });
}

export interface ProductDoubt {
  /** Share of the drawn plants that make it to specification at the yield asked, its cuts following the analysis. */
  readonly probability_meets: number;
  readonly probability_se: number;
  readonly yield_p05: number;
  readonly yield_p50: number;
  /** Share of the scatter of its yield that goes with each cause, the largest first. */
  readonly causes: readonly { readonly cause: string; readonly share: number }[];
}

/** What the drawn plants say of each product. A plant without a steady cycle makes nothing. */
export function doubtOf(
  results: readonly DrawnResult[],
  given: { readonly products: readonly string[]; readonly yield_min: number },
): Record<string, ProductDoubt> {
  return Object.fromEntries(
    given.products.map((name) => {
      const yields = results.map((r) => r.yields?.[name] ?? 0);
      const sorted = yields.toSorted((a, b) => a - b);
      const p = yields.filter((y) => y >= given.yield_min).length / yields.length;
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      return [
        name,
        {
          probability_meets: p,
          probability_se: Math.sqrt((p * (1 - p)) / yields.length),
          yield_p05: at(0.05),
          yield_p50: at(0.5),
          causes: sharesOf(results, yields),
        },
      ];
    }),
  );
}

/** Squared rank correlations of independent causes, made to add up to one. */
function sharesOf(results: readonly DrawnResult[], yields: readonly number[]) {
  const names = Object.keys(results[0]?.causes ?? {});
  const target = ranks(yields);
  const squares = names.map((cause) => {
    const r = correlation(ranks(results.map((result) => result.causes[cause] ?? 0)), target);
    return { cause, square: r * r };
  });
  const sum = squares.reduce((total, s) => total + s.square, 0);
  return squares
    .map(({ cause, square }) => ({ cause, share: sum > 0 ? square / sum : 0 }))
    .sort((a, b) => b.share - a.share);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const rank = new Array<number>(values.length).fill(0);
  order.forEach((i, k) => {
    rank[i] = k;
  });
  return rank;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((x, y) => x + y, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((value, i) => {
    ab += (value - ma) * (b[i]! - mb);
    aa += (value - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
