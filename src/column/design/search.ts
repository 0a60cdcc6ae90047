import { designZone } from "../campaign/design.ts";
import { type Economy, economyOf } from "./economy.ts";
import { modelSearch } from "./model-search.ts";
import { type Network, type NetworkAsked, type Ran, runNetwork, type Start } from "./network.ts";
import type { Seen } from "./pareto.ts";
import type { Choice, Plant } from "./problem.ts";
import { transportOf } from "./run-column.ts";

export interface SearchAsked {
  /** Of every column; searched within the bounds where it is left open. */
  readonly length_m: number | undefined;
  readonly length_bounds_m: readonly [number, number];
  readonly zones: 1 | 2;
  readonly recycle: boolean;
  readonly swallowed_max: number;
  readonly yield_min: number;
  readonly pressure_Pa_max: number;
  /** Kept as given instead of searched. */
  readonly fixed: { readonly superficial_m_per_s?: number | undefined };
  /** How much weight productivity has against ligand: 1 for productivity alone. */
  readonly weight: number;
  /** Moves the start, in units of the first steps; nought for the closed form's own. */
  readonly shift: readonly number[];
  readonly evaluations: number;
  /** Is shown every plant that works. */
  readonly see?: (seen: Seen) => void;
}

export interface Searched {
  readonly choice: Choice;
  readonly evaluations: number;
  readonly score: number;
  readonly start: Start;
  readonly network: Network;
}

/** Cells while searching: four for ten transfer units of the bed, enough for fronts to a few percent. */
const CELLS_PER_UNIT = 0.4;
const SEARCH_CELLS = [160, 240] as const;
/** Tolerance of the recycle while searching, over the load of the column: it moves productivity by a part in a thousand. */
const SEARCH_TOLERANCE = 1e-3;
/** A plant that needs more cycles than this to repeat itself is no candidate. */
const SEARCH_ROUNDS = 12;
/** The search ends when it may move no farther than this part of the first steps, or hopes for less than this of ln productivity. */
const SMALL = 0.2;
const GAIN = 2e-4;
const LOADING_MAX = 0.95;
/** Longest time of a cycle of the closed form's scan of velocities that is looked at, in s: two weeks. */
const CYCLE_MAX_S = 14 * 86_400;
/** Reynolds and Wilson-Geankoplis hold up to velocities of this order in beds of fine resin, m/s. */
const VELOCITY_MAX = 1e-2;
const SCAN = 40;

const logit = (p: number) => Math.log(p / (1 - p));
const share = (x: number) => LOADING_MAX / (1 + Math.exp(-x));
const unshare = (loading: number) => logit(Math.min(0.99, loading / LOADING_MAX));

/**
 * The velocity, loadings and, where it is left open, bed length of most product per bed and day that keep yields and pressure:
 * closed-form start, then a model search on simulated plants in their steady cycle. The simulations are coarse; what is found
 * is simulated finely afterwards.
 */
export function search(plant: Plant, asked: SearchAsked): Searched | undefined {
  const begin = closedFormStart(plant, asked);
  const remembered = new Map<string, Ran>();
  let start: Start = {};
  let found: Omit<Searched, "evaluations"> | undefined;
  // A longer bed is run faster in proportion: the time a train takes is what matters first, and its length second.
  const choiceAt = (x: readonly number[]): Choice => {
    const length_m = asked.length_m ?? within(asked.length_bounds_m, Math.exp(x[3]!));
    return {
      length_m,
      superficial_m_per_s:
        asked.fixed.superficial_m_per_s ??
        Math.min((Math.exp(x[0]!) * length_m) / begin.length_m, fastest(plant, asked, length_m)),
      loading: { first: share(x[1]!), rear: share(x[2]!), front: begin.front },
    };
  };
  // One number of cells for the whole search, whatever its start: a jump of the grid would look like a gain.
  const cells = coarseCells(plant, { superficial_m_per_s: begin.velocity, length_m: begin.length_m });
  const value = (x: readonly number[]): number => {
    const choice = choiceAt(x);
    const network = runNetwork(plant, { ...coarsely(asked, { choice, start, cells }), remembered });
    // No steady cycle: slower and lighter is the way out.
    if (!network.ok) return 5 + 0.1 * (x[0]! + x[1]! + x[2]!);
    // Where zone I cuts nothing the columns behind it do all the work: another plant than the one asked for.
    if (network.value.stages[0]?.ran.cuts.length === 0) return 4.5 + 0.1 * (x[0]! + x[1]! + x[2]!);
    start = loadsOf(network.value);
    const economy = economyOf(plant, choice, network.value);
    const score = scoreOf(asked, economy);
    asked.see?.({ choice, swallowed_max: asked.swallowed_max, economy, start });
    if (score < 0 && (!found || score < found.score))
      found = { choice, score, start, network: network.value };
    return score;
  };
  const own = [begin.velocity, begin.first, begin.rear, begin.length_m].map((v, k) =>
    k === 1 || k === 2 ? unshare(v) : Math.log(v),
  );
  let x0 = own.map((v, k) => v + (asked.shift[k] ?? 0) * STEPS[k]!);
  for (let step = 0; step < EASINGS && value(x0) > 0; step++) {
    own[0] = own[0]! - SLOWER;
    x0 = x0.map((v, k) => v + HOMEWARD * (own[k]! - v));
  }
  // With one zone there is no rear column, and what is given is kept.
  const free = [
    asked.fixed.superficial_m_per_s === undefined,
    true,
    asked.zones === 2,
    asked.length_m === undefined,
  ];
  const least = modelSearch(value, {
    start: x0,
    step: STEPS.map((size, k) => (free[k] ? size : 0)),
    evaluations: asked.evaluations,
    small: SMALL,
    gain: GAIN,
    useless: 0,
  });
  return found ? { ...found, evaluations: least.evaluations } : undefined;
}

/** First steps of the search, in the logarithm of velocity, the logit of loadings, and the logarithm of length. */
const STEPS = [0.3, 0.3, 0.4, 0.4];
/**
 * A start without a steady cycle is moved towards the closed form's loads, and slower: bands shorter than their boundary zones
 * are cured by time, not by loading less.
 */
const SLOWER = 0.25;
const HOMEWARD = 0.5;
const EASINGS = 10;

const within = ([least, most]: readonly [number, number], value: number): number =>
  Math.min(most, Math.max(least, value));

/** The velocity at which the bed takes all the pressure there is; the laminar law is linear in it. */
const fastest = (plant: Plant, asked: Pick<SearchAsked, "pressure_Pa_max">, length_m: number): number =>
  Math.min(VELOCITY_MAX, asked.pressure_Pa_max / (transportOf(plant, 1).pressure_Pa_per_m * length_m));

/** What the search simulates: coarse, its steady cycle only as good as the comparison needs. */
export const coarsely = (
  asked: Pick<SearchAsked, "zones" | "recycle" | "swallowed_max">,
  given: { readonly choice: Choice; readonly start: Start; readonly cells: number },
): NetworkAsked => ({
  choice: given.choice,
  start: given.start,
  zones: asked.zones,
  recycle: asked.recycle,
  swallowed_max: asked.swallowed_max,
  grid: { cells: given.cells, estimated: false },
  tolerance: SEARCH_TOLERANCE,
  rounds_max: SEARCH_ROUNDS,
});

export function coarseCells(plant: Plant, choice: Pick<Choice, "superficial_m_per_s" | "length_m">): number {
  const design = closedForm(plant, choice);
  const units = design.ok ? choice.length_m / design.value.htu_m : SEARCH_CELLS[1];
  return Math.round(Math.min(SEARCH_CELLS[1], Math.max(SEARCH_CELLS[0], CELLS_PER_UNIT * units)));
}

/** The steady load of each column, to start a similar plant from. */
export const loadsOf = (network: Network): Start =>
  Object.fromEntries(
    network.stages
      .filter((stage) => stage.name !== "zone I" || stage.cycles > 1)
      .map((stage) => [
        stage.name,
        {
          load: Object.fromEntries(
            Object.entries(stage.ran.feed).map(([name, part]) => [name, part * stage.loaded]),
          ),
        },
      ]),
  );

/** Less is better: minus the logarithm of what is made, and a price on every point of yield that is missing. */
function scoreOf(asked: SearchAsked, economy: Economy): number {
  const missing = Object.values(economy.yields).reduce((sum, y) => sum + Math.max(0, asked.yield_min - y), 0);
  if (!(economy.total_kg_per_m3_bed_day > 0)) return 4;
  // Shifted so that any plant that works scores below nought, and any that does not above.
  const made = Math.log(economy.total_kg_per_m3_bed_day);
  const spared = -Math.log(economy.ligand_mol_per_mol);
  return -20 - asked.weight * made - (1 - asked.weight) * spared + 30 * missing;
}

/** Velocity by a scan of the closed form, loadings by its recipe; never outside what pressure allows. */
function closedFormStart(plant: Plant, asked: SearchAsked) {
  const loadings = { first: 0.2, front: 0.5, rear: 0.2 };
  const widest = plant.species.reduce((a, b) => (b.mole_fraction > a.mole_fraction ? b : a));
  const at = plant.species.indexOf(widest);
  const alphas = plant.species.slice(1).map((s, i) => s.affinity / plant.species[i]!.affinity);
  const ideal = (list: readonly number[]) => (list.length === 0 ? 0.5 : 1 - 1 / Math.min(...list));
  // With rejects taken back, columns may be loaded about as the ideal train bears, and more where two mixed cuts meet.
  const much = asked.recycle ? 1 : 0.6;
  loadings.first = 0.9 * much * ideal(alphas);
  loadings.front = Math.min(0.7, 0.75 * ideal(alphas.slice(0, at)));
  loadings.rear = Math.min(0.8, 1.2 * much * ideal(alphas.slice(at)));
  const lengths = asked.length_m === undefined ? lengthsWithin(asked.length_bounds_m) : [asked.length_m];
  let best = { velocity: 1e-4, length_m: lengths[0]!, made: 0 };
  for (const length_m of lengths) {
    for (let k = 0; k < SCAN; k++) {
      const velocity = asked.fixed.superficial_m_per_s ?? 1e-6 * 10 ** ((4 * k) / (SCAN - 1));
      const made =
        velocity > fastest(plant, asked, length_m) ? 0 : closedFormMade(plant, { velocity, length_m });
      if (made > best.made) best = { velocity, length_m, made };
    }
  }
  return { ...loadings, ...best, velocity: asked.fixed.superficial_m_per_s ?? best.velocity };
}

const LENGTHS = 9;
const lengthsWithin = ([least, most]: readonly [number, number]): number[] =>
  Array.from({ length: LENGTHS }, (_, k) => least * (most / least) ** (k / (LENGTHS - 1)));

/** What zone I should make of its widest band per bed volume and second, by the closed form; nought where it does not hold. */
function closedFormMade(
  plant: Plant,
  given: { readonly velocity: number; readonly length_m: number },
): number {
  const design = closedForm(plant, { superficial_m_per_s: given.velocity, length_m: given.length_m });
  if (!design.ok || design.value.cycle_s > CYCLE_MAX_S) return 0;
  const yields = Object.values(design.value.predicted).map((p) => p.yield_fraction ?? 0);
  const idle_s = plant.time.regeneration_s + (plant.time.wash_bed_volumes * given.length_m) / given.velocity;
  return (Math.max(...yields) ** 2 * design.value.loading_fraction) / (design.value.cycle_s + idle_s);
}

/** The closed form for a plant as it stands. */
export function closedForm(
  plant: Plant,
  given: { readonly superficial_m_per_s: number; readonly length_m: number },
) {
  const { dispersion_m2_per_s, film_coefficient_m_per_s } = transportOf(plant, given.superficial_m_per_s);
  return designZone({
    products: plant.species.map((s) => ({
      name: s.name,
      mole_fraction: s.mole_fraction,
      affinity: s.affinity,
      purity_min: s.specification?.purity_min ?? 0.9,
    })),
    ...given,
    normality_mol_per_m3: plant.normality_mol_per_m3,
    bed: plant.bed,
    dispersion_m2_per_s,
    film_coefficient_m_per_s,
    viscosity_Pa_s: plant.fluid.viscosity_Pa_s,
    density_kg_per_m3: plant.fluid.density_kg_per_m3,
  });
}
