import type { Simulation } from "../input/simulation.ts";
import { spreads } from "../kernel/spreading.ts";
import { distance_l1 } from "../outlet/curve.ts";
import { type CutResult, collect, makeCut } from "../outlet/cuts.ts";
import type { Solved } from "./one-grid.ts";

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

/** How far two runs are apart. */
export function rungOf(simulation: Simulation, coarse: Solved, fine: Solved): Rung {
  const { times_s } = simulation;
  const floor = 1e-6 * simulation.normality * times_s.length;
  const phases = phasesOf(simulation);
  const l1 = comparedSpecies(simulation).reduce(
    (most, species) =>
      Math.max(
        most,
        distance_l1(coarse.outlet.curve, fine.outlet.curve, { species, times_s, floor, phases }),
      ),
    0,
  );
  return {
    apart: { l1, ...cutsApart(simulation, coarse, fine) },
    ratio: fine.cells / coarse.cells,
    cells: fine.cells,
  };
}

/**
 * Groups of species whose curves are compared, each over what leaves of it: the products; and all, where no product is in the
 * column or waves spread. A train's other ions are at full strength most of the time and would only hide its products.
 */
function comparedSpecies(simulation: Simulation): readonly (readonly number[])[] {
  const { input, inlet, initial_liquid, initial_solid } = simulation;
  const there = (i: number): boolean =>
    initial_liquid[i]! + initial_solid[i]! > 0 || inlet.some(({ c }) => c[i]! > 0);
  const products = input.species.flatMap(({ role }, i) => (role === "product" && there(i) ? [i] : []));
  const all = simulation.names.map((_, i) => i);
  if (products.length === 0) return [all];
  return spreads(simulation) && simulation.even_cells !== true ? [products, all] : [products];
}

/** Steepness of a constant-pattern front whose neighbours are far apart in affinity: the thinnest there is, 4 HTU. */
const thinnest_htu = 4;
const phases_max = 8;

/** Into how many parts the asked times are divided, so that no front of the train passes between two of them unseen. */
export function phasesOf(simulation: Simulation): number {
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
  const [rough, sharp] = [coarse.outlet, fine.outlet];
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
