import { solveDenominator } from "./cell.ts";
import type { Step } from "./corrections.ts";
import type { Field } from "./field.ts";
import { correct, factorize, type Newton, newNewton } from "./newton.ts";
import type { Problem } from "./problem.ts";
import { guessDenominator, type Sweep } from "./sweep.ts";

/** Buffers of the cells of which dispersion couples each cell to the next. */
export interface CoupledCells {
  /** What each cell's balance multiplies its liquid by, and what its neighbours' liquids; per bed cross-section. */
  readonly takes: Float64Array;
  readonly inflow: Float64Array;
  readonly ahead: Float64Array;
  /** Through the film, what the pores keep of their liquid, and what all of the solid's sites hold. */
  readonly exchange: Float64Array;
  readonly keeps: Float64Array;
  readonly solid: Float64Array;
  /** Right-hand side and, after elimination, the solution, per cell and species. */
  readonly right: Float64Array;
  readonly carry: Float64Array;
  readonly asked: Float64Array;
  /** The denominators S that the last chains were solved with. */
  readonly used: Float64Array;
  /** Total liquid of each cell over the normality: what a relative change of S counts. */
  readonly weight: Float64Array;
  readonly newton: Newton;
}

export function newCoupledCells(field: Field): CoupledCells {
  const cells = field.firstCoupled < field.cells ? field.cells : 0;
  const perCell = (): Float64Array => new Float64Array(cells);
  const perSpecies = (): Float64Array => new Float64Array(cells * field.species);
  return {
    takes: perCell(),
    inflow: perCell(),
    ahead: perCell(),
    exchange: perCell(),
    keeps: perCell(),
    solid: perCell(),
    right: perSpecies(),
    carry: perSpecies(),
    asked: perSpecies(),
    used: perCell(),
    weight: perCell(),
    newton: newNewton(cells, field.species),
  };
}

const rounds_max = 40;
/** What S may still be off by, relative, where there is liquid of the normality. */
const settled = 1e-8;
/** A matrix kept from an earlier round or step is made anew when a round shrinks what is missing by less than this. */
const rate_most = 0.02;
const retries_max = 3;
/** What a cell may be short of with corrections; without any, what it already owed stays on its books, as in the sweep. */
const debt_fraction = 1e-12;
const debt_left_fraction = 1e-10;

/**
 * Solves the cells from `start` to `end` together; with those beside them they exchange nothing but what flows in and
 * out. With the denominators S fixed there is one linear chain per species, whose solutions are positive for what is really
 * there, and between the chains Newton's method on S. Where the corrections ask for more than there is, they are dropped
 * around that cell and the step is solved again.
 *
 * @returns whether it converged to something that no cell has to owe
 */
export function solveCoupledCells(
  sweep: Sweep,
  coupled: CoupledCells,
  step: Step,
  start: number,
  end: number,
): boolean {
  const { field } = sweep;
  prepare(sweep, coupled, step, start, end);
  if (startFrom(field, step, start, end) && wettedCells(sweep, coupled, step, start, end) < 0) return false;
  for (let retry = 0; retry <= retries_max; retry++) {
    if (!iterate(sweep, coupled, step, start, end)) return false;
    const forgiven = retry < retries_max ? debt_fraction : debt_left_fraction;
    if (!owes(sweep, start, end, retry === retries_max - 1, forgiven)) return true;
    prepare(sweep, coupled, step, start, end);
  }
  return false;
}

/** Guesses the denominators as the sweep does. @returns whether a cell has no ligand */
function startFrom(field: Field, step: Step, start: number, end: number): boolean {
  const { species, liquid, liquidNext, denominator } = field;
  liquidNext.set(liquid.subarray(start * species, end * species), start * species);
  let dry = false;
  for (let j = start; j < end; j++) {
    denominator[j] = guessDenominator(field, step, j);
    if (denominator[j] === 0) dry = true;
  }
  return dry;
}

function iterate(sweep: Sweep, coupled: CoupledCells, step: Step, start: number, end: number): boolean {
  const { field } = sweep;
  const { newton } = coupled;
  let done = false;
  for (let round = 0; round < rounds_max; round++) {
    sweep.solved += end - start;
    coupled.used.set(field.denominator.subarray(start, end), start);
    chains(sweep, coupled, step, start, end);
    const dry = substitute(field, coupled, step, start, end);
    if (done) return true;
    if (!fits(newton, step, start, end) && !factorize(field, coupled, step, start, end)) return false;
    const move = correct(field, coupled, start, end);
    if (Number.isNaN(move)) return false;
    done = newton.left <= settled;
    if (newton.left > rate_most * move || dry) newton.seconds.fill(0, start, end);
    if (!dry) continue;
    const wetted = wettedCells(sweep, coupled, step, start, end);
    if (wetted < 0) return false;
    if (wetted > 0) done = false;
  }
  return false;
}

/** Whether the matrix of an earlier round or step still serves. */
function fits(newton: Newton, step: Step, start: number, end: number): boolean {
  for (let j = start; j < end; j++)
    if (newton.seconds[j] !== step.seconds || newton.start[j] !== start || newton.end[j] !== end)
      return false;
  return true;
}

/** The coefficients of the step, and what each cell has to divide before its neighbours give or take. */
function prepare(sweep: Sweep, coupled: CoupledCells, step: Step, start: number, end: number): void {
  const { field, inflow } = sweep;
  const { species, held, fluxCorrection, uptakeCorrection, problem, faces } = field;
  const { film, superficial_m_per_s: speed } = problem;
  for (let j = start; j < end; j++) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = film === undefined ? 0 : film.exchange_per_s * problem.grid[j]!;
    const back = j > start ? faces.spread[j - 1]! : 0;
    const ahead = j + 1 < end ? faces.spread[j]! : 0;
    coupled.takes[j] = problem.mobile_fraction * rate + speed + back + ahead + exchange;
    coupled.inflow[j] = speed + back;
    coupled.ahead[j] = ahead;
    coupled.exchange[j] = exchange;
    coupled.keeps[j] = film === undefined ? 0 : exchange + film.pore_fraction * rate;
    coupled.solid[j] = problem.capacity_mol_per_m3 * rate;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      let own = held[k]! * rate - fluxCorrection[k + species]!;
      if (film !== undefined) own -= uptakeCorrection[k]!;
      own += j === start ? inflow[i]! : fluxCorrection[k]!;
      coupled.asked[k] = own;
    }
  }
}

/** Liquid rinsed so thin counts as none: what answers it in the solid is beyond the digits of a block. */
const dry_fraction = 1e-13;
const dryness = ({ normality_mol_per_m3, affinity }: Problem): number =>
  dry_fraction * normality_mol_per_m3 * Math.min(...affinity);

/** S of the cells without ligand, for their neighbours' present liquid. @returns how many have some now, or -1 */
function wettedCells(sweep: Sweep, coupled: CoupledCells, step: Step, start: number, end: number): number {
  const { field, supply } = sweep;
  const { species, problem, liquidNext, particle, uptakeCorrection, denominator } = field;
  const film = problem.film;
  let count = 0;
  for (let j = start; j < end; j++) {
    if (denominator[j] !== 0) continue;
    const rate = problem.grid[j]! / step.seconds;
    const passed = coupled.exchange[j]! / coupled.takes[j]!;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      let own = coupled.asked[k]!;
      if (j > start) own += coupled.inflow[j]! * liquidNext[k - species]!;
      if (j + 1 < end) own += coupled.ahead[j]! * liquidNext[k + species]!;
      const all = film === undefined ? own : particle[k]! * rate + uptakeCorrection[k]! + passed * own;
      supply[i] = all > 0 ? all : 0;
    }
    const liquidCoefficient =
      film === undefined ? coupled.takes[j]! : coupled.keeps[j]! - passed * coupled.exchange[j]!;
    const found = solveDenominator(
      supply,
      problem.affinity,
      liquidCoefficient,
      coupled.solid[j]!,
      denominator[j]!,
    );
    if (Number.isNaN(found)) return -1;
    denominator[j] = found > dryness(problem) ? found : 0;
    if (denominator[j]! > 0) count++;
  }
  return count;
}

/** One linear chain per species with S fixed, eliminated towards the outlet. */
function chains(sweep: Sweep, coupled: CoupledCells, step: Step, start: number, end: number): void {
  const { field } = sweep;
  const { species, problem, particle, uptakeCorrection } = field;
  const { right, carry, asked, used } = coupled;
  const film = problem.film;
  for (let j = start; j < end; j++) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = coupled.exchange[j]!;
    const found = used[j]!;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      if (found === 0) {
        right[k] = 0;
        carry[k] = 0;
        continue;
      }
      const held = coupled.solid[j]! * problem.affinity[i]!;
      let diagonal = coupled.takes[j]!;
      let value = asked[k]!;
      if (film === undefined) diagonal += held / found;
      else {
        const part = found / (coupled.keeps[j]! * found + held);
        diagonal -= exchange * exchange * part;
        value += exchange * part * (particle[k]! * rate + uptakeCorrection[k]!);
      }
      if (j > start) {
        diagonal -= coupled.inflow[j]! * carry[k - species]!;
        value += coupled.inflow[j]! * right[k - species]!;
      }
      const inverse = 1 / diagonal;
      right[k] = value * inverse;
      carry[k] = j + 1 < end ? coupled.ahead[j]! * inverse : 0;
    }
  }
}

/** The liquid of the chains, from the outlet back, and the denominators that it makes. @returns whether a cell has no ligand */
function substitute(field: Field, coupled: CoupledCells, step: Step, start: number, end: number): boolean {
  const { species, problem, denominator, particle, uptakeCorrection, liquidNext, poreNext } = field;
  const film = problem.film;
  const dry_below = dryness(problem);
  let dry = false;
  for (let j = end - 1; j >= start; j--) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = coupled.exchange[j]!;
    const found = coupled.used[j]!;
    let [sum, total] = [0, 0];
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      const onward = j + 1 < end ? coupled.carry[k]! * liquidNext[k + species]! : 0;
      const value = coupled.right[k]! + onward;
      let inside = Math.abs(value) < 1e-30 ? 0 : value;
      liquidNext[k] = inside;
      if (film !== undefined) {
        const had = particle[k]! * rate + uptakeCorrection[k]! + exchange * inside;
        inside = (had * found) / (coupled.keeps[j]! * found + coupled.solid[j]! * problem.affinity[i]!);
        if (Math.abs(inside) < 1e-30) inside = 0;
        poreNext[k] = inside;
      }
      sum += problem.affinity[i]! * inside;
      total += inside;
    }
    denominator[j] = sum > dry_below ? sum : 0;
    coupled.weight[j] = Math.abs(total) / problem.normality_mol_per_m3;
    if (denominator[j] === 0) dry = true;
  }
  return dry;
}

/** Drops the corrections around cells that would have to owe something. @returns whether there was one */
function owes(sweep: Sweep, start: number, end: number, everywhere: boolean, forgiven: number): boolean {
  const { field } = sweep;
  const { species, liquidNext, poreNext, fluxCorrection, uptakeCorrection } = field;
  const debt = -forgiven * field.problem.normality_mol_per_m3;
  let found = false;
  for (let k = start * species; k < end * species; k++)
    if (liquidNext[k]! < debt || poreNext[k]! < debt) {
      found = true;
      if (everywhere) break;
      const j = Math.floor(k / species);
      const from = Math.max(start, j - 1);
      const to = Math.min(end, j + 2);
      fluxCorrection.fill(0, (from + 1) * species, (to + 1) * species);
      uptakeCorrection.fill(0, from * species, to * species);
    }
  if (found && everywhere) {
    fluxCorrection.fill(0, (start + 1) * species, (end + 1) * species);
    uptakeCorrection.fill(0, start * species, end * species);
  }
  return found;
}
