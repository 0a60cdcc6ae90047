import type { Simulation } from "../input/simulation.ts";
import { coupledPeclet } from "./field.ts";
import { gradedGrid } from "./grid.ts";
import type { Problem } from "./problem.ts";
import { spreads } from "./spreading.ts";

/** Courant number of the train. Measured: cases A and B cost least per accuracy between 0.05 and 0.1. */
const usual_courant_number = 0.07;
/**
 * A trace falls by a third in a usual step where it is some ten parts in a million, and shorter steps bring more than
 * finer cells; most behind a film. Measured, to 10 % of the impurities at 4N: case B, Nd 1.3 s, with usual steps 5 s; case A, Nd
 * 0.9 s, all three products 6 s, with usual steps 0.7 and 15 s.
 */
const courant_number_for_traces = { film: 0.035, equilibrium: 0.045 };
/** Usual steps that one may be where waves spread and are smooth. Measured on elutions, gradients and cycles: 6 brings no more. */
const smooth_steps_most = 4;
/** Measured on cases A and B: from 1e-9 to 1e-12 the curve moves less than 1e-7 and the time by a tenth. */
const usual_still_fraction = 1e-9;
/** Cells times species solved in one run; about ten seconds of a slow core. */
export const work_max = 2e8;

/** The kernel's problem on a grid of so many cells. */
export function problemOf(simulation: Simulation, cells: number): Problem {
  const { void_fraction: mobile, pore_fraction, normality, exchange_per_s } = simulation;
  const bed = simulation.input.bed;
  const levels = [simulation.initial_liquid, ...simulation.inlet.map(({ c }) => c)].map(total);
  const dispersion_length_m = simulation.dispersion_m2_per_s / simulation.interstitial_m_per_s;
  const spreading = spreads(simulation);
  const even = spreading || simulation.even_cells === true;
  const { size_m, fine_m } = gradedGrid({
    length_m: bed.length_m,
    cells,
    dispersion_length_m: Math.min(dispersion_length_m, bed.length_m),
    refinement: even ? 1 : refinementOf(simulation, dispersion_length_m),
    fine_fraction: fineFraction(simulation.affinities),
  });
  return {
    grid: size_m,
    fine_m,
    affinity: scaled(simulation.affinities),
    mobile_fraction: mobile,
    superficial_m_per_s: simulation.input.flow.superficial_velocity_m_per_s,
    dispersion_m2_per_s: mobile * simulation.dispersion_m2_per_s,
    capacity_mol_per_m3: bed.capacity_mol_per_m3_bed,
    film: exchange_per_s === undefined ? undefined : { exchange_per_s, pore_fraction },
    liquid_mol_per_m3: Float64Array.from(simulation.initial_liquid),
    particle_mol_per_m3: Float64Array.from(
      simulation.initial_solid,
      (solid, i) => solid + pore_fraction * simulation.initial_liquid[i]!,
    ),
    inlet: simulation.inlet.map(({ until_s, c }) => ({ until_s, liquid_mol_per_m3: Float64Array.from(c) })),
    normality_mol_per_m3: normality,
    uneven: levels.some((level) => Math.abs(level - normality) > 1e-9 * normality),
    courant_number: courantNumberOf(simulation),
    stretch_most: spreading && simulation.even_cells !== true ? smooth_steps_most : 1,
    still_fraction: usual_still_fraction,
    work_max,
  };
}

const courantNumberOf = ({ input }: Simulation): number =>
  input.ask?.impurity_tolerance === undefined ? usual_courant_number : courant_number_for_traces[input.model];

/** Measured on cases A and B: twice to four times as fine costs little; eight times costs as much as it brings. */
const refinement_most = 4;
/** Coarse cells up to which the finer ones should stay uncoupled; most accuracies are reached on fewer. */
const uncoupled_cells = 300;
/** A front behind a film is longer than a unit of transfer: cells thinner than this part of it show no more of it. */
const transfer_units_least = 0.5;

/**
 * How much finer the last cells are: the same for every number of cells, so that errors fall evenly from grid to grid.
 * Thin cells are coupled to their neighbours by dispersion and cost more, or show no more of a front that the film makes long.
 */
function refinementOf(simulation: Simulation, dispersion_length_m: number): number {
  const thin_m = Math.max(
    coupledPeclet(simulation.exchange_per_s !== undefined) * dispersion_length_m,
    transfer_units_least * filmLength_m(simulation),
  );
  return Math.max(1, Math.min(refinement_most, simulation.input.bed.length_m / (uncoupled_cells * thin_m)));
}

/** The way of the liquid in the time of one exchange with the particles: the length of a unit of transfer, HTU. */
const filmLength_m = ({ exchange_per_s, input }: Simulation): number =>
  exchange_per_s === undefined ? 0 : input.flow.superficial_velocity_m_per_s / exchange_per_s;

/** A trace left before or behind a front is caught up after so many of its distances, over the separation less one. */
const forgotten = 0.06;
const fine_least = 0.06;
/** A part as long as this needs no coarse cells beside it. */
const fine_most = 0.5;

function fineFraction(affinities: readonly number[]): number {
  const sorted = [...affinities].sort((a, b) => a - b);
  const excess = sorted.map((affinity, k) => affinity / (sorted[k - 1] ?? 0) - 1).filter((e) => e > 0);
  const fraction = Math.max(fine_least, forgotten / Math.min(...excess));
  return fraction > fine_most ? 1 : fraction;
}

const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** Only ratios of affinities count; around one they keep the arithmetic away from its limits. */
function scaled(affinities: readonly number[]): Float64Array {
  const middle = Math.exp(total(affinities.map(Math.log)) / affinities.length);
  return Float64Array.from(affinities, (affinity) => affinity / middle);
}
