import { done, type Result, refuse } from "../../quantity/index.ts";
import { type Line, lineThrough, quantileOf } from "./line.ts";
import type { PackingRefusal, Trace } from "./read-packing.ts";

/** A pulse on its baseline, and what is not known of that baseline. */
export interface Pulse {
  readonly time_s: readonly number[];
  /** Above the baseline, upwards whatever way the detector moved. */
  readonly above: readonly number[];
  readonly peak: number;
  readonly height: number;
  /** First and last reading that count in the moments; those outside are the baseline. */
  readonly first: number;
  readonly last: number;
  readonly baseline: Line;
  /** Standard deviation of a reading. */
  readonly noise: number;
  /** What may be left of the tail where the baseline is taken: one standard uncertainty, in units of the signal. */
  readonly left_over: number;
  /** Time constant of the tail. */
  readonly tail_s: number;
  /** What the tail may still stand at, at the last reading that counts. */
  readonly level_at_end: number;
  readonly turned_over: boolean;
}

/** A pulse is sampled well enough for its moments when so many readings stand above half its height. */
const readings_above_half_min = 5;
const flat_readings_min = 5;
/** Of the height: below it nothing is a pulse to the eye, and the search for the baseline may begin. */
const foot = 2e-3;
/** A tail that may stand at more than this of the height where the trace ends makes its moments unknown. */
const left_over_max = 0.02;
/** Height over noise below which a bump is not told from chance. */
const height_over_noise_min = 20;
const rounds_max = 30;

/** Finds the pulse and its baseline, a line through what stands before and after it; or says at which row it cannot. */
export function findPulse({ time_s, signal, at }: Trace): Result<Pulse, PackingRefusal> {
  const middle = quantileOf(signal, 0.5);
  const turned_over = middle - Math.min(...signal) > Math.max(...signal) - middle;
  const y = turned_over ? signal.map((value) => -value) : signal;
  const noise = noiseOf(time_s, y);
  let edges = { first: Math.floor(y.length / 20) + 2, last: Math.ceil((19 * y.length) / 20) - 3 };
  for (let round = 0; round < rounds_max; round++) {
    const found = pulseOn(baselineOf(time_s, y, edges), { time_s, y, noise });
    const next = edgesOf(found, time_s, noise);
    if (next.fault) return rowRefusal(at, next.fault.row, next.fault.message);
    if (next.first === edges.first && next.last === edges.last) break;
    edges = { first: next.first, last: next.last };
  }
  return checked({ time_s, y, noise, edges, at, turned_over });
}

const rowRefusal = (at: string, row: number, message: string) =>
  refuse("result_not_trusted", `${at} row ${row}`, message);

function checked(given: {
  time_s: readonly number[];
  y: readonly number[];
  noise: number;
  edges: { first: number; last: number };
  at: string;
  turned_over: boolean;
}): Result<Pulse, PackingRefusal> {
  const { time_s, y, edges, at, turned_over } = given;
  const baseline = baselineOf(time_s, y, edges);
  // Slow noise is not seen from reading to reading; what the flat parts scatter by is.
  const noise = Math.max(given.noise, baseline.scatter);
  const found = pulseOn(baseline, { time_s, y, noise });
  const { above, peak, height } = found;
  const row = (k: number) => k + given_rows_before;
  if (height < height_over_noise_min * noise)
    return rowRefusal(
      at,
      row(peak),
      `the highest reading stands ${(height / Math.max(noise, Number.MIN_VALUE)).toFixed(1)} times the noise above the baseline, at least ${height_over_noise_min} are needed`,
    );
  const busy = above.filter((value) => value > height / 2).length;
  if (busy < readings_above_half_min)
    return rowRefusal(
      at,
      row(peak),
      `${busy} readings stand above half the height, ${readings_above_half_min} are needed: record more often`,
    );
  const tail_s = tailOf(found, time_s);
  const after = lineThrough(time_s, y, [[edges.last + 1, y.length - 1]]);
  const slope_sd = after.slope_sd(noise);
  const falling = Math.max(0, baseline.slope - after.slope);
  const left_over = tail_s * (falling + slope_sd);
  if (left_over > left_over_max * height)
    return rowRefusal(
      at,
      row(edges.last + 1),
      `from here on the trace may still fall: the tail may stand at ${((100 * left_over) / height).toFixed(1)} % of the height. Record until it is flat for longer`,
    );
  return done({
    ...{ time_s, above, peak, height, ...edges, baseline, noise, left_over, tail_s, turned_over },
    level_at_end: Math.max(noise / 10, 1e-6 * height),
  });
}

/** Row 1 of a CSV is its header; of lists, the first reading is row 2 as well, so that one number names it in both. */
const given_rows_before = 2;

/** Scatter of a reading about the straight line between its neighbours: a pulse hardly bends between three readings. */
function noiseOf(time_s: readonly number[], y: readonly number[]): number {
  const off = y.slice(1, -1).map((value, i) => {
    const part = (time_s[i + 1]! - time_s[i]!) / (time_s[i + 2]! - time_s[i]!);
    const between = y[i]! + part * (y[i + 2]! - y[i]!);
    return Math.abs(value - between) / Math.sqrt(1 + part ** 2 + (1 - part) ** 2);
  });
  return MAD_TO_SD * quantileOf(off, 0.25);
}
/** A quarter of normal deviates lie within so many standard deviations: the inverse of 0.3186. The quarter, since the pulse itself bends. */
const MAD_TO_SD = 1 / 0.318_639_4;

interface Found {
  readonly above: readonly number[];
  readonly peak: number;
  readonly height: number;
  readonly y: readonly number[];
}

const baselineOf = (
  time_s: readonly number[],
  y: readonly number[],
  { first, last }: { first: number; last: number },
): Line =>
  lineThrough(time_s, y, [
    [0, first - 1],
    [last + 1, y.length - 1],
  ]);

function pulseOn(
  line: Line,
  given: { time_s: readonly number[]; y: readonly number[]; noise: number },
): Found {
  const above = given.y.map((value, i) => value - line.at(given.time_s[i]!));
  const peak = above.reduce((best, value, i) => (value > above[best]! ? i : best), 0);
  return { above, peak, height: above[peak]!, y: given.y };
}

/** Time constant of the tail, from where it falls through a tenth and a hundredth of the height. */
function tailOf({ above, peak, height }: Found, time_s: readonly number[]): number {
  const reach = (part: number) => {
    let k = peak;
    while (k < above.length - 1 && meanAround(above, k) > part * height) k++;
    return time_s[k]!;
  };
  const [tenth, hundredth] = [reach(0.1), reach(0.01)];
  const spacing = time_s[peak + 1]! - time_s[peak]!;
  return Math.max((hundredth - tenth) / Math.log(10), spacing);
}

const meanAround = (values: readonly number[], k: number): number =>
  ((values[k - 1] ?? values[k]!) + values[k]! + (values[k + 1] ?? values[k]!)) / 3;

type Edges =
  | { readonly first: number; readonly last: number; readonly fault: undefined }
  | { readonly fault: { readonly row: number; readonly message: string } };

/** Where the pulse begins and ends: beyond it the tail, falling on as it does, is lost in the noise. */
function edgesOf(found: Found, time_s: readonly number[], noise: number): Edges {
  const { above, peak, height } = found;
  const least = Math.max(foot * height, 3 * noise);
  let front = peak;
  while (front > 0 && meanAround(above, front) > least) front--;
  let back = peak;
  while (back < above.length - 1 && meanAround(above, back) > least) back++;
  const tail_s = tailOf(found, time_s);
  const lost = tail_s * Math.log(least / Math.max(noise / 10, 1e-6 * height));
  const rise_s = time_s[peak]! - time_s[front]!;
  let first = front;
  while (first > 0 && time_s[front]! - time_s[first]! < Math.min(lost, rise_s)) first--;
  let last = back;
  while (last < above.length - 1 && time_s[last]! - time_s[back]! < lost) last++;
  // Where the trace is too short for all of the tail to be lost, its flat end is what there is; how flat is checked later.
  const latest = above.length - 1 - flat_readings_min;
  if (front < flat_readings_min)
    return {
      fault: { row: given_rows_before, message: "the trace begins on the pulse: record from before it" },
    };
  if (back > latest)
    return {
      fault: {
        row: above.length - 1 + given_rows_before,
        message: "the trace ends on the pulse: record until it is flat again",
      },
    };
  return { first: Math.max(first, flat_readings_min), last: Math.min(last, latest), fault: undefined };
}
