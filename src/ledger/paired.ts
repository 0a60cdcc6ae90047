import { type Measured, normalAbove, subtract } from "../quantity/index.ts";
import { keptOff } from "./instrument.ts";

/** Two readings of one thing by two firms: the mass of a shipment, or an element of a sample. */
export interface ReadByTwo {
  /** "mass", or an element. */
  readonly of: string;
  readonly shipper: Measured;
  readonly receiver: Measured;
}

/** What two instruments of two firms differ by, over all that both read (L51). */
export interface PairedTest {
  readonly of: string;
  readonly shipper: string;
  readonly receiver: string;
  readonly pairs_count: number;
  /** The receiver less the shipper, in the unit of the readings: the mean of least variance, and its standard uncertainty. */
  readonly difference: number;
  readonly sd: number;
  readonly z: number;
  /** How often two that are as stated differ by as much or more. */
  readonly p: number;
  /** How surely one of the two would be found if it were off by three of its stated bias. */
  readonly power: number;
}

/** How often pairs that are all honest may have one named (Sidak, J. Am. Stat. Assoc. 62, 1967, 626). */
const FALSE_ALARMS = 0.05;
/** Of an instrument off by as many of its stated bias it is said how surely it is found. */
const OFF_BY = 3;
const BISECTIONS = 60;

/** Beyond how many standard uncertainties one of so many honest figures lies, on either side, in so many cases (`alarms`, of one). */
export function chanceOfMany(count: number, alarms: number): number {
  const each = (1 - (1 - alarms) ** (1 / Math.max(1, count))) / 2;
  let [low, high] = [0, 10];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (normalAbove(middle) > each) low = middle;
    else high = middle;
  }
  return high;
}

const BIAS = "bias:";
/** A stored tare errs alike wherever it is used, and is no instrument. */
const TARE = "bias:tare/";

/** The scale, or the laboratory's method, that a reading was made with; readings of neither are compared with nothing. */
const instrumentOf = ({ moves }: Measured): string | undefined =>
  Object.keys(moves)
    .find((cause) => cause.startsWith(BIAS) && !cause.startsWith(TARE))
    ?.slice(BIAS.length);

interface Sums {
  count: number;
  weight: number;
  pull: number;
  readonly biases: Map<string, number>;
}

/** Tests each pair of instruments by all that both read: differences weighted by what single readings err, biases added before they are squared. */
export function pairedTests(readings: readonly ReadByTwo[]): PairedTest[] {
  const pairs = new Map<string, Sums & { of: string; sides: readonly [string, string] }>();
  for (const { of, shipper, receiver } of readings) {
    const sides = [instrumentOf(shipper), instrumentOf(receiver)] as const;
    if (sides[0] === undefined || sides[1] === undefined || sides[0] === sides[1]) continue;
    const off = subtract(receiver, shipper);
    const moves = Object.entries(off.moves);
    const own = moves.reduce((sum, [cause, move]) => (cause.startsWith(BIAS) ? sum : sum + move ** 2), 0);
    if (own === 0) continue;
    const key = JSON.stringify([of, ...sides]);
    const into = pairs.get(key) ?? {
      ...{ of, sides: [sides[0], sides[1]] as const, count: 0, weight: 0, pull: 0, biases: new Map() },
    };
    pairs.set(key, into);
    into.count++;
    into.weight += 1 / own;
    into.pull += keptOff(off) / own;
    for (const [cause, move] of moves)
      if (cause.startsWith(BIAS)) into.biases.set(cause, (into.biases.get(cause) ?? 0) + move / own);
  }
  const limit = chanceOfMany(pairs.size, FALSE_ALARMS);
  return [...pairs.values()].map((sums) => testOf(sums, limit)).sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
}

function testOf(
  {
    of,
    sides: [shipper, receiver],
    count,
    weight,
    pull,
    biases,
  }: Sums & { of: string; sides: readonly [string, string] },
  limit: number,
): PairedTest {
  const difference = pull / weight;
  const shared = [...biases.values()].map((sum) => sum / weight);
  const sd = Math.hypot(Math.sqrt(1 / weight), ...shared);
  const z = difference / sd;
  const least = Math.min(
    ...[shipper, receiver].map((side) => Math.abs((biases.get(`${BIAS}${side}`) ?? 0) / weight)),
  );
  return {
    ...{ of, shipper, receiver, pairs_count: count, difference, sd, z },
    p: Math.min(1, 2 * normalAbove(Math.abs(z))),
    power: normalAbove(limit - (OFF_BY * least) / sd),
  };
}

/** One difference is no pattern: it stands by its own shipment or sample. */
const PAIRS_LEAST = 2;

/** Pairs that differ by more than chance, of all that were looked at together. */
export function pairsApart(tests: readonly PairedTest[]): PairedTest[] {
  const tested = tests.filter(({ pairs_count }) => pairs_count >= PAIRS_LEAST);
  const limit = chanceOfMany(tested.length, FALSE_ALARMS);
  return tested.filter(({ z }) => Math.abs(z) > limit);
}
