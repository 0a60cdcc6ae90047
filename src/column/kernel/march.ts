import type { Step } from "./corrections.ts";
import { type CoupledCells, newCoupledCells } from "./coupled-cells.ts";
import { solveCoupledStretches } from "./coupled-stretches.ts";
import { type Field, startField } from "./field.ts";
import { type Problem, trainSpeed_m_per_s } from "./problem.ts";
import { layToSleep, passes } from "./sleep.ts";
import { newSweep, type Sweep, sweepCells } from "./sweep.ts";

/** What leaves the column: at each time the outlet's liquid and all that has left so far, species by species. */
export interface OutletRecord {
  readonly time_s: readonly number[];
  /** Per time: liquid of every species, then what has left of every species per bed cross-section. */
  readonly rows: readonly number[];
}

export interface March {
  readonly record: OutletRecord;
  readonly steps: number;
  /** Cells times species solved, all steps together. */
  readonly work: number;
  readonly fed_mol_per_m2: Float64Array;
  readonly initial_mol_per_m2: Float64Array;
  readonly held_mol_per_m2: Float64Array;
  readonly left_mol_per_m2: Float64Array;
  readonly frames: readonly Frame[];
  readonly least_mol_per_m3: number;
  readonly most_mol_per_m3: number;
}

/** The liquid along the bed at one time, cell by cell. */
export interface Frame {
  readonly time_s: number;
  readonly liquid_mol_per_m3: Float64Array;
}

export type MarchEnd =
  | { readonly ok: true; readonly march: March }
  | { readonly ok: false; readonly code: "step_collapsed" | "too_much_work"; readonly time_s: number };

/** After a switch of inlet the first step is this part of the usual one; the steps then grow by the factor. */
const first_step_fraction = 0.02;
const step_growth = 1.3;
const halvings_max = 30;
/** The train moves a fraction of a cell in so many steps; who may sleep is asked no more often. */
const steps_between_rests = 8;

/**
 * Change in a step, over the normality, below which finer cells take the steps of coarse ones. A thousandth halves the
 * time of random trains with wide waves, but then the steps, and with them the cuts, jitter from load to load, and a
 * column that takes back what it rejects may come to no steady cycle.
 */
const calm_fraction = 1e-6;

/** Change in a step, over the normality, up to which steps grow where every cell is followed. */
const smooth_fraction = 0.02;

interface Run {
  readonly field: Field;
  readonly sweep: Sweep;
  readonly coupled: CoupledCells;
  /** Largest step per metre of cell, and the longest that liquid takes through one. */
  readonly step_s_per_m: number;
  readonly levelling_s_per_m: number;
  readonly out: Float64Array;
  readonly fed: Float64Array;
  readonly time_s: number[];
  readonly rows: number[];
  readonly frames: Frame[];
  least: number;
  most: number;
  now_s: number;
  before_s: number;
  next_s: number;
  steps: number;
  /** The largest change of the last step in the cells finer than those at the inlet, and the first of these. */
  change_mol_per_m3: number;
  readonly finer: number;
  /** Nothing in the column is awake. */
  quiet: boolean;
}

function newRun(problem: Problem): Run {
  const field = startField(problem);
  const levelling_s_per_m = problem.mobile_fraction / problem.superficial_m_per_s;
  const step_s_per_m = problem.courant_number / trainSpeed_m_per_s(problem);
  const run: Run = {
    field,
    sweep: newSweep(field),
    coupled: newCoupledCells(field),
    step_s_per_m,
    levelling_s_per_m,
    out: new Float64Array(field.species),
    fed: new Float64Array(field.species),
    time_s: [],
    rows: [],
    frames: [],
    least: problem.liquid_mol_per_m3.reduce(
      (least, value) => Math.min(least, value),
      Number.POSITIVE_INFINITY,
    ),
    most: problem.liquid_mol_per_m3.reduce((most, value) => Math.max(most, value), 0),
    now_s: 0,
    before_s: 0,
    next_s: step_s_per_m * problem.grid[0]! * first_step_fraction,
    steps: 0,
    change_mol_per_m3: 0,
    finer: problem.grid.findIndex((size_m) => size_m < 0.99 * problem.grid[0]!),
    quiet: field.awake.every((awake) => awake === 0),
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
    run.next_s = run.step_s_per_m * problem.grid[0]! * first_step_fraction;
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
      work: run.sweep.solved * run.field.species,
      fed_mol_per_m2: run.fed,
      initial_mol_per_m2: initial,
      held_mol_per_m2: contents(run.field),
      left_mol_per_m2: run.out,
      frames: run.frames,
      least_mol_per_m3: run.least,
      most_mol_per_m3: run.most,
    },
  };
}

/**
 * The thickness of cell that the step follows: of the finer ones while something steep crosses them. What crosses them
 * so slowly that they hardly change in a step is wide for them too, and takes the steps of the coarse ones.
 */
function followed_m({ field, before_s, change_mol_per_m3, step_s_per_m }: Run): number {
  const { grid, fine_m, normality_mol_per_m3 } = field.problem;
  if (change_mol_per_m3 === 0) return grid[0]!;
  const calm_s = (calm_fraction * normality_mol_per_m3 * before_s) / change_mol_per_m3;
  return Math.max(fine_m, Math.min(calm_s / step_s_per_m, grid[0]!));
}

/** How many usual steps one may be, where all that changes does so little in it. */
function smoothness({ field, before_s, change_mol_per_m3 }: Run, usual_s: number): number {
  const { stretch_most, normality_mol_per_m3 } = field.problem;
  if (stretch_most === 1 || before_s === 0 || change_mol_per_m3 === 0) return 1;
  const smooth_s = (smooth_fraction * normality_mol_per_m3 * before_s) / change_mol_per_m3;
  return Math.max(1, Math.min(smooth_s / usual_s, stretch_most));
}

/** One accepted step, halved as often as it takes. */
function advance(run: Run, until_s: number, inlet_mol_per_m3: Float64Array): boolean {
  const { field } = run;
  const left_s = until_s - run.now_s;
  const cell_m = followed_m(run);
  const usual_s = run.step_s_per_m * cell_m;
  let seconds = Math.min(run.next_s, usual_s * smoothness(run, usual_s));
  if (field.problem.uneven && levelling(field, inlet_mol_per_m3))
    seconds = Math.min(seconds, run.levelling_s_per_m * cell_m);
  // Nothing but inlet liquid from end to end: what is left of this inlet changes nothing.
  if (run.quiet && isLike(run, inlet_mol_per_m3)) seconds = left_s;
  if (seconds >= left_s * 0.999) seconds = left_s;
  else if (seconds > left_s / 2) seconds = left_s / 2;
  for (let halving = 0; halving <= halvings_max; halving++) {
    const ratio = run.before_s > 0 ? seconds / run.before_s : 0;
    const step: Step = { seconds, ratio, inlet_mol_per_m3 };
    if (sweepCells(run.sweep, step) && solveCoupledStretches(run.sweep, run.coupled, step)) {
      run.change_mol_per_m3 = 0;
      commit(run, step);
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

/** Whether the inlet sends what the column is full of. */
function isLike({ field, sweep }: Run, inlet_mol_per_m3: Float64Array): boolean {
  for (let i = 0; i < field.species; i++)
    sweep.inflow[i] = field.problem.superficial_m_per_s * inlet_mol_per_m3[i]!;
  return passes(field, sweep.inflow, field.low);
}

/** Moves what the fluxes carry, so that what leaves one cell enters the next to the last bit. */
function commit(run: Run, step: Step): void {
  const { field, sweep } = run;
  const { species, cells, low, awake, problem } = field;
  for (let j = low; j < cells; j++) if (awake[j] === 1) moveCell(run, step, j);
  for (let i = 0; i < species; i++) {
    run.fed[i]! += step.seconds * problem.superficial_m_per_s * step.inlet_mol_per_m3[i]!;
    run.out[i]! += step.seconds * sweep.inflow[i]!;
  }
  run.steps++;
  run.quiet = run.steps % steps_between_rests === 0 && layToSleep(field);
}

function moveCell(run: Run, step: Step, j: number): void {
  const { field } = run;
  const { species, held, particle, flux, liquid, liquidBefore, liquidNext, uptakeCorrection, problem } =
    field;
  const { pore, poreBefore, poreNext, denominator, denominatorNow, denominatorBefore } = field;
  const { film } = problem;
  const rate = step.seconds / problem.grid[j]!;
  denominatorBefore[j] = denominatorNow[j]!;
  denominatorNow[j] = denominator[j]!;
  for (let k = j * species; k < (j + 1) * species; k++) {
    let gain = rate * (flux[k]! - flux[k + species]!);
    if (film !== undefined) {
      const uptake =
        step.seconds * film.exchange_per_s * (liquidNext[k]! - poreNext[k]!) + rate * uptakeCorrection[k]!;
      gain -= uptake;
      particle[k]! += uptake;
    }
    held[k]! += gain;
    const value = liquidNext[k]!;
    if (j >= run.finer) {
      const change = Math.abs(value - liquid[k]!);
      if (change > run.change_mol_per_m3) run.change_mol_per_m3 = change;
    }
    if (value < run.least) run.least = value;
    if (value > run.most) run.most = value;
    liquidBefore[k] = liquid[k]!;
    liquid[k] = value;
    if (film === undefined) continue;
    poreBefore[k] = pore[k]!;
    pore[k] = poreNext[k]!;
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

/** Leaves behind the cells that hold nothing but the inlet's liquid; where solids began unsettled, the liquid does not say so. */
function raiseLow(field: Field, inlet_mol_per_m3: Float64Array): void {
  if (!field.settled) return;
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
  const every_s = field.problem.frame_every_s;
  if (every_s !== undefined && run.now_s >= run.frames.length * every_s)
    run.frames.push({ time_s: run.now_s, liquid_mol_per_m3: field.liquid.slice() });
  run.time_s.push(run.now_s);
  const last = field.cells - 1;
  const { liquid, liquidBefore } = field;
  for (let k = last * field.species; k < field.cells * field.species; k++)
    run.rows.push(Math.max(0, liquid[k]! + field.lag[last]! * (liquid[k]! - liquidBefore[k]!)));
  for (let i = 0; i < field.species; i++) run.rows.push(run.out[i]!);
}
