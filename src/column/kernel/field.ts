import type { Problem } from "./problem.ts";

/**
 * What the kernel holds while it marches. Arrays over cells and species lie cell by cell: index `cell * species + i`.
 *
 * `held` is what is conserved: all of it without a film, the moving liquid with one; `particle` is the rest.
 * `liquid` and `pore` are concentrations at the last time, `*Before` one step earlier, `*Next` being solved for.
 */
export interface Field {
  readonly problem: Problem;
  readonly cells: number;
  readonly species: number;
  readonly held: Float64Array;
  readonly particle: Float64Array;
  readonly liquid: Float64Array;
  readonly liquidBefore: Float64Array;
  readonly liquidNext: Float64Array;
  readonly pore: Float64Array;
  readonly poreBefore: Float64Array;
  readonly poreNext: Float64Array;
  readonly denominator: Float64Array;
  /** The denominators of the two last times, from which the next is guessed. */
  readonly denominatorNow: Float64Array;
  readonly denominatorBefore: Float64Array;
  /** Explicit part of the flux through the face left of a cell; face `cells` is the outlet. */
  readonly fluxCorrection: Float64Array;
  /** Explicit part of what a cell's particles take from its liquid. */
  readonly uptakeCorrection: Float64Array;
  /** Whole flux through the face left of a cell, after a step; kept where a cell beside it is awake. */
  readonly flux: Float64Array;
  /** 1 for the cells that are solved; the others pass on what they receive. */
  readonly awake: Uint8Array;
  readonly faces: Faces;
  /** How long before the end of a step the liquid of each cell stands, in steps. */
  readonly lag: Float64Array;
  /** First cell that exchanges with the cell behind it implicitly; `cells` when none does. */
  readonly firstCoupled: number;
  /** Whether the particles hold at the start what the liquid beside them asks for. */
  readonly settled: boolean;
  /** First cell that is no longer pure inlet. */
  low: number;
}

/** Coefficients of the face right of each cell. */
export interface Faces {
  /** Dispersion that the upwind face does not bring by itself, over the distance of the cell centres. */
  readonly spread: Float64Array;
  /** Dispersion that the upwind face brings too much, or, below zero, a little too little. */
  readonly sharpen: Float64Array;
  /** Weight of the curvature in the quadratic face value. */
  readonly bend: Float64Array;
  /** Distance from this centre to the next. */
  readonly gap: Float64Array;
}

/**
 * Dispersion beyond what upwind brings itself may be taken from the past up to this part of velocity times cell: by the
 * scheme's amplification factors it is stable down to a cell Peclet number of 1.5, for any step and retention.
 */
const explicit_fraction = 1 / 1.5 - 0.5;
/** Liquid that stands in the middle of the step (see `lagOf`) allows none. */
const explicitFraction = (film: boolean): number => (film ? 0 : explicit_fraction);
/** Cells of a lower Peclet number (thickness times velocity over dispersion) are solved together with the cell behind them. */
export const coupledPeclet = (film: boolean): number => 1 / (0.5 + explicitFraction(film));

function facesOf(problem: Problem): Faces {
  const { grid, superficial_m_per_s: speed, dispersion_m2_per_s: dispersion } = problem;
  const cells = grid.length;
  const spread = new Float64Array(cells);
  const sharpen = new Float64Array(cells);
  const bend = new Float64Array(cells);
  const gap = new Float64Array(cells);
  for (let j = 0; j + 1 < cells; j++) {
    const here = grid[j]!;
    const next = grid[j + 1]!;
    gap[j] = (here + next) / 2;
    const own = dispersion - (speed * here) / 2;
    const explicit = own <= speed * here * explicitFraction(problem.film !== undefined);
    spread[j] = explicit ? 0 : own / gap[j]!;
    sharpen[j] = explicit ? -own / gap[j]! : 0;
    if (j > 0) bend[j] = (speed * here * next) / 3 / (gap[j]! + gap[j - 1]!);
  }
  return { spread, sharpen, bend, gap };
}

/**
 * Liquid that meets the particles less than once in a cell follows its inflow at once; to take it at the end of the step
 * and carry what it sends back to the middle by its past swings up, by a tenth in a step. It is therefore taken at the middle
 * itself, and only the particles at the end. Where liquid and particles settle within a cell both are at the end, as they
 * are without a film.
 */
function lagOf({ film, grid, superficial_m_per_s: speed }: Problem): Float64Array {
  const lag = new Float64Array(grid.length);
  if (film === undefined) return lag;
  return lag.map((_, j) => 0.5 * Math.min(1, speed / (film.exchange_per_s * grid[j]!)));
}

const settled_fraction = 1e-9;

/** Whether the particles hold at the start what the liquid beside them asks for; a liquid without ions asks for nothing. */
function startsSettled(problem: Problem): boolean {
  const { affinity, capacity_mol_per_m3: capacity, particle_mol_per_m3: particle, film } = problem;
  const liquid = problem.liquid_mol_per_m3;
  const denominator = liquid.reduce((sum, c, i) => sum + affinity[i]! * c, 0);
  const apart = (c: number, i: number): number =>
    (particle[i]! - (film?.pore_fraction ?? 0) * c) * denominator - capacity * affinity[i]! * c;
  return (
    denominator === 0 ||
    liquid.every((c, i) => Math.abs(apart(c, i)) <= settled_fraction * capacity * denominator)
  );
}

/** The column at time zero. */
export function startField(problem: Problem): Field {
  const species = problem.affinity.length;
  const cells = problem.grid.length;
  const faces = facesOf(problem);
  const size = cells * species;
  const perCell = (): Float64Array => new Float64Array(size);
  const film = problem.film !== undefined;
  const held = perCell();
  const particle = perCell();
  const liquid = perCell();
  const pore = film ? perCell() : liquid;
  const denominator = new Float64Array(cells);
  for (let k = 0; k < size; k++) {
    const i = k % species;
    liquid[k] = problem.liquid_mol_per_m3[i]!;
    const moving = problem.mobile_fraction * liquid[k]!;
    held[k] = film ? moving : moving + problem.particle_mol_per_m3[i]!;
    particle[k] = film ? problem.particle_mol_per_m3[i]! : 0;
    if (film) pore[k] = liquid[k]!;
    denominator[(k - i) / species]! += problem.affinity[i]! * liquid[k]!;
  }
  const settled = startsSettled(problem);
  const firstSpread = faces.spread.findIndex((value) => value > 0);
  return {
    problem,
    cells,
    species,
    held,
    particle,
    liquid,
    liquidBefore: liquid.slice(),
    liquidNext: liquid.slice(),
    pore,
    poreBefore: film ? pore.slice() : liquid,
    poreNext: film ? pore.slice() : liquid,
    denominator,
    denominatorNow: denominator.slice(),
    denominatorBefore: denominator.slice(),
    fluxCorrection: new Float64Array(size + species),
    uptakeCorrection: perCell(),
    flux: new Float64Array(size + species),
    awake: new Uint8Array(cells).fill(settled ? 0 : 1),
    faces,
    lag: lagOf(problem),
    firstCoupled: firstSpread < 0 ? cells : firstSpread,
    settled,
    low: 0,
  };
}
