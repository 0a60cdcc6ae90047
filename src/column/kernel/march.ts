import { predictExtra, type Step } from "./corrections.ts";
import { type Field, startField } from "./field.ts";
import { type Problem, trainSpeed_m_per_s } from "./problem.ts";
import { newSweep, type Sweep, sweepCells } from "./sweep.ts";
import { newZone, solveZone, type Zone } from "./zone.ts";

/** What leaves the column: at each time the outlet's liquid and all that has left so far, species by species. */
export interface OutletRecord {
  readonly time_s: readonly number[];
  /** Per time: liquid of every species, then what has left of every species per bed cross-section. */
  readonly rows: readonly number[];
}

export interface March {
  readonly record: OutletRecord;
  readonly steps: number;
  readonly fed_mol_per_m2: Float64Array;
  readonly initial_mol_per_m2: Float64Array;
  readonly held_mol_per_m2: Float64Array;
  readonly least_mol_per_m3: number;
  readonly most_mol_per_m3: number;
}

export type MarchEnd =
  | { readonly ok: true; readonly march: March }
  | { readonly ok: false; readonly code: "step_collapsed" | "too_much_work"; readonly time_s: number };

/** After a switch of inlet the first step is this share of the usual one; the steps then grow by the factor. */
const first_step_fraction = 0.02;
const step_growth = 1.3;
const halvings_max = 30;

interface Run {
  readonly field: Field;
  readonly sweep: Sweep;
  readonly zone: Zone;
  readonly usual_s: number;
  readonly levelling_s: number;
  readonly out: Float64Array;
  readonly fed: Float64Array;
  readonly time_s: number[];
  readonly rows: number[];
  least: number;
  most: number;
  now_s: number;
  before_s: number;
  next_s: number;
  steps: number;
}

function newRun(problem: Problem): Run {
  const field = startField(problem);
  const largest_m = problem.grid.reduce((most, size) => Math.max(most, size), 0);
  const usual_s = (problem.pace * largest_m) / trainSpeed_m_per_s(problem);
  const run: Run = {
    field,
    sweep: newSweep(field),
    zone: newZone(field),
    usual_s,
    levelling_s: (largest_m * problem.mobile_fraction) / problem.superficial_m_per_s,
    out: new Float64Array(field.species),
    fed: new Float64Array(field.species),
    time_s: [],
    rows: [],
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    now_s: 0,
    before_s: 0,
    next_s: usual_s * first_step_fraction,
    steps: 0,
  };
  note(run);
  return run;
}

/** Marches a column through all its inlets, or says where and why it could not. */
export function march(problem: Problem): MarchEnd {
  const run = newRun(problem);
  const initial = contents(run.field);
  for (const feed of problem.inlet) {
    run.field.low = 0;
    run.before_s = 0;
    run.next_s = run.usual_s * first_step_fraction;
    while (run.now_s < feed.until_s) {
      raiseLow(run.field, feed.liquid_mol_per_m3);
      if (!advance(run, feed.until_s, feed.liquid_mol_per_m3))
        return { ok: false, code: "step_collapsed", time_s: run.now_s };
      if (run.sweep.solved * run.field.species > problem.work_max)
        return { ok: false, code: "too_much_work", time_s: run.now_s };
    }
  }
  return {
    ok: true,
    march: {
      record: { time_s: run.time_s, rows: run.rows },
      steps: run.steps,
      fed_mol_per_m2: run.fed,
      initial_mol_per_m2: initial,
      held_mol_per_m2: contents(run.field),
      least_mol_per_m3: run.least,
      most_mol_per_m3: run.most,
    },
  };
}

/** One accepted step, halved as often as it takes. */
function advance(run: Run, until_s: number, inlet_mol_per_m3: Float64Array): boolean {
  const { field } = run;
  const left_s = until_s - run.now_s;
  let seconds = Math.min(run.next_s, run.usual_s);
  if (field.problem.uneven && levelling(field, inlet_mol_per_m3))
    seconds = Math.min(seconds, run.levelling_s);
  // Nothing but inlet liquid from end to end: what is left of this inlet changes nothing.
  if (field.low >= field.cells - 1 && isInlet(field, field.cells - 1, inlet_mol_per_m3)) seconds = left_s;
  if (seconds >= left_s * 0.999) seconds = left_s;
  else if (seconds > left_s / 2) seconds = left_s / 2;
  for (let halving = 0; halving <= halvings_max; halving++) {
    const ratio = run.before_s > 0 ? seconds / run.before_s : 0;
    const end = solveStep(run, { seconds, ratio, inlet_mol_per_m3 });
    if (end > 0) {
      commit(run, { seconds, ratio, inlet_mol_per_m3 }, end);
      run.now_s = seconds === left_s ? until_s : run.now_s + seconds;
      run.before_s = seconds;
      run.next_s = seconds * step_growth;
      note(run);
      return true;
    }
    seconds /= 2;
  }
  return false;
}

/** Fills `liquidNext` and `poreNext`. @returns one past the last cell that changed, or -1 */
function solveStep(run: Run, step: Step): number {
  const { field, sweep, zone } = run;
  const { cells } = field;
  const reach = Math.min(cells, field.high + 1);
  predictExtra(field, step, reach);
  const swept = sweepCells(sweep, step);
  if (swept < field.zone || field.zone >= cells) return swept;
  const wide = field.high + 12 + Math.floor(cells / 16);
  let end = wide >= cells ? cells : Math.max(wide, field.zone + 2);
  if (end > cells) end = cells;
  if (field.low >= end) return cells;
  if (!solveZone(sweep, zone, step, end)) return -1;
  if (end < cells && stirred(field, end - 1)) {
    end = cells;
    if (!solveZone(sweep, zone, step, end)) return -1;
  }
  return lastStirred(field, end);
}

const stirred = (field: Field, j: number): boolean => {
  const still = 1e-12 * field.problem.normality_mol_per_m3;
  for (let k = j * field.species; k < (j + 1) * field.species; k++)
    if (Math.abs(field.liquidNext[k]! - field.liquid[k]!) > still) return true;
  return false;
};

function lastStirred(field: Field, end: number): number {
  if (end >= field.cells && field.high >= field.cells) return field.cells;
  let last = end;
  while (last > field.high && !stirred(field, last - 1)) last--;
  return last;
}

/** Moves what the fluxes carry, so that what leaves one cell enters the next to the last bit. */
function commit(run: Run, step: Step, end: number): void {
  const { field } = run;
  const { species, cells, low, held, particle, flux, liquid, liquidBefore, liquidNext, extraUptake } = field;
  const { pore, poreBefore, poreNext, problem, extra, share, shareNow, shareBefore } = field;
  field.high = Math.max(field.high, end);
  const high = field.high;
  const last = Math.min(cells, high + 1);
  // Cells beyond those solved keep their liquid.
  for (let k = end * species; k < last * species; k++) {
    liquidNext[k] = liquid[k]!;
    poreNext[k] = pore[k]!;
    extra[k + species] = 0;
    extraUptake[k] = 0;
  }
  fluxes(field, step, last);
  const film = problem.film;
  for (let j = low; j < last; j++) {
    const rate = step.seconds / problem.grid[j]!;
    shareBefore[j] = shareNow[j]!;
    shareNow[j] = share[j]!;
    for (let k = j * species; k < (j + 1) * species; k++) {
      let gain = rate * (flux[k]! - flux[k + species]!);
      if (film !== undefined && j < end) {
        const uptake =
          step.seconds * film.exchange_per_s * (liquidNext[k]! - poreNext[k]!) + rate * extraUptake[k]!;
        gain -= uptake;
        particle[k]! += uptake;
      }
      held[k]! += gain;
      liquidBefore[k] = liquid[k]!;
      liquid[k] = liquidNext[k]!;
      if (film === undefined) continue;
      poreBefore[k] = pore[k]!;
      pore[k] = poreNext[k]!;
    }
  }
  for (let i = 0; i < species; i++) {
    run.fed[i]! += step.seconds * problem.superficial_m_per_s * step.inlet_mol_per_m3[i]!;
    run.out[i]! +=
      step.seconds *
      (last === cells
        ? flux[cells * species + i]!
        : problem.superficial_m_per_s * liquid[(cells - 1) * species + i]!);
  }
  run.steps++;
}

function fluxes(field: Field, step: Step, last: number): void {
  const { species, low, flux, extra, faces, liquid, liquidNext, cells } = field;
  const speed = field.problem.superficial_m_per_s;
  for (let i = 0; i < species; i++) {
    const k = low * species + i;
    const spread = low > 0 ? faces.spread[low - 1]! : 0;
    flux[k] =
      speed * step.inlet_mol_per_m3[i]! - (spread > 0 ? spread * (liquidNext[k]! - liquid[k - species]!) : 0);
  }
  for (let j = low; j < last; j++) {
    const spread = j + 1 < cells ? faces.spread[j]! : 0;
    for (let k = j * species; k < (j + 1) * species; k++) {
      const back =
        spread > 0
          ? spread * ((j + 1 < last ? liquidNext[k + species]! : liquid[k + species]!) - liquidNext[k]!)
          : 0;
      flux[k + species] = speed * liquidNext[k]! - back + extra[k + species]!;
    }
  }
}

function contents(field: Field): Float64Array {
  const sum = new Float64Array(field.species);
  for (let j = 0; j < field.cells; j++)
    for (let i = 0; i < field.species; i++) {
      const k = j * field.species + i;
      sum[i]! += field.problem.grid[j]! * (field.held[k]! + field.particle[k]!);
    }
  return sum;
}

/** Leaves behind the cells that hold nothing but the inlet's liquid. */
function raiseLow(field: Field, inlet_mol_per_m3: Float64Array): void {
  while (
    field.low < field.cells - 1 &&
    isInlet(field, field.low, inlet_mol_per_m3) &&
    isInlet(field, field.low + 1, inlet_mol_per_m3)
  )
    field.low++;
}

function isInlet(field: Field, j: number, inlet_mol_per_m3: Float64Array): boolean {
  const still = 1e-12 * field.problem.normality_mol_per_m3;
  for (let i = 0; i < field.species; i++) {
    const k = j * field.species + i;
    if (Math.abs(field.liquid[k]! - inlet_mol_per_m3[i]!) > still) return false;
    if (Math.abs(field.pore[k]! - inlet_mol_per_m3[i]!) > still) return false;
  }
  return !empty(inlet_mol_per_m3);
}

/** Liquid without ligand does not say what the solid beside it holds. */
const empty = (liquid: Float64Array): boolean => liquid.every((value) => value === 0);

/** Whether liquids of different normality still meet in the column. */
function levelling(field: Field, inlet_mol_per_m3: Float64Array): boolean {
  const total = inlet_mol_per_m3.reduce((sum, value) => sum + value, 0);
  const even = 1e-6 * field.problem.normality_mol_per_m3;
  for (let j = field.low; j < field.cells; j++) {
    let here = 0;
    for (let k = j * field.species; k < (j + 1) * field.species; k++) here += field.pore[k]!;
    if (Math.abs(here - total) > even) return true;
  }
  return false;
}

function note(run: Run): void {
  const { field } = run;
  const normality = field.problem.normality_mol_per_m3;
  run.time_s.push(run.now_s);
  const from = (field.cells - 1) * field.species;
  for (let i = 0; i < field.species; i++) run.rows.push(field.liquid[from + i]!);
  for (let i = 0; i < field.species; i++) run.rows.push(run.out[i]!);
  for (let k = field.low * field.species; k < Math.min(field.cells, field.high) * field.species; k++) {
    const value = field.liquid[k]!;
    if (value < run.least) run.least = value;
    if (value > run.most) run.most = value;
  }
  if (run.least === Number.POSITIVE_INFINITY) {
    run.least = 0;
    run.most = normality;
  }
}
