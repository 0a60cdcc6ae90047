import { distance_l1 } from "../outlet/curve.ts";
import { type CutContext, type CutResult, collect, makeCut } from "../outlet/cuts.ts";
import type { Simulation } from "../read.ts";
import type { Solved } from "./accuracy.ts";

/** What a run is off by, or two runs are apart: of the outlet (L1), of the cuts asked for, of their impurities. */
export interface Errors {
  readonly l1: number;
  /** Largest of all purities and yields, as fractions; 0 without cuts. */
  readonly cut: number;
  /** Largest of all impurities that count, relative; 0 without cuts. */
  readonly impurity: number;
}

/** Two neighbouring rungs of the ladder of grids. */
export interface Rung {
  readonly apart: Errors;
  /** Cells of the finer over cells of the coarser. */
  readonly ratio: number;
  readonly cells: number;
}

/** What cuts of a run are made from. */
export function contextOf(simulation: Simulation, solved: Solved): CutContext {
  return {
    curve: solved.curve,
    species: simulation.input.species,
    fed_mol_per_m2: solved.march.fed_mol_per_m2,
    from_s: 0,
    to_s: simulation.end_s,
  };
}

/** How far two runs are apart. */
export function rungOf(simulation: Simulation, coarse: Solved, fine: Solved): Rung {
  const products = simulation.input.species.flatMap(({ role }, i) => (role === "product" ? [i] : []));
  const species = products.length > 0 ? products : simulation.names.map((_, i) => i);
  const { times_s } = simulation;
  const floor = 1e-6 * simulation.normality * times_s.length;
  const l1 = distance_l1(coarse.curve, fine.curve, { species, times_s, floor, phases: phasesOf(simulation) });
  return {
    apart: { l1, ...cutsApart(simulation, coarse, fine) },
    ratio: fine.cells / coarse.cells,
    cells: fine.cells,
  };
}

/** Steepness of a constant-pattern front whose neighbours are far apart in affinity: the thinnest there is, 4 HTU. */
const thinnest_htu = 4;
const phases_max = 8;

/** Into how many parts the asked times are divided, so that no front of the train passes between two of them unseen. */
function phasesOf(simulation: Simulation): number {
  const { input, times_s, void_fraction, exchange_per_s, interstitial_m_per_s: speed } = simulation;
  const film_m = exchange_per_s === undefined ? 0 : (speed * void_fraction) / exchange_per_s;
  const front_m = thinnest_htu * (simulation.dispersion_m2_per_s / speed + film_m);
  const storage = void_fraction + simulation.pore_fraction;
  const slowness = storage + input.bed.capacity_mol_per_m3_bed / simulation.normality;
  const front_s = (front_m * slowness) / input.flow.superficial_velocity_m_per_s;
  const gap_s = times_s.reduce((most, time_s, k) => Math.max(most, time_s - (times_s[k - 1] ?? time_s)), 0);
  return gap_s <= front_s / 2
    ? 1
    : Math.min(phases_max, Math.ceil((2 * gap_s) / Math.max(front_s, 1e-9 * gap_s)));
}

/** Impurities below this are beyond what is promised of them, mol per million mol. */
const impurity_least_ppm = 10;

/** The windows chosen on the fine run, read on both; and the yields of each run's own best windows. */
function cutsApart(simulation: Simulation, coarse: Solved, fine: Solved): Omit<Errors, "l1"> {
  let [cut, impurity] = [0, 0];
  const [rough, sharp] = [contextOf(simulation, coarse), contextOf(simulation, fine)];
  for (const asked of simulation.input.ask.cuts ?? []) {
    const chosen = makeCut(sharp, asked);
    if (!("from_s" in asked)) cut = Math.max(cut, Math.abs(makeCut(rough, asked).yield - chosen.yield));
    if (chosen.from_s === null || chosen.to_s === null) continue;
    const seen = collect(rough, asked.species, chosen.from_s, chosen.to_s);
    cut = Math.max(
      cut,
      Math.abs(seen.yield - chosen.yield),
      Math.abs((seen.purity ?? 0) - (chosen.purity ?? 0)),
    );
    impurity = Math.max(impurity, impuritiesApart(seen, chosen));
  }
  return { cut, impurity };
}

function impuritiesApart(seen: CutResult, chosen: CutResult): number {
  let most = 0;
  for (const [name, ppm] of Object.entries(chosen.impurities_ppm)) {
    const apart = Math.abs((seen.impurities_ppm[name] ?? 0) - ppm);
    most = Math.max(most, apart / Math.max(ppm, impurity_least_ppm));
  }
  return most;
}

/**
 * Order of convergence that estimates count on. Measured on a hundred random trains between 44 and 600 cells: half show
 * 1.8 and more, nine in ten 0.9.
 */
const order_counted_on = 1;
/** On cells of one thickness. Measured on cases A and B between 100 and 600 cells: 1.4 to 1.9. */
const order_on_even = 1.35;
/** On fewer cells than this the curves do not yet converge at their order; less is counted on. */
const cells_for_order = 150;
const order_on_few = 0.7;
/** Where asked times are too far apart for the fronts, the order is what two rungs show, from this; before that, less. */
const order_unseen = 0.45;
const order_unseen_least = 0.5;
/** Purities and yields are integrals and converge at the order of the scheme, once they do: what two rungs show of it. */
const orders_of_cuts = [1.1, 2] as const;
const cut_margin = 1.25;
/** Share of the error foreseen from the rung before that the estimate of a cut keeps: signed sums may cross zero. */
const kept_fraction = 0.5;

/** Errors of the finer run of the last rung. */
export function estimateErrors(simulation: Simulation, last: Rung, before?: Rung): Errors {
  const counted = simulation.even_cells ? order_on_even : order_counted_on;
  const usual = last.cells < cells_for_order ? order_on_few : counted;
  const part = (order: number): number => 1 / (last.ratio ** order - 1);
  const ofCut = (which: "cut" | "impurity"): number => {
    if (before === undefined) return cut_margin * last.apart[which] * part(usual);
    const order = shownOrder(before, last, which, orders_of_cuts);
    const foreseen = before.apart[which] / (before.ratio ** order - 1) / last.ratio ** order;
    return cut_margin * Math.max(last.apart[which] * part(order), kept_fraction * foreseen);
  };
  const unseen =
    before === undefined ? order_unseen : shownOrder(before, last, "l1", [order_unseen_least, counted]);
  const l1 = last.apart.l1 * part(phasesOf(simulation) > 1 ? unseen : usual);
  return { l1, cut: ofCut("cut"), impurity: ofCut("impurity") };
}

const bisections = 20;

/**
 * The order that two rungs show, within limits: where errors fall as cells to the power -p, the distances of
 * neighbouring rungs are as (ratio before ** p - 1) to (1 - ratio ** -p), and this grows with p.
 */
function shownOrder(
  before: Rung,
  last: Rung,
  which: keyof Errors,
  [least, most]: readonly [number, number],
): number {
  const shown = before.apart[which] / last.apart[which];
  let [low, high] = [least, most];
  for (let k = 0; k < bisections; k++) {
    const middle = (low + high) / 2;
    if ((before.ratio ** middle - 1) / (1 - last.ratio ** -middle) < shown) low = middle;
    else high = middle;
  }
  return low;
}
