import { done, type Result, refuse } from "../../quantity/index.ts";
import { solveOn } from "../accuracy/one-grid.ts";
import { readSimulation } from "../input/read.ts";
import { concentrations } from "../outlet/curve.ts";
import { doubtOf, ellipse, knownTogether, student } from "./doubt.ts";
import { type Minimum, minimise, type Residuals, rounds_max, sumOfSquares } from "./least-squares.ts";
import { withParameters } from "./parameters.ts";
import { type Profile, profileOf } from "./profile.ts";
import type { Calibration, CalibrationRefusal, Experiment } from "./read-calibration.ts";
import { warningsOf } from "./warnings.ts";

export interface FittedParameter {
  readonly best: number;
  /** Standard uncertainty, in the unit of the parameter. */
  readonly sd: number;
  readonly sd_relative: number;
  readonly interval_90: readonly [number, number];
  readonly at_bound: "min" | "max" | null;
  /** Where asked for: the interval and what it was found from, all other parameters fitted anew at every point. */
  readonly profile?: Profile;
}

export interface CurveFit {
  readonly experiment: string;
  readonly species: string;
  readonly time_s: readonly number[];
  readonly measured: readonly number[];
  readonly fitted: readonly number[];
  /** (measured - fitted) over the standard deviation of a reading. */
  readonly residual: readonly number[];
  /** Correlation of neighbouring residuals; about 0 when only noise is left. */
  readonly autocorrelation: number;
}

export interface CalibrationResult {
  readonly parameters: Readonly<Record<string, FittedParameter>>;
  /** Of the logarithms, in the order of `parameters`. */
  readonly correlation: readonly (readonly number[])[];
  readonly ellipses_90: readonly {
    readonly pair: readonly [string, string];
    readonly points: readonly (readonly [number, number])[];
  }[];
  readonly together: readonly {
    readonly pair: readonly [string, string];
    readonly power: number | null;
    readonly sd_relative: number;
  }[];
  readonly chi2_reduced: number;
  readonly error: "stated" | "from the residuals";
  readonly curves: readonly CurveFit[];
  readonly converged: boolean;
  readonly numerics: { readonly cells: number; readonly simulations: number; readonly shift_over_sd: number };
  readonly warnings: readonly string[];
}

/** Fits the parameters to all curves at once. */
export function calibrate(
  calibration: Calibration,
  progress: (progress: number, said: string) => void = () => {},
): Result<CalibrationResult, CalibrationRefusal> {
  const { parameters, cells } = calibration;
  let simulations = 0;
  const residuals = (point: readonly number[]): number[] | undefined => {
    simulations += calibration.experiments.length;
    const curves = fitAll(calibration, point, cells);
    return curves.ok
      ? [...curves.value.flatMap((c) => c.residual), ...priors(calibration, point)]
      : undefined;
  };
  const first = fitAll(
    calibration,
    parameters.map(({ start }) => Math.log(start)),
    cells,
  );
  if (!first.ok) return first;
  const bounds = parameters.map(({ min, max }) => ({ min: Math.log(min), max: Math.log(max) }));
  // Profiles, where they are asked for, take most of the time.
  const found_at = calibration.profile ? 0.25 : 0.95;
  const best = fromSeveralStarts(calibration, { residuals, bounds }, (part, said) =>
    progress(found_at * part, said),
  );
  if (!best) return refuse("fit_impossible", "fit", "the model has no answer around the best point found");
  progress(found_at, "best point found, working out how well it is known");
  const curves = fitAll(calibration, best.point, cells);
  const finer = fitAll(calibration, best.point, 2 * cells);
  if (!curves.ok) return curves;
  if (!finer.ok) return finer;
  return done(
    answer(calibration, best, {
      curves: curves.value,
      finer: finer.value,
      counted: () => simulations,
      model: residuals,
      bounds,
      told: (part, said) => progress(found_at + (1 - found_at) * part, said),
    }),
  );
}

/** Starts tried beside the given one, within this factor of it either way. */
const scattered = 6;
const scatter = Math.log(2);
/** Of the time until the best point is found. */
const starts_part = 0.1;
/** Most descents are through after so many; one that is not seems to stand still. */
const usual_rounds = 12;
const primes = [2, 3, 5, 7, 11, 13, 17, 19];

/** A front that overlaps nothing measured has no slope, so the best of a few scattered starts is descended too, if nearer. */
function fromSeveralStarts(
  { parameters }: Calibration,
  { residuals, bounds }: { residuals: Residuals; bounds: readonly { min: number; max: number }[] },
  told: (part: number, said: string) => void,
): Minimum | undefined {
  const start = parameters.map((p) => Math.log(p.start));
  const starts = Array.from({ length: scattered }, (_, k) =>
    start.map((x, i) => {
      const { min, max } = bounds[i]!;
      return Math.min(max, Math.max(min, x + scatter * (2 * halton(k + 1, primes[i] ?? 23) - 1)));
    }),
  );
  const ranked = starts
    .map((point, k) => {
      told((starts_part * k) / scattered, `looking for where to start: ${k + 1} of ${scattered}`);
      return { point, cost: sumOfSquares(residuals(point) ?? [Number.POSITIVE_INFINITY]) };
    })
    .sort((a, b) => a.cost - b.cost);
  const given = sumOfSquares(residuals(start) ?? [Number.POSITIVE_INFINITY]);
  const nearer = ranked.filter(({ cost }) => cost < given).slice(0, 1);
  const chosen = [start, ...nearer.map(({ point }) => point)];
  const minima = chosen
    .map((point, k) =>
      minimise(residuals, point, bounds, rounds_max, (round, cost) =>
        told(
          starts_part + ((1 - starts_part) * (k + Math.min(0.95, round / usual_rounds))) / chosen.length,
          `${chosen.length > 1 ? `start ${k + 1} of ${chosen.length}, ` : ""}round ${round + 1}: sum of squares ${cost.toPrecision(4)}`,
        ),
      ),
    )
    .filter((minimum) => minimum !== undefined);
  return minima.sort((a, b) => sumOfSquares(a.residuals) - sumOfSquares(b.residuals))[0];
}

/** Halton's sequence: evenly spread without dice. */
function halton(index: number, base: number): number {
  let value = 0;
  let part = 1;
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    part /= base;
    value += part * (i % base);
  }
  return value;
}

const priors = ({ parameters }: Calibration, point: readonly number[]): number[] =>
  parameters.flatMap(({ prior }, i) =>
    prior ? [(point[i]! - Math.log(prior.best)) / prior.sd_relative] : [],
  );

function fitAll(
  calibration: Calibration,
  point: readonly number[],
  cells: number,
): Result<CurveFit[], CalibrationRefusal> {
  const names = calibration.parameters.map(({ name }) => name);
  const curves: CurveFit[] = [];
  for (const [i, experiment] of calibration.experiments.entries()) {
    const { time_s } = experiment.curve;
    const input = withParameters(experiment.simulation, names, point.map(Math.exp));
    const read = readSimulation({ ...input, ask: { outlet_times_s: time_s, cells } });
    const solved = read.ok ? solveOn(read.value, cells) : read;
    if (!solved.ok || !read.ok) {
      const { refusal } = solved.ok ? (read as Extract<typeof read, { ok: false }>) : solved;
      return refuse(refusal.code, `experiments.${i}.simulation: ${refusal.at}`, refusal.message);
    }
    for (const [species, measured] of Object.entries(experiment.curve.mol_per_m3)) {
      const fitted = concentrations(solved.value.outlet.curve, read.value.names.indexOf(species), time_s);
      curves.push(compared(experiment, { species, measured, fitted }));
    }
  }
  return done(curves);
}

function compared(
  { name, curve, error }: Experiment,
  { species, measured, fitted }: { species: string; measured: readonly number[]; fitted: readonly number[] },
): CurveFit {
  // The error is taken from the reading, so that the weights stay while the parameters move.
  const residual = measured.map(
    (value, i) => (value - fitted[i]!) / Math.hypot(error.absolute_mol_per_m3, error.relative * value),
  );
  const neighbours = residual.slice(1).reduce((sum, value, i) => sum + value * residual[i]!, 0);
  const autocorrelation = neighbours / Math.max(sumOfSquares(residual), Number.MIN_VALUE);
  return { experiment: name, species, time_s: curve.time_s, measured, fitted, residual, autocorrelation };
}

function answer(
  calibration: Calibration,
  best: Minimum,
  run: {
    curves: CurveFit[];
    finer: CurveFit[];
    counted: () => number;
    model: Residuals;
    bounds: readonly { min: number; max: number }[];
    told: (part: number, said: string) => void;
  },
): CalibrationResult {
  const { parameters, error_stated } = calibration;
  const names = parameters.map(({ name }) => name);
  const freedom = best.residuals.length - names.length;
  const chi2_reduced = sumOfSquares(best.residuals) / freedom;
  // A stated error is never improved on by a lucky fit, and a poor fit widens it.
  const variance = error_stated ? Math.max(1, chi2_reduced) : chi2_reduced;
  const doubt = doubtOf(best.slopes, names, variance);
  const values = best.point.map(Math.exp);
  const profile = {
    model: run.model,
    point: best.point,
    bounds: run.bounds,
    least: sumOfSquares(best.residuals),
    variance: Math.max(variance, Number.MIN_VALUE),
    t: student(freedom),
    sd: doubt.covariance.map((row, i) => Math.sqrt(row[i]!)),
  };
  const fitted = parameters.map(({ name, min, max }, i): FittedParameter => {
    if (calibration.profile) run.told(i / names.length, `profile of ${name}`);
    const sd_relative = Math.sqrt(doubt.covariance[i]![i]!);
    const reach = Math.exp(Math.min(50, student(freedom) * sd_relative));
    const value = values[i]!;
    return {
      best: value,
      sd: value * sd_relative,
      sd_relative,
      interval_90: [value / reach, value * reach],
      at_bound: value <= min * (1 + 1e-9) ? "min" : value >= max * (1 - 1e-9) ? "max" : null,
      ...(calibration.profile ? { profile: profileOf(profile, i) } : {}),
    };
  });
  const pairs = names.flatMap((_, i) => names.flatMap((_, j) => (j > i ? [[i, j] as const] : [])));
  const shift = shiftOverSd(calibration, best, run, doubt.covariance);
  const result = {
    parameters: Object.fromEntries(names.map((name, i) => [name, fitted[i]!])),
    correlation: doubt.correlation,
    ellipses_90: pairs.map(([i, j]) => ({
      pair: [names[i]!, names[j]!] as const,
      points: ellipse(values, doubt.covariance, i, j),
    })),
    together: pairs.map(([i, j]) => ({
      pair: [names[i]!, names[j]!] as const,
      ...knownTogether(doubt.covariance, i, j),
    })),
    chi2_reduced,
    error: error_stated ? ("stated" as const) : ("from the residuals" as const),
    curves: run.curves,
    converged: best.converged,
    numerics: { cells: calibration.cells, simulations: run.counted(), shift_over_sd: shift },
  };
  return { ...result, warnings: [...calibration.warnings, ...warningsOf(result, doubt.open)] };
}

/** How far twice the cells would move the parameters, at first order, over their standard uncertainties; the largest. */
function shiftOverSd(
  { parameters }: Calibration,
  best: Minimum,
  { curves, finer }: { curves: CurveFit[]; finer: CurveFit[] },
  covariance: readonly (readonly number[])[],
): number {
  const before = curves.flatMap((c) => c.residual);
  const change = finer.flatMap((c) => c.residual).map((value, i) => value - before[i]!);
  const pull = best.slopes.map((s) => change.reduce((sum, value, i) => sum + value * s[i]!, 0));
  const variance = Math.max(
    sumOfSquares(best.residuals) / (best.residuals.length - parameters.length),
    Number.MIN_VALUE,
  );
  return Math.max(
    ...parameters.map((_, i) => {
      const moved = covariance[i]!.reduce((sum, value, j) => sum + (value / variance) * pull[j]!, 0);
      return Math.abs(moved) / Math.sqrt(covariance[i]![i]!);
    }),
  );
}
