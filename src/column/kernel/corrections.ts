import type { Field } from "./field.ts";
import type { Film } from "./problem.ts";

export interface Step {
  readonly seconds: number;
  /** This step over the one before; 0 when the past says nothing about the next (after a switch of inlet). */
  readonly ratio: number;
  readonly inlet_mol_per_m3: Float64Array;
}

/** Share of what a cell may have that the correction of its outlet face may take. */
const face_fraction = 0.6;
/** Share of a cell's outflow by upwind that the correction may take back. */
const given_fraction = 0.65;
/** Share of what one side of the film has that the correction of the uptake may move. */
const film_fraction = 0.3;

/**
 * The explicit part of the flux through the face right of a cell: what turns backward Euler and upwind, which never
 * leave the physical range but smear, into second order in time and third in space. Taken from the present and
 * the past alone; the sweep lets through what each cell can afford.
 */
export function predictCorrections(field: Field, step: Step, j: number): void {
  const { species, liquid, liquidBefore, fluxCorrection, faces, cells, held, pore, problem } = field;
  const { ratio } = step;
  const { film, superficial_m_per_s: speed } = problem;
  const lag = field.lag[j]!;
  const early = speed * (0.5 - lag);
  const from = j * species;
  if (j + 1 === cells)
    for (let k = from; k < from + species; k++)
      fluxCorrection[k + species] = -early * ratio * (liquid[k]! - liquidBefore[k]!);
  else {
    const sharpen = faces.sharpen[j]!;
    const late = (0.5 - lag) * faces.spread[j]!;
    const foresight = foresightOf(field, step, j);
    const bend = j > field.low ? faces.bend[j]! : 0;
    const ahead = bend / faces.gap[j]!;
    const behind = j > 0 ? bend / faces.gap[j - 1]! : 0;
    const back = j > field.low ? species : 0;
    const rate = problem.grid[j]! / step.seconds;
    const exchange = film === undefined ? 0 : film.exchange_per_s * problem.grid[j]!;
    for (let k = from; k < from + species; k++) {
      const here = liquid[k]!;
      const next = liquid[k + species]!;
      const before = liquid[k - back]!;
      const growHere = ratio * (here - liquidBefore[k]!);
      const growNext = ratio * (next - liquidBefore[k + species]!);
      const growBefore = ratio * (before - liquidBefore[k - back]!);
      const rise = next - here + foresight * (growNext - growHere);
      const riseBefore = here - before + foresight * (growHere - growBefore);
      const wish =
        (sharpen - ahead) * rise + behind * riseBefore - early * growHere + late * (growNext - growHere);
      const poor = growBefore < 0 ? Math.max(0, before + growBefore) : before;
      const most = face_fraction * (held[k]! * rate + speed * poor + exchange * pore[k]!);
      const least = -given_fraction * speed * (growHere < 0 ? Math.max(0, here + growHere) : here);
      fluxCorrection[k + species] = wish > most ? most : wish < least ? least : wish;
    }
  }
  spreadSum(fluxCorrection, from + species, liquid, from, species);
  if (film === undefined) return;
  predictUptake(field, film, step, j);
  spreadSum(field.uptakeCorrection, from, pore, from, species);
}

/** Where liquid crosses at most so many cells in a step, slopes may be carried all the way. */
const crossed_most = 1.3;
/** Elsewhere only where it exchanges with the particles so often in a cell. */
const exchanges_least = 0.5;
/** Shares of the speed that are sharpened away, in the one case and the other: with less the curvature of the face value swings up. */
const sharpened_least = [0.05, 0.2] as const;

/**
 * How far the slopes between cells are carried ahead, in steps: to where the liquid of the cell stands, or half a step short
 * of it where that would swing up. By the amplification factors (linear film and isotherm, all wave numbers) nothing
 * does then, for any step and capacity up to one exchange a cell, and above it while the train crosses less than a cell a step.
 */
function foresightOf({ lag, problem, faces }: Field, step: Step, j: number): number {
  const { film, grid, mobile_fraction, superficial_m_per_s: speed } = problem;
  if (film === undefined) return 0.5;
  const follows = step.seconds * speed <= crossed_most * grid[j]! * mobile_fraction;
  const settles = film.exchange_per_s * grid[j]! >= exchanges_least * speed;
  const least = sharpened_least[follows ? 0 : 1] * speed;
  return (follows || settles) && faces.sharpen[j]! >= least ? 0.5 + lag[j]! : 0.5;
}

/** The same for the film: what the particles take, moved to the middle of the step. */
function predictUptake(field: Field, film: Film, step: Step, j: number): void {
  const { species, liquid, liquidBefore, pore, poreBefore, uptakeCorrection, problem, held, particle } =
    field;
  const exchange = film.exchange_per_s * problem.grid[j]!;
  const forward = 0.5 * exchange * step.ratio;
  const early = (0.5 - field.lag[j]!) * exchange * step.ratio;
  const rate = problem.grid[j]! / step.seconds;
  const back = j > field.low ? species : 0;
  for (let k = j * species; k < (j + 1) * species; k++) {
    const wish = forward * (pore[k]! - poreBefore[k]!) - early * (liquid[k]! - liquidBefore[k]!);
    const there = held[k]! * rate + problem.superficial_m_per_s * liquid[k - back]! + exchange * pore[k]!;
    const most = film_fraction * there;
    const least = -film_fraction * particle[k]! * rate;
    uptakeCorrection[k] = wish > most ? most : wish < least ? least : wish;
  }
}

/**
 * Where liquids of different normality meet, the sum over the species is left to plain upwind, which cannot
 * overshoot; only the composition is sharpened. With one normality the sum of the corrections is zero anyway.
 */
function spreadSum(parts: Float64Array, at: number, like: Float64Array, from: number, count: number): void {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    sum += parts[at + i]!;
    total += like[from + i]!;
  }
  if (total > 0) for (let i = 0; i < count; i++) parts[at + i]! -= (sum * like[from + i]!) / total;
  else for (let i = 0; i < count; i++) parts[at + i] = 0;
}
