import { designZone } from "../campaign/design.ts";
import { economyOf } from "./economy.ts";
import { type Network, type NetworkAsked, runNetwork, type Start } from "./network.ts";
import { patternSearch } from "./pattern-search.ts";
import type { Choice, Plant } from "./problem.ts";
import { transportOf } from "./run-column.ts";

export interface SearchAsked {
  readonly length_m: number;
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
const SEARCH_CELLS = [80, 240] as const;
/** Tolerance of the recycle while searching, over the load of the column. */
const SEARCH_TOLERANCE = 5e-3;
/** A plant that needs more cycles than this to repeat itself is no candidate. */
const SEARCH_ROUNDS = 9;
/** The search ends when its steps have become this part of the first ones. */
const SMALL = 0.2;
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
 * The velocity and loadings of most product per bed and day that keep yields and pressure: closed-form start, then a pattern
 * search on simulated plants in their steady cycle. The simulations are coarse; what is found is simulated finely afterwards.
 */
export function search(plant: Plant, asked: SearchAsked): Searched | undefined {
  const begin = closedFormStart(plant, asked);
  let start: Start = {};
  let found:
    | { readonly choice: Choice; readonly score: number; readonly start: Start; readonly network: Network }
    | undefined;
  const choiceAt = (x: readonly number[]): Choice => ({
    length_m: asked.length_m,
    superficial_m_per_s: asked.fixed.superficial_m_per_s ?? Math.exp(x[0]!),
    loading: { first: share(x[1]!), rear: share(x[2]!), front: begin.front },
  });
  const value = (x: readonly number[]): number => {
    const choice = choiceAt(x);
    const pressure = transportOf(plant, choice.superficial_m_per_s).pressure_Pa_per_m * choice.length_m;
    if (pressure > asked.pressure_Pa_max || choice.superficial_m_per_s > VELOCITY_MAX)
      return 10 + pressure / asked.pressure_Pa_max;
    const network = runNetwork(plant, coarsely(plant, asked, { choice, start }));
    // No steady cycle: slower and lighter is the way out.
    if (!network.ok) return 5 + 0.1 * (x[0]! + x[1]! + x[2]!);
    // Where zone I cuts nothing the columns behind it do all the work: another plant than the one asked for.
    if (network.value.stages[0]?.ran.cuts.length === 0) return 4.5 + 0.1 * (x[0]! + x[1]! + x[2]!);
    start = loadsOf(network.value);
    const score = scoreOf(plant, asked, { choice, network: network.value });
    if (score < 0 && (!found || score < found.score))
      found = { choice, score, start, network: network.value };
    return score;
  };
  let x0 = [Math.log(begin.velocity), unshare(begin.first), unshare(begin.rear)].map(
    (v, k) => v + (asked.shift[k] ?? 0) * STEPS[k]!,
  );
  for (let step = 0; step < EASINGS && value(x0) > 0; step++) {
    x0 = x0.map((v, k) => v - (asked.fixed.superficial_m_per_s !== undefined && k === 0 ? 0 : EASING[k]!));
    begin.front *= EASING_FRONT;
  }
  // With one zone there is no rear column, and a velocity that is given is kept.
  const free = [asked.fixed.superficial_m_per_s === undefined, true, asked.zones === 2];
  const step = STEPS.map((size, k) => (free[k] ? size : 0));
  const least = patternSearch(value, { start: x0, step, evaluations: asked.evaluations, small: SMALL });
  return found ? { ...found, evaluations: least.evaluations } : undefined;
}

/** First steps of the search, in the logarithm of velocity and the logit of loadings. */
const STEPS = [0.35, 0.4, 0.4];
/** A start without a steady cycle is eased so, so many times at most, before there is said to be no design. */
const EASING = [0.5, 0.3, 0.3];
const EASING_FRONT = 0.85;
const EASINGS = 8;

/** What the search simulates: coarse, its steady cycle only as good as the comparison needs. */
export const coarsely = (
  plant: Plant,
  asked: Pick<SearchAsked, "zones" | "recycle" | "swallowed_max">,
  given: { readonly choice: Choice; readonly start: Start },
): NetworkAsked => ({
  ...given,
  zones: asked.zones,
  recycle: asked.recycle,
  swallowed_max: asked.swallowed_max,
  grid: { cells: coarseCells(plant, given.choice), estimated: false },
  tolerance: SEARCH_TOLERANCE,
  rounds_max: SEARCH_ROUNDS,
});

export function coarseCells(plant: Plant, choice: Choice): number {
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
function scoreOf(
  plant: Plant,
  asked: SearchAsked,
  given: { readonly choice: Choice; readonly network: Network },
): number {
  const economy = economyOf(plant, given.choice, given.network);
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
  // Half of the ideal loading leaves room for the mass-transfer zones; a mixed cut holds less of its wide band.
  loadings.first = 0.55 * ideal(alphas);
  loadings.front = Math.min(0.7, 0.75 * ideal(alphas.slice(0, at)));
  loadings.rear = 0.6 * ideal(alphas.slice(at));
  let best = { velocity: 1e-4, made: 0 };
  for (let k = 0; k < SCAN; k++) {
    const velocity = 1e-6 * 10 ** ((4 * k) / (SCAN - 1));
    const made = closedFormMade(plant, {
      velocity,
      length_m: asked.length_m,
      pressure_Pa_max: asked.pressure_Pa_max,
    });
    if (made > best.made) best = { velocity, made };
  }
  return { ...loadings, velocity: asked.fixed.superficial_m_per_s ?? best.velocity };
}

/** What zone I should make of its widest band per bed and second, by the closed form; nought where it does not hold. */
function closedFormMade(
  plant: Plant,
  given: { readonly velocity: number; readonly length_m: number; readonly pressure_Pa_max: number },
): number {
  const transport = transportOf(plant, given.velocity);
  if (transport.pressure_Pa_per_m * given.length_m > given.pressure_Pa_max) return 0;
  const design = closedForm(plant, { superficial_m_per_s: given.velocity, length_m: given.length_m });
  if (!design.ok || design.value.cycle_s > CYCLE_MAX_S) return 0;
  const yields = Object.values(design.value.predicted).map((p) => p.yield_fraction ?? 0);
  return (Math.max(...yields) ** 2 * design.value.loading_fraction) / design.value.cycle_s;
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
