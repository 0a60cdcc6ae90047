import { atom } from "./atomic.ts";
import { type Coat, lineStrengths, SEEN, type Tables } from "./fluorescence.ts";
import { solveBounded } from "./least-squares.ts";
import { type Peak, peakOf, type Scale, USUAL_SCALE } from "./peaks.ts";
import type { Spectrum } from "./spectrum.ts";

/** What is there without being seen, as mass fractions, for what has been seen so far. */
export type DarkOf = (seen: ReadonlyMap<string, number>) => ReadonlyMap<string, number>;

export interface Fit {
  readonly scale: Scale;
  readonly coat: (Coat & { readonly sd_um: number }) | undefined;
  /** Mass fractions of the elements seen, dark ones counted in: they add up to one less what is dark. */
  readonly fractions: ReadonlyMap<string, number>;
  readonly dark: ReadonlyMap<string, number>;
  /** Covariance of the fractions in the order of SEEN, from counting alone. */
  readonly covariance: Float64Array;
  /** Per element of SEEN: the fraction that would stand out by 1.645 standard deviations if it were there alone. */
  readonly limits: Float64Array;
  readonly chi2: number;
  readonly chi2_reduced: number;
  readonly model: Float64Array;
  readonly background: Float64Array;
}

const rounds_max = 12;
const settled_fraction = 2e-5;
const hat_every_keV = 3;
/** How far gain, offset and width may lie from an instrument in order; one standard deviation. */
const loose = { gain: 1e-3, offset_keV: 0.025, width_keV: 0.02, coat: 60 };
const most_step = { gain: 1e-3, offset_keV: 0.02, width_keV: 0.01 };

interface State {
  scale: Scale;
  coat: Coat | undefined;
  fractions: Map<string, number>;
  dark: ReadonlyMap<string, number>;
  model: Float64Array | undefined;
}

/**
 * Fits composition, coat, energy scale, width and background to a spectrum: every round one bounded linear fit of the
 * element's lines as the present composition excites and absorbs them, with one step of what is not linear.
 *
 * @param given.coating element of a coat to fit, if one is to be
 * @param given.elements those looked for
 */
export function fitSpectrum(
  spectrum: Spectrum,
  tables: Tables,
  given: {
    readonly coating: string | undefined;
    readonly darkOf: DarkOf;
    readonly elements: ReadonlySet<string>;
  },
): Fit {
  const state: State = {
    scale: USUAL_SCALE,
    coat: given.coating === undefined ? undefined : { element: given.coating, thickness_um: 12 },
    fractions: new Map([
      ["Fe", 0.66],
      ["Nd", 0.3],
    ]),
    dark: new Map([["B", 0.01]]),
    model: undefined,
  };
  let last: Round | undefined;
  for (let round = 0; round < rounds_max; round++) {
    last = oneRound(spectrum, tables, state, given);
    if (round > 2 && last.moved < settled_fraction) break;
  }
  if (!last) throw new Error("a fit takes at least one round");
  return finished(spectrum, state, last);
}

interface Round {
  readonly moved: number;
  readonly amounts: Float64Array;
  readonly inverse: Float64Array;
  readonly information: Float64Array;
  readonly columns: number;
  readonly background: Float64Array;
}

function oneRound(
  spectrum: Spectrum,
  tables: Tables,
  state: State,
  given: { readonly darkOf: DarkOf; readonly elements: ReadonlySet<string> },
): Round {
  const design = designOf(spectrum, tables, state, given.elements);
  const { columns, free, prior, now } = design;
  const size = columns.length;
  const { normal, right } = normalOf(spectrum, state, columns);
  for (let k = 0; k < size; k++) {
    normal[k * size + k]! += prior[k]!;
    right[k]! -= prior[k]! * now[k]!;
  }
  const { values, inverse } = solveBounded(normal, right, free);
  const model = new Float64Array(spectrum.counts.length);
  const background = new Float64Array(spectrum.counts.length);
  columns.forEach((column, k) => {
    if (values[k] === 0 || free[k]) return;
    for (let i = 0; i < model.length; i++) model[i]! += values[k]! * column[i]!;
    if (k < SEEN.length) return;
    for (let i = 0; i < model.length; i++) background[i]! += values[k]! * column[i]!;
  });
  state.model = model;
  const moved = take(state, values, free, given.darkOf);
  const information = Float64Array.from(SEEN, (_, k) => normal[k * size + k]!);
  return { moved, amounts: values, inverse, information, columns: size, background };
}

/** Amounts, scale and coat of the next round. @returns how far the largest fraction moved, and the scale in its units */
function take(state: State, values: Float64Array, free: readonly boolean[], darkOf: DarkOf): number {
  let all = 0;
  SEEN.forEach((_, k) => {
    all += values[k]!;
  });
  const shares = new Map(SEEN.map((element, k) => [element, all > 0 ? values[k]! / all : 0]));
  state.dark = darkOf(shares);
  const seen = 1 - [...state.dark.values()].reduce((sum, value) => sum + value, 0);
  let moved = 0;
  for (const [element, share] of shares) {
    moved = Math.max(moved, Math.abs(share * seen - (state.fractions.get(element) ?? 0)));
    state.fractions.set(element, share * seen);
  }
  const at = free.indexOf(true);
  const bounded = (step: number, most: number) => Math.max(-most, Math.min(most, step));
  const { gain_error, offset_keV, width_keV } = state.scale;
  const [gain = 0, offset = 0, width = 0, thickness = 0] = values.slice(at, at + 4);
  state.scale = {
    gain_error: gain_error + bounded(gain, most_step.gain),
    offset_keV: offset_keV + bounded(offset, most_step.offset_keV),
    width_keV: Math.max(0.09, width_keV + bounded(width, most_step.width_keV)),
  };
  moved = Math.max(moved, Math.abs(offset) * 0.1, Math.abs(gain) * 1);
  if (!state.coat) return moved;
  const { thickness_um } = state.coat;
  const next = Math.max(0.05, Math.min(80, thickness_um + bounded(thickness, 0.5 * thickness_um + 0.5)));
  state.coat = { ...state.coat, thickness_um: next };
  return Math.max(moved, Math.abs(next - thickness_um) * 1e-3);
}

interface Design {
  /** Elements, background, then what may be negative: gain, offset, width and, with a coat, its thickness. */
  readonly columns: readonly Float64Array[];
  readonly free: readonly boolean[];
  readonly prior: readonly number[];
  readonly now: readonly number[];
}

function designOf(spectrum: Spectrum, tables: Tables, state: State, looked: ReadonlySet<string>): Design {
  const { counts } = spectrum;
  const empty = () => new Float64Array(counts.length);
  const absorbing = new Map([...state.fractions, ...state.dark]);
  const { coat } = state;
  const strengths = lineStrengths(tables, absorbing, coat);
  const thicker = coat
    ? lineStrengths(tables, absorbing, { ...coat, thickness_um: coat.thickness_um * 1.02 })
    : strengths;
  const byElement = new Map(SEEN.map((element) => [element, empty()]));
  const fromCoat = empty();
  const [byGain, byOffset, byWidth, byCoat] = [empty(), empty(), empty(), empty()];
  const amountOf = amounts(spectrum, state, tables, strengths);
  for (const { element, line, at } of tables.lines) {
    const sample = strengths.sample[at]!;
    const own = strengths.coat[at]!;
    if (sample === 0 && own === 0) continue;
    const peak = peakOf(spectrum, state.scale, line.energy_keV);
    add(byElement.get(element), peak, peak.shape, sample);
    if (own > 0) add(fromCoat, peak, peak.shape, own);
    const fraction = amountOf * (state.fractions.get(element) ?? 0);
    const area = fraction * sample + amountOf * own;
    if (area === 0) continue;
    add(byGain, peak, peak.byPlace, area * line.energy_keV);
    add(byOffset, peak, peak.byPlace, area);
    add(byWidth, peak, peak.byWidth, area);
    if (!coat) continue;
    const more = fraction * (thicker.sample[at]! - sample) + amountOf * (thicker.coat[at]! - own);
    add(byCoat, peak, peak.shape, more / (0.02 * coat.thickness_um));
  }
  const seen = 1 - [...state.dark.values()].reduce((sum, value) => sum + value, 0);
  const elements = SEEN.map((element) => {
    const column = byElement.get(element) ?? empty();
    if (coat) for (let i = 0; i < column.length; i++) column[i]! += fromCoat[i]! / seen;
    // What the coat is made of is not looked for below it: the two cannot be told apart.
    return (coat && element === coat.element) || !looked.has(element) ? empty() : column;
  });
  const behind = backgroundOf(spectrum, state.scale);
  const loosely = [byGain, byOffset, byWidth, ...(coat ? [byCoat] : [])];
  const { gain_error, offset_keV, width_keV } = state.scale;
  const flat = [...elements, ...behind].map(() => 0);
  return {
    columns: [...elements, ...behind, ...loosely],
    free: [...flat.map(() => false), ...loosely.map(() => true)],
    prior: [
      ...flat,
      loose.gain ** -2,
      loose.offset_keV ** -2,
      loose.width_keV ** -2,
      ...(coat ? [loose.coat ** -2] : []),
    ],
    now: [
      ...flat,
      gain_error,
      offset_keV,
      width_keV - USUAL_SCALE.width_keV,
      ...(coat ? [coat.thickness_um - 12] : []),
    ],
  };
}

/** Photons per unit of strength: what all counts say with the present composition. */
function amounts(
  spectrum: Spectrum,
  state: State,
  tables: Tables,
  strengths: { readonly sample: Float64Array; readonly coat: Float64Array },
): number {
  let model = 0;
  for (const { element, at } of tables.lines)
    model += (state.fractions.get(element) ?? 0) * strengths.sample[at]! + strengths.coat[at]!;
  const counts = spectrum.counts.reduce((sum, value) => sum + value, 0);
  return model > 0 ? counts / model : 0;
}

function add(column: Float64Array | undefined, peak: Peak, shape: Float64Array, area: number): void {
  if (!column) return;
  for (let i = 0; i < shape.length; i++) column[peak.first + i]! += area * shape[i]!;
}

/** Scattered light of the tube: a broken line over energy, and the tube's own lines. */
function backgroundOf(spectrum: Spectrum, scale: Scale): Float64Array[] {
  const { e0_keV, step_keV, counts, tube_kV } = spectrum;
  const columns: Float64Array[] = [];
  for (let knot = e0_keV; knot < tube_kV; knot += hat_every_keV)
    columns.push(
      counts.map((_, i) => Math.max(0, 1 - Math.abs(e0_keV + (i + 0.5) * step_keV - knot) / hat_every_keV)),
    );
  for (const names of [
    ["Ka1", "Ka2"],
    ["Kb1", "Kb2", "Kb3"],
  ]) {
    const column = new Float64Array(counts.length);
    for (const { name, energy_keV, rate } of atom("Rh").lines)
      if (names.includes(name)) {
        const peak = peakOf(spectrum, scale, energy_keV);
        add(column, peak, peak.shape, rate * 100);
      }
    columns.push(column);
  }
  return columns;
}

/** Normal equations with each channel weighted by the Poisson variance of the last model. */
function normalOf(spectrum: Spectrum, state: State, columns: readonly Float64Array[]) {
  const { counts } = spectrum;
  const size = columns.length;
  const weight = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    let expected = state.model?.[i];
    if (expected === undefined) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) sum += counts[Math.max(0, Math.min(counts.length - 1, i + k))]!;
      expected = sum / 5;
    }
    weight[i] = 1 / Math.max(expected, 1);
  }
  const reach = columns.map(rangeOf);
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  const weighted = new Float64Array(counts.length);
  for (let a = 0; a < size; a++) {
    const [from, to] = reach[a]!;
    const column = columns[a]!;
    let sum = 0;
    for (let i = from; i < to; i++) {
      weighted[i] = column[i]! * weight[i]!;
      sum += weighted[i]! * counts[i]!;
    }
    right[a] = sum;
    for (let b = 0; b <= a; b++) {
      const [start, end] = reach[b]!;
      const other = columns[b]!;
      let product = 0;
      for (let i = Math.max(from, start); i < Math.min(to, end); i++) product += weighted[i]! * other[i]!;
      normal[a * size + b] = product;
      normal[b * size + a] = product;
    }
  }
  return { normal, right };
}

function rangeOf(column: Float64Array): readonly [number, number] {
  let from = 0;
  while (from < column.length && column[from] === 0) from++;
  let to = column.length;
  while (to > from && column[to - 1] === 0) to--;
  return [from, to];
}

function finished(spectrum: Spectrum, state: State, last: Round): Fit {
  const model = state.model ?? new Float64Array(spectrum.counts.length);
  let chi2 = 0;
  let channels = 0;
  spectrum.counts.forEach((count, i) => {
    const expected = model[i]!;
    if (expected < 1) return;
    chi2 += (count - expected) ** 2 / expected;
    channels++;
  });
  const { coat } = state;
  const sd = coat ? Math.sqrt(last.inverse[last.columns * last.columns - 1]!) : 0;
  return {
    scale: state.scale,
    coat: coat ? { ...coat, sd_um: sd } : undefined,
    fractions: state.fractions,
    dark: state.dark,
    covariance: fractionCovariance(state, last),
    limits: limitsOf(last),
    chi2,
    chi2_reduced: chi2 / Math.max(1, channels - 20),
    model,
    background: last.background,
  };
}

/** From amounts to fractions of one whole. */
function fractionCovariance(state: State, { amounts: values, inverse, columns }: Round): Float64Array {
  const n = SEEN.length;
  let all = 0;
  for (let k = 0; k < n; k++) all += values[k]!;
  const seen = 1 - [...state.dark.values()].reduce((sum, value) => sum + value, 0);
  const slope = (i: number, k: number) => (seen / all) * ((i === k ? 1 : 0) - values[i]! / all);
  const half = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let m = 0; m < n; m++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += slope(i, k) * inverse[k * columns + m]!;
      half[i * n + m] = sum;
    }
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let m = 0; m < n; m++) sum += half[i * n + m]! * slope(j, m);
      covariance[i * n + j] = sum;
    }
  return covariance;
}

const sigmas_90 = 1.645;

function limitsOf({ amounts: values, information }: Round): Float64Array {
  let all = 0;
  for (let k = 0; k < SEEN.length; k++) all += values[k]!;
  return information.map((value) => (value > 0 && all > 0 ? sigmas_90 / Math.sqrt(value) / all : 0));
}
