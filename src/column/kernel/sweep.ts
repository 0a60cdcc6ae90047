import { solveDenominator } from "./cell.ts";
import { predictCorrections, type Step } from "./corrections.ts";
import type { Field } from "./field.ts";
import { passes, rounding_fraction } from "./sleep.ts";

/** Buffers of one sweep. */
export interface Sweep {
  readonly field: Field;
  /** Flux into the cell being solved. */
  readonly inflow: Float64Array;
  readonly supply: Float64Array;
  readonly liquidSupply: Float64Array;
  /** Cells solved, counted for the limit of work. */
  solved: number;
}

export const newSweep = (field: Field): Sweep => ({
  field,
  inflow: new Float64Array(field.species),
  supply: new Float64Array(field.species),
  liquidSupply: new Float64Array(field.species),
  solved: 0,
});

/** How much of a cell's own content the corrections of its left face may count on. */
const room_fraction = 0.5;
/** Without corrections a cell may be short by this; what is missing then stays on its books. */
const debt_fraction = 1e-10;

/**
 * Solves the awake cells one after the other, from the inlet to the first that dispersion couples with its neighbour.
 * Each cell is implicit in its own liquid and knows its inflow exactly, so nothing is iterated between cells.
 * A sleeping cell passes on what it receives until that is no longer what it would send.
 *
 * @returns whether every cell could be solved
 */
export function sweepCells(sweep: Sweep, step: Step): boolean {
  const { field, inflow } = sweep;
  const { species, liquidNext, fluxCorrection, flux, firstCoupled, awake } = field;
  const speed = field.problem.superficial_m_per_s;
  for (let i = 0; i < species; i++) inflow[i] = speed * step.inlet_mol_per_m3[i]!;
  let changed = true;
  for (let j = field.low; j < firstCoupled; j++) {
    if (awake[j] === 0) {
      if (!changed) continue;
      changed = false;
      if (passes(field, inflow, j)) continue;
      awake[j] = 1;
    }
    for (let i = 0; i < species; i++) flux[j * species + i] = inflow[i]!;
    predictCorrections(field, step, j);
    if (!settleCell(sweep, step, j)) return false;
    for (let k = j * species, i = 0; i < species; i++, k++)
      flux[k + species] = inflow[i] = speed * liquidNext[k]! + fluxCorrection[k + species]!;
    changed = true;
  }
  return true;
}

/**
 * Solves one cell with its corrections, then with those it can afford, then with none. What is short by rounding
 * alone counts as nothing: else the sign of a trace of 1e-33 would decide whether a cell is sharpened, and two runs
 * that differ by rounding would part.
 */
function settleCell(sweep: Sweep, step: Step, j: number): boolean {
  const first = solveCell(sweep, step, j, rounding_fraction);
  if (Number.isNaN(first)) return false;
  if (first >= 0 && affordable(sweep, step, j)) return true;
  limitCorrections(sweep, step, j);
  const second = solveCell(sweep, step, j, rounding_fraction);
  if (Number.isNaN(second)) return false;
  if (second >= 0 && affordable(sweep, step, j)) return true;
  dropCorrections(sweep.field, j);
  return solveCell(sweep, step, j, debt_fraction) >= 0;
}

/** @returns the smallest concentration found, negative when the corrections ask for more than there is, NaN when unsolved */
function solveCell(sweep: Sweep, step: Step, j: number, forgiven: number): number {
  const { field, inflow, supply, liquidSupply } = sweep;
  const {
    species,
    problem,
    held,
    fluxCorrection,
    uptakeCorrection,
    particle,
    liquidNext,
    poreNext,
    denominator,
  } = field;
  const film = problem.film;
  const size = problem.grid[j]!;
  const rate = size / step.seconds;
  const exchange = film === undefined ? 0 : film.exchange_per_s * size;
  const takes = problem.mobile_fraction * rate + problem.superficial_m_per_s + exchange;
  const passed = exchange / takes;
  let least = 0;
  for (let i = 0; i < species; i++) {
    const k = j * species + i;
    let own = held[k]! * rate + inflow[i]! - fluxCorrection[k + species]!;
    let all = own;
    if (film !== undefined) {
      own -= uptakeCorrection[k]!;
      all = particle[k]! * rate + uptakeCorrection[k]! + passed * own;
    }
    liquidSupply[i] = own;
    supply[i] = all;
    if (all < least) least = all;
  }
  const debt = -forgiven * (problem.normality_mol_per_m3 * takes + problem.capacity_mol_per_m3 * rate);
  if (least < debt) return least;
  if (least < 0) for (let i = 0; i < species; i++) if (supply[i]! < 0) supply[i] = 0;
  least = 0;
  sweep.solved++;
  const liquidCoefficient = film === undefined ? takes : exchange * (1 - passed) + film.pore_fraction * rate;
  const solidCoefficient = problem.capacity_mol_per_m3 * rate;
  const found = solveDenominator(
    supply,
    problem.affinity,
    liquidCoefficient,
    solidCoefficient,
    guessDenominator(field, step, j),
  );
  if (Number.isNaN(found)) return found;
  denominator[j] = found;
  for (let i = 0; i < species; i++) {
    const k = j * species + i;
    const inside =
      (supply[i]! * found) / (liquidCoefficient * found + solidCoefficient * problem.affinity[i]!);
    if (film === undefined) liquidNext[k] = inside < 1e-30 ? 0 : inside;
    else {
      poreNext[k] = inside < 1e-30 ? 0 : inside;
      const outside = (liquidSupply[i]! + exchange * poreNext[k]!) / takes;
      liquidNext[k] = Math.abs(outside) < 1e-30 ? 0 : outside;
      if (outside < least) least = outside;
    }
  }
  return least * takes < debt ? least : 0;
}

/** In a front S rises or falls by a factor per step, so the last factor is the guess for the next. */
export function guessDenominator(field: Field, step: Step, j: number): number {
  const now = field.denominatorNow[j]!;
  const before = field.denominatorBefore[j]!;
  if (!(step.ratio > 0.5 && before > 0 && now > 0.5 * before && now < 2 * before)) return now;
  return now * (1 + step.ratio * (now / before - 1));
}

/** Whether the next cell can give what the correction of the face between takes from it. */
function affordable(sweep: Sweep, step: Step, j: number): boolean {
  const { field } = sweep;
  const { species, fluxCorrection, liquidNext, held, cells, problem } = field;
  const rate = j + 1 < cells ? (room_fraction * problem.grid[j + 1]!) / step.seconds : 0;
  const speed = problem.superficial_m_per_s;
  const nothing = -rounding_fraction * speed * problem.normality_mol_per_m3;
  for (let i = 0; i < species; i++) {
    const k = j * species + i;
    const room = j + 1 < cells ? Math.max(0, held[k + species]! * rate) : 0;
    if (speed * liquidNext[k]! + fluxCorrection[k + species]! + room < nothing) return false;
  }
  return true;
}

/**
 * Cuts the corrections of a cell species by species to what is there; what a trace had to give up is given to
 * the species that dominates, so that the sum over the species stays what it was.
 */
function limitCorrections(sweep: Sweep, step: Step, j: number): void {
  const { field, inflow } = sweep;
  const { species, fluxCorrection, uptakeCorrection, held, particle, liquidNext, liquid, cells, problem } =
    field;
  const film = problem.film !== undefined;
  const rate = problem.grid[j]! / step.seconds;
  const nextRate = j + 1 < cells ? (room_fraction * problem.grid[j + 1]!) / step.seconds : 0;
  let missing = 0;
  let missingUptake = 0;
  let main = 0;
  for (let i = 0; i < species; i++) {
    const k = j * species + i;
    if (liquid[k]! > liquid[j * species + main]!) main = i;
    const there = 0.999 * (held[k]! * rate + inflow[i]!);
    const face = fluxCorrection[k + species]!;
    const uptake = film ? uptakeCorrection[k]! : 0;
    const asked = Math.max(0, face) + Math.max(0, uptake);
    const part = asked > there ? Math.max(0, there) / asked : 1;
    if (face > 0) fluxCorrection[k + species] = face * part;
    else {
      const least = Math.min(liquidNext[k]!, liquid[k]!);
      const room = Math.max(0, least) * problem.superficial_m_per_s * 0.4;
      const next = j + 1 < cells ? Math.max(0, held[k + species]! * nextRate) : 0;
      fluxCorrection[k + species] = Math.max(face, -room - next);
    }
    missing += face - fluxCorrection[k + species]!;
    if (!film) continue;
    uptakeCorrection[k] = uptake > 0 ? uptake * part : Math.max(uptake, -0.9 * particle[k]! * rate);
    missingUptake += uptake - uptakeCorrection[k]!;
  }
  fluxCorrection[(j + 1) * species + main]! += missing;
  if (film) uptakeCorrection[j * species + main]! += missingUptake;
}

function dropCorrections(field: Field, j: number): void {
  const { species, fluxCorrection, uptakeCorrection } = field;
  fluxCorrection.fill(0, (j + 1) * species, (j + 2) * species);
  uptakeCorrection.fill(0, j * species, (j + 1) * species);
}
