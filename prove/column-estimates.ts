import assert from "node:assert/strict";
import { readSimulation, type SimulationResult, simulate } from "../src/column/index.ts";
import { CURVE_KINDS, type CurveKind, randomCurve } from "../src/column/random-curves.ts";
import { type TrainAsk, trainDice } from "../src/column/random-trains.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

const ERROR_ASKED = 0.01;
/** How many times as fine the run is that counts as true: the first of these that is not too much work. */
const FINER = [3, 2, 1.5];
const BELOW_MAX_FRACTION = 2 / 100;
const REFUSED_MAX_FRACTION = 5 / 100;
/** An estimate this many times the error asks for more work than need be. */
const HIGH = 6;

/** Curve n is the same whatever the count; its kind goes by its number. */
export const columnEstimates: Proof = {
  name: "column-estimates",
  proves:
    "K27 K29: of random trains, elutions, gradients, cycles and regenerations to 1 %, no more than 2 in 100 say less than they are off a much finer run",
  count: 100,
  share: 4,
  run,
};

interface Tried {
  readonly kind: CurveKind;
  readonly estimate: number;
  readonly error: number;
  readonly seconds: number;
  readonly again: string;
}

function run({ count, seed, progress }: Ask): Counted {
  const tried: Tried[] = [];
  const refused: string[] = [];
  for (let n = seed; n < seed + count; n++) {
    const one = attempt(n);
    if (typeof one === "string") refused.push(one);
    else tried.push(one);
    progress(n - seed + 1);
  }
  const below = tried.filter(({ estimate, error }) => error > estimate);
  const tell = ({ again, estimate, error }: Tried) =>
    `${again}: ${error.toExponential(1)} where ${estimate.toExponential(1)} was said`;
  assert.ok(
    below.length <= Math.ceil(BELOW_MAX_FRACTION * count),
    `${below.length} of ${tried.length} say too little: ${below.map(tell).join("; ")}`,
  );
  const wrong = tried.filter(({ error }) => error > ERROR_ASKED);
  assert.equal(wrong.length, 0, `off by more than was asked: ${wrong.map(tell).join("; ")}`);
  assert.ok(refused.length <= Math.ceil(REFUSED_MAX_FRACTION * count), refused.join("; "));
  const over = sorted(tried.map(({ estimate, error }) => estimate / Math.max(error, Number.MIN_VALUE)));
  const high = over.filter((times) => times > HIGH).length;
  return {
    "refused, or no finer run": refused.join(", ") || 0,
    "estimates below the error": below.map(tell).join("; ") || 0,
    "estimate over error": `median ${at(over, 0.5)}, from ${at(over, 0)} to ${at(over, 0.95)} in 95 of 100; above ${HIGH} in ${high}`,
    "processor seconds, median and 95 of 100": CURVE_KINDS.map((kind) => {
      const took = sorted(tried.filter((one) => one.kind === kind).map(({ seconds }) => seconds));
      return `${kind} ${at(took, 0.5)} and ${at(took, 0.95)}`;
    }).join(", "),
  };
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const at = (values: readonly number[], part: number): string =>
  (values[Math.floor(part * (values.length - 1))] ?? 0).toFixed(2);

/** One curve to the error asked, beside a run much finer; or why there is none. */
function attempt(n: number): Tried | string {
  const kind = CURVE_KINDS[n % CURVE_KINDS.length]!;
  const again = `${kind} ${n} (--seed ${n} --count 1)`;
  const begun = process.cpuUsage();
  const ours = solved(kind, n, { error_l1_max: ERROR_ASKED });
  const { user, system } = process.cpuUsage(begun);
  if (typeof ours === "string") return `${again}: ${ours}`;
  const exact = muchFiner(kind, n, ours.numerics.cells);
  if (typeof exact === "string") return `${again}: finer ${exact}`;
  return {
    kind,
    again,
    estimate: ours.numerics.error_l1_estimate,
    error: distance(kind, n, ours, exact),
    seconds: (user + system) / 1e6,
  };
}

function muchFiner(kind: CurveKind, n: number, cells: number): SimulationResult | string {
  let finer: SimulationResult | string = "";
  for (const times of FINER) {
    finer = solved(kind, n, { cells: Math.round(times * cells) });
    if (typeof finer !== "string") return finer;
  }
  return finer;
}

function solved(kind: CurveKind, n: number, ask: TrainAsk): SimulationResult | string {
  const read = readSimulation(randomCurve(kind, trainDice(n), ask));
  assert.ok(read.ok, read.ok ? "" : `${kind} ${n}: ${read.refusal.at} ${read.refusal.message}`);
  const result = simulate(read.value);
  return result.ok ? result.value : result.refusal.code;
}

/** Off over what leaves: of the products and, where there are none or waves spread, of all that leaves. */
function distance(kind: CurveKind, n: number, ours: SimulationResult, exact: SimulationResult): number {
  const { species } = randomCurve(kind, trainDice(n), {});
  const off = (names: readonly string[]): number => {
    let [apart, size] = [0, 0];
    for (const name of names)
      for (const [k, c] of exact.outlet.mol_per_m3[name]!.entries()) {
        apart += Math.abs(ours.outlet.mol_per_m3[name]![k]! - c);
        size += c;
      }
    return size > 0 ? apart / size : 0;
  };
  const products = off(species.filter(({ role }) => role === "product").map(({ name }) => name));
  return kind === "train" ? products : Math.max(products, off(species.map(({ name }) => name)));
}
