import { fold } from "../reading/look-alikes.ts";
import type { FormFactor, LineClass } from "./classes.ts";

/** One known model string and what is recorded of it. */
export interface KnownModel {
  readonly model: string;
  readonly class: LineClass;
  readonly form_factor: FormFactor | null;
  readonly capacity_bytes: number | null;
  /** Numbers the maker prints on it or sells it under. */
  readonly numbers: readonly string[];
}

export interface Candidate {
  readonly known: KnownModel;
  readonly p: number;
  /** How much of the model's own information the line holds, 0 to 1. */
  readonly likeness: number;
  /** Its own number stands in the line. */
  readonly numbered?: boolean;
}

/** An index of model strings by pieces of three characters, weighted by how rare each piece is. */
export interface ModelIndex {
  readonly models: readonly KnownModel[];
  readonly postings: ReadonlyMap<string, Int32Array>;
  readonly rarity: ReadonlyMap<string, number>;
  readonly lengths: Float64Array;
  readonly byNumber: ReadonlyMap<string, KnownModel>;
  readonly found: Float64Array;
}

/** A piece in more models than this says little and costs much. */
const COMMON = 1500;
const TOP = 5;
/** Sharpness of the ranking, and the likeness at which a model not in the index is as likely: fitted by hand on held-out lines. */
const SHARPNESS = 14;
const NOT_LISTED_AT = 0.62;
/** A number of five characters may be another maker's too: what is left for that. Estimate. */
const NUMBERED_P = 0.95;

/** Separators are left out, look-alikes made one: "WD-10 EFRX" and "WDIOEFRX" share their pieces. */
function pieces(text: string): Set<string> {
  const out = new Set<string>();
  const joined = fold(text.toUpperCase()).replace(/[^\p{L}\p{N}]+/gu, "");
  for (let i = 0; i + 3 <= joined.length; i++) out.add(joined.slice(i, i + 3));
  return out;
}

/** Reads the packed list: one model a line; name, class, form factor, size in GB, the maker's numbers. */
export function readModels(packed: string): KnownModel[] {
  return packed.split("\n").map((line) => {
    const [model = "", kind = "unknown", form = "", size = "", numbers = ""] = line.split("\t");
    return {
      model,
      class: kind as LineClass,
      form_factor: form === "" ? null : (form as FormFactor),
      capacity_bytes: size === "" ? null : Number(size) * 1e9,
      numbers: numbers === "" ? [] : numbers.split(" "),
    };
  });
}

export function indexModels(models: readonly KnownModel[]): ModelIndex {
  const lists = new Map<string, number[]>();
  const all = models.map((known) => pieces(known.model));
  for (const [i, own] of all.entries())
    for (const piece of own) {
      const list = lists.get(piece);
      if (list) list.push(i);
      else lists.set(piece, [i]);
    }
  const rarity = new Map<string, number>();
  const postings = new Map<string, Int32Array>();
  for (const [piece, list] of lists) {
    rarity.set(piece, Math.log(models.length / list.length) + 0.1);
    if (list.length <= COMMON) postings.set(piece, Int32Array.from(list));
  }
  const lengths = new Float64Array(models.length);
  for (const [i, own] of all.entries())
    for (const piece of own) lengths[i] = (lengths[i] ?? 0) + (rarity.get(piece) ?? 0);
  const byNumber = new Map(
    models.flatMap((known) => known.numbers.map((number) => [fold(number), known] as const)),
  );
  return { models, postings, rarity, lengths, byNumber, found: new Float64Array(models.length) };
}

/** Order numbers end in the country they are sold in: "MQ6K2LL/A" is MQ6K2. */
const orderNumber = (word: string): string => word.replace(/^([A-Z0-9]{5})[A-Z]{1,2}$/, "$1");

/** The model one of whose own numbers is among the words. */
export function numberedModel(index: ModelIndex, words: readonly string[]): Candidate | null {
  for (const word of words) {
    const known = index.byNumber.get(fold(word)) ?? index.byNumber.get(fold(orderNumber(word)));
    if (known) return { known, likeness: 1, p: NUMBERED_P, numbered: true };
  }
  return null;
}

/** The models a text most likely names, best first; probabilities leave room for a model that is not listed. */
export function findModels(index: ModelIndex, text: string): Candidate[] {
  const touched: number[] = [];
  let asked = 0;
  for (const piece of pieces(text.slice(0, 120))) {
    const weight = index.rarity.get(piece) ?? Math.log(index.models.length);
    asked += weight;
    const list = index.postings.get(piece);
    if (!list) continue;
    for (let k = 0; k < list.length; k++) {
      const i = list[k] ?? 0;
      if (index.found[i] === 0) touched.push(i);
      index.found[i] = (index.found[i] ?? 0) + weight;
    }
  }
  const best: { i: number; likeness: number; score: number }[] = [];
  for (const i of touched) {
    const shared = index.found[i] ?? 0;
    index.found[i] = 0;
    const likeness = shared / (index.lengths[i] || 1);
    // What the line holds beyond the model (vendor, size, words) costs less than what the model holds beyond the line.
    const score = shared / (0.75 * (index.lengths[i] || 1) + 0.25 * asked);
    const last = best[best.length - 1];
    if (best.length === TOP && last && score <= last.score) continue;
    const place = best.findIndex((b) => b.score < score);
    best.splice(place < 0 ? best.length : place, 0, { i, likeness, score });
    if (best.length > TOP) best.pop();
  }
  const weights = best.map((b) => Math.exp(SHARPNESS * (b.score - NOT_LISTED_AT)));
  const total = 1 + weights.reduce((a, b) => a + b, 0);
  return best.flatMap((b, k) => {
    const known = index.models[b.i];
    return known ? [{ known, likeness: b.likeness, p: (weights[k] ?? 0) / total }] : [];
  });
}
