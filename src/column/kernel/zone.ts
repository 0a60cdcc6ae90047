import { solveShare } from "./cell.ts";
import type { Step } from "./corrections.ts";
import type { Field } from "./field.ts";
import { type Mixing, mix, newMixing } from "./mixing.ts";
import type { Sweep } from "./sweep.ts";

/** Buffers of the zone in which dispersion ties each cell to the next. */
export interface Zone {
  /** Right-hand side and, after elimination, the solution, per cell and species. */
  readonly right: Float64Array;
  readonly carry: Float64Array;
  readonly asked: Float64Array;
  /** The shares S that the last chains were solved with. */
  readonly used: Float64Array;
  readonly mixing: Mixing;
}

export const newZone = (field: Field): Zone => ({
  right: new Float64Array(field.zone < field.cells ? field.cells * field.species : 0),
  carry: new Float64Array(field.zone < field.cells ? field.cells * field.species : 0),
  asked: new Float64Array(field.zone < field.cells ? field.cells * field.species : 0),
  used: new Float64Array(field.cells),
  mixing: newMixing(field.zone < field.cells ? field.cells : 0),
});

const rounds_max = 60;
/** Most steps settle in so many rounds without mixing. */
const plain_rounds = 3;
/** Largest change of a concentration between rounds, over the normality. */
const settled_fraction = 1e-8;
const retries_max = 3;

/**
 * Solves the cells from the zone's start to `end` together: the shares S from the neighbours' present liquid, then,
 * with S fixed, one linear chain per species. The chains have positive solutions for what is really there; where the
 * corrections ask for more, they are dropped around that cell and the step is solved again.
 *
 * @returns whether it converged to something that no cell has to owe
 */
export function solveZone(sweep: Sweep, zone: Zone, step: Step, end: number): boolean {
  const { field } = sweep;
  const start = Math.max(field.zone, field.low);
  for (let retry = 0; retry <= retries_max; retry++) {
    startFrom(field, step, start, end);
    if (!iterate(sweep, zone, step, start, end)) return false;
    if (!owes(sweep, step, start, end, retry === retries_max - 1)) return true;
  }
  return false;
}

function startFrom(field: Field, step: Step, start: number, end: number): void {
  const { species, liquid, liquidBefore, liquidNext } = field;
  const to = Math.min(field.cells, end + 1) * species;
  for (let k = start * species; k < to; k++)
    liquidNext[k] =
      k < end * species ? Math.max(0, liquid[k]! + step.ratio * (liquid[k]! - liquidBefore[k]!)) : liquid[k]!;
}

function iterate(sweep: Sweep, zone: Zone, step: Step, start: number, end: number): boolean {
  const { field } = sweep;
  const enough = settled_fraction * field.problem.normality_mol_per_m3;
  prepare(sweep, zone, step, start, end);
  zone.mixing.rounds = 0;
  for (let round = 0; round < rounds_max; round++) {
    sweep.solved += 2 * (end - start);
    if (!shares(sweep, zone, step, start, end)) return false;
    if (round >= plain_rounds) mix(zone.mixing, zone.used, field.share, start, end);
    zone.used.set(field.share.subarray(start, end), start);
    const change = chains(sweep, zone, step, start, end);
    if (Number.isNaN(change)) return false;
    if (change <= enough) return true;
  }
  return false;
}

/** What each cell has to share out before its neighbours give or take: content, corrections, the inflow of the first. */
function prepare(sweep: Sweep, zone: Zone, step: Step, start: number, end: number): void {
  const { field, inflow } = sweep;
  const { species, held, extra, extraUptake, problem, faces, liquid } = field;
  const film = problem.film !== undefined;
  for (let j = start; j < end; j++) {
    const rate = problem.grid[j]! / step.seconds;
    // A frozen cell behind the window holds the inlet's liquid; dispersion towards it is counted against that.
    const frozen = j === start && j > 0 && faces.spread[j - 1]! > 0 ? faces.spread[j - 1]! : 0;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      let own = held[k]! * rate - extra[k + species]!;
      if (film) own -= extraUptake[k]!;
      if (j === start) own += inflow[i]! + (frozen > 0 ? frozen * liquid[k - species]! : 0);
      else own += extra[k]!;
      zone.asked[k] = own;
    }
  }
}

/** S of every cell for the neighbours' present liquid; updates the pores with it. */
function shares(sweep: Sweep, zone: Zone, step: Step, start: number, end: number): boolean {
  const { field, supply } = sweep;
  const { species, problem, faces, liquidNext, particle, extraUptake, share, cells } = field;
  const film = problem.film;
  for (let j = start; j < end; j++) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = film === undefined ? 0 : film.exchange_per_s * problem.grid[j]!;
    const back = j > 0 ? faces.spread[j - 1]! : 0;
    const ahead = faces.spread[j]!;
    const takes = problem.mobile_fraction * rate + problem.superficial_m_per_s + back + ahead + exchange;
    const inflow = problem.superficial_m_per_s + back;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      let own = zone.asked[k]!;
      if (j > start) own += inflow * liquidNext[k - species]!;
      if (j + 1 < cells) own += ahead * liquidNext[k + species]!;
      const all = film === undefined ? own : particle[k]! * rate + extraUptake[k]! + (exchange / takes) * own;
      supply[i] = all > 0 ? all : 0;
    }
    const liquidShare =
      film === undefined ? takes : exchange * (1 - exchange / takes) + film.pore_fraction * rate;
    const found = solveShare(
      supply,
      problem.affinity,
      liquidShare,
      problem.capacity_mol_per_m3 * rate,
      share[j]!,
    );
    if (Number.isNaN(found)) return false;
    share[j] = found;
  }
  return true;
}

/** One linear chain per species with S fixed. @returns the largest change of a liquid concentration */
function chains(sweep: Sweep, zone: Zone, step: Step, start: number, end: number): number {
  const { field } = sweep;
  const { species, problem, faces, share, particle, extraUptake, liquidNext, cells } = field;
  const { right, carry, asked } = zone;
  const film = problem.film;
  for (let j = start; j < end; j++) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = film === undefined ? 0 : film.exchange_per_s * problem.grid[j]!;
    const back = j > 0 ? faces.spread[j - 1]! : 0;
    const ahead = j + 1 < cells ? faces.spread[j]! : 0;
    const takes = problem.mobile_fraction * rate + problem.superficial_m_per_s + back + ahead + exchange;
    const inflow = problem.superficial_m_per_s + back;
    const solid = problem.capacity_mol_per_m3 * rate;
    const found = share[j]!;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      if (found === 0) {
        right[k] = 0;
        carry[k] = 0;
        continue;
      }
      let diagonal = takes;
      let value = asked[k]!;
      if (film === undefined) diagonal += (solid * problem.affinity[i]!) / found;
      else {
        const part = found / ((exchange + film.pore_fraction * rate) * found + solid * problem.affinity[i]!);
        diagonal -= exchange * exchange * part;
        value += exchange * part * (particle[k]! * rate + extraUptake[k]!);
      }
      if (j > start) {
        diagonal -= inflow * carry[k - species]!;
        value += inflow * right[k - species]!;
      }
      // The first cell outside the window keeps its liquid.
      if (j + 1 === end && j + 1 < cells) value += ahead * liquidNext[k + species]!;
      right[k] = value / diagonal;
      carry[k] = j + 1 < end ? ahead / diagonal : 0;
    }
  }
  return substitute(field, zone, step, start, end);
}

function substitute(field: Field, zone: Zone, step: Step, start: number, end: number): number {
  const { species, problem, share, particle, extraUptake, liquidNext, poreNext } = field;
  const film = problem.film;
  let change = 0;
  for (let j = end - 1; j >= start; j--) {
    const rate = problem.grid[j]! / step.seconds;
    const exchange = film === undefined ? 0 : film.exchange_per_s * problem.grid[j]!;
    const found = share[j]!;
    for (let i = 0; i < species; i++) {
      const k = j * species + i;
      const onward = j + 1 < end ? zone.carry[k]! * liquidNext[k + species]! : 0;
      const value = zone.right[k]! + onward;
      const moved = Math.abs(value - liquidNext[k]!);
      if (!(moved <= change)) change = moved;
      liquidNext[k] = Math.abs(value) < 1e-30 ? 0 : value;
      if (film === undefined) continue;
      const solid = problem.capacity_mol_per_m3 * rate * problem.affinity[i]!;
      const inside =
        ((particle[k]! * rate + extraUptake[k]! + exchange * liquidNext[k]!) * found) /
        ((exchange + film.pore_fraction * rate) * found + solid);
      poreNext[k] = Math.abs(inside) < 1e-30 ? 0 : inside;
    }
  }
  return change;
}

/** Drops the corrections around cells that would have to owe something. @returns whether there was one */
function owes(sweep: Sweep, _step: Step, start: number, end: number, everywhere: boolean): boolean {
  const { field } = sweep;
  const { species, liquidNext, poreNext, extra, extraUptake } = field;
  const debt = -1e-12 * field.problem.normality_mol_per_m3;
  let found = false;
  for (let k = start * species; k < end * species; k++)
    if (liquidNext[k]! < debt || poreNext[k]! < debt) {
      found = true;
      if (everywhere) break;
      const j = Math.floor(k / species);
      const from = Math.max(start, j - 1);
      const to = Math.min(end, j + 2);
      extra.fill(0, (from + 1) * species, (to + 1) * species);
      extraUptake.fill(0, from * species, to * species);
    }
  if (found && everywhere) {
    extra.fill(0, (start + 1) * species, (end + 1) * species);
    extraUptake.fill(0, start * species, end * species);
  }
  return found;
}
