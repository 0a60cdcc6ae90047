import { LINE_CLASSES } from "./classes.ts";
import { BUCKETS, CLASS_COUNT } from "./features.ts";

/** A trained classifier as it is shipped: one printable character a weight, bucket by bucket, class by class. */
export interface PackedWeights {
  readonly step: number;
  readonly temperature: number;
  readonly characters: string;
}

export interface Classifier {
  readonly weights: Float32Array;
  readonly temperature: number;
}

// 91 printable characters from "#" to "~" without the backslash, so that a weight needs no escape in source.
const FIRST = 35;
const BACKSLASH = 92;
const MIDDLE = 45;

const levelOf = (code: number): number => (code > BACKSLASH ? code - 1 : code) - FIRST - MIDDLE;
const codeOf = (level: number): number => {
  const code = level + MIDDLE + FIRST;
  return code >= BACKSLASH ? code + 1 : code;
};

export function packWeights(weights: Float32Array, temperature: number): PackedWeights {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  // The largest thousandth is clipped: a handful of outsized weights must not coarsen all others.
  const step = (sizes[Math.floor(sizes.length * 0.9995)] ?? 1) / MIDDLE;
  const characters: string[] = [];
  for (const w of weights) {
    const level = Math.max(-MIDDLE, Math.min(MIDDLE, Math.round(w / step)));
    characters.push(String.fromCharCode(codeOf(level)));
  }
  return { step, temperature, characters: characters.join("") };
}

export function unpackWeights(packed: PackedWeights): Classifier {
  const weights = new Float32Array(BUCKETS * CLASS_COUNT);
  for (let i = 0; i < weights.length; i++)
    weights[i] = levelOf(packed.characters.charCodeAt(i)) * packed.step;
  return { weights, temperature: packed.temperature };
}

/** Unscaled class scores. The sum over features is divided by the root of their number, so long lines are not surer. */
export function scores(weights: Float32Array, buckets: readonly number[], out: Float64Array): void {
  out.fill(0);
  for (const bucket of buckets) {
    const at = bucket * CLASS_COUNT;
    for (let k = 0; k < CLASS_COUNT; k++) out[k] = (out[k] ?? 0) + (weights[at + k] ?? 0);
  }
  const scale = 1 / Math.sqrt(Math.max(1, buckets.length));
  for (let k = 0; k < CLASS_COUNT; k++) out[k] = (out[k] ?? 0) * scale;
}

/** Turns scores into probabilities in place. */
export function softmax(values: Float64Array, temperature: number): void {
  let top = Number.NEGATIVE_INFINITY;
  for (const v of values) top = Math.max(top, v / temperature);
  let total = 0;
  for (let k = 0; k < values.length; k++) {
    const e = Math.exp((values[k] ?? 0) / temperature - top);
    values[k] = e;
    total += e;
  }
  for (let k = 0; k < values.length; k++) values[k] = (values[k] ?? 0) / total;
}

/** Class probabilities in the order of LINE_CLASSES. */
export function classProbabilities(model: Classifier, buckets: readonly number[]): Float64Array {
  const p = new Float64Array(LINE_CLASSES.length);
  scores(model.weights, buckets, p);
  softmax(p, model.temperature);
  return p;
}

export interface Example {
  readonly buckets: readonly number[];
  readonly label: number;
  readonly weight: number;
}

/**
 * Softmax regression by Adagrad (Duchi, Hazan and Singer 2011), shuffled by the generator given; L2 keeps what is
 * seen once from being believed.
 */
export function train(
  examples: readonly Example[],
  next: () => number,
  settings: { readonly passes: number; readonly rate: number; readonly l2: number },
): Float32Array {
  const weights = new Float32Array(BUCKETS * CLASS_COUNT);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const order = examples.map((_, i) => i);
  const p = new Float64Array(CLASS_COUNT);
  for (let pass = 0; pass < settings.passes; pass++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      scores(weights, example.buckets, p);
      softmax(p, 1);
      const scale = 1 / Math.sqrt(Math.max(1, example.buckets.length));
      for (let k = 0; k < CLASS_COUNT; k++) {
        const error = ((p[k] ?? 0) - (k === example.label ? 1 : 0)) * example.weight * scale;
        if (Math.abs(error) < 1e-5) continue;
        for (const bucket of example.buckets) {
          const at = bucket * CLASS_COUNT + k;
          const gradient = error + settings.l2 * (weights[at] ?? 0);
          const square = (squares[at] ?? 0) + gradient * gradient;
          squares[at] = square;
          weights[at] = (weights[at] ?? 0) - (settings.rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return weights;
}
