import { type Measured, spread } from "../quantity/index.ts";
import type { Book } from "./book.ts";

/**
 * What an instrument read against others and against itself, in one calibration period: the sums that its bias is worked out from.
 * A pair is two readings of one mass; in it a bias counts by how far it moves the difference (its move, one stated bias).
 */
export interface Instrument {
  /** The instrument, and after an @ the day of its calibration where that was stated. */
  readonly instrument: string;
  readonly pairs_count: number;
  /** Of pairs in which its bias counts: squares of its move, and move times difference, over the variance of the readings. */
  readonly squares: number;
  readonly pulls: number;
  /** With other instruments: move times their move, over that variance. */
  readonly beside: Readonly<Record<string, number>>;
  /** Pairs of its own readings: how many, and the squares of their differences over that variance. */
  readonly own_count: number;
  readonly own_squares: number;
  /** Sum of the masses weighed, for what it is typically used for. */
  readonly load_mg: number;
  readonly last_at: string;
}

export interface InstrumentRecords {
  readonly instrument: Instrument;
}

const BIAS = "bias:";
/** Of a bias that cancels in a pair floating point may leave a trace. */
const TRACE = 1e-9;

/** Beyond so many standard uncertainties a difference counts as that: the lot changed, or the scale is named anyway (P. J. Huber, Ann. Math. Statist. 35, 1964, 73). */
const FURTHEST = 6;

/** A difference of two readings as far as it counts. */
export const keptOff = (off_mg: Measured): number => {
  const limit = FURTHEST * spread(off_mg);
  return Math.max(-limit, Math.min(limit, off_mg.best));
};

export interface Pair {
  /** One reading less the other, with what moves it. */
  readonly off_mg: Measured;
  readonly load_mg: number;
  readonly at: string;
  /** Instruments that both readings were made on: their bias has cancelled. */
  readonly both: readonly string[];
}

const biasesOf = (x: Measured): Map<string, number> =>
  new Map(
    Object.entries(x.moves).flatMap(([cause, move]) =>
      cause.startsWith(BIAS) ? [[cause.slice(BIAS.length), move] as const] : [],
    ),
  );

/** Two readings of one mass as a pair. */
export function pairOf(
  a: Measured,
  b: Measured,
  given: { readonly off_mg: Measured; readonly at: string },
): Pair {
  const [mine, theirs] = [biasesOf(a), biasesOf(b)];
  const both = [...mine.keys()].filter((instrument) => theirs.has(instrument));
  return { ...given, load_mg: a.best, both };
}

/** Books a pair with every instrument it tells something of. */
export async function notePair(book: Book<InstrumentRecords>, pair: Pair): Promise<void> {
  const { off_mg, load_mg, at } = pair;
  const scale = Math.hypot(...Object.values(off_mg.moves));
  const biases = [...biasesOf(off_mg)].filter(([, move]) => Math.abs(move) > TRACE * scale);
  const variance = Object.entries(off_mg.moves).reduce(
    (sum, [cause, move]) => (cause.startsWith(BIAS) ? sum : sum + move * move),
    0,
  );
  if (variance === 0) return;
  const off = keptOff(off_mg);
  for (const instrument of new Set([...biases.map(([name]) => name), ...pair.both])) {
    const before = await book.get("instrument", instrument);
    const move = new Map(biases).get(instrument) ?? 0;
    const alone = biases.length === 0;
    const beside: Record<string, number> = { ...before?.beside };
    for (const [other, theirs] of biases)
      if (other !== instrument && move !== 0)
        beside[other] = (beside[other] ?? 0) + (move * theirs) / variance;
    book.put("instrument", instrument, {
      instrument,
      pairs_count: (before?.pairs_count ?? 0) + 1,
      squares: (before?.squares ?? 0) + (move * move) / variance,
      pulls: (before?.pulls ?? 0) + (move * off) / variance,
      beside,
      own_count: (before?.own_count ?? 0) + (alone ? 1 : 0),
      own_squares: (before?.own_squares ?? 0) + (alone ? off ** 2 / variance : 0),
      load_mg: (before?.load_mg ?? 0) + load_mg,
      last_at: before && before.last_at > at ? before.last_at : at,
    });
  }
}

export interface BiasFound {
  /** The bias in stated biases, and its standard uncertainty. */
  readonly best: number;
  readonly sd: number;
  /** Of nothing wrong: how many standard uncertainties it is from what was stated. */
  readonly z: number;
}

/**
 * The bias of one instrument from pairs with others, whose biases are as stated (each a normal of one stated bias): weighted least
 * squares of all of them at once. Undefined where no pair tells anything. `others` are the records of what it stands beside.
 */
export function biasFound(of: Instrument, others: readonly Instrument[]): BiasFound | undefined {
  if (of.squares === 0) return undefined;
  const all = [of, ...others.filter(({ instrument }) => instrument !== of.instrument)];
  const matrix = all.map((row, i) =>
    all.map((column, j) =>
      i === j ? row.squares + (i === 0 ? 0 : 1) : (row.beside[column.instrument] ?? 0),
    ),
  );
  const best = solve(
    matrix,
    all.map(({ pulls }) => pulls),
  )?.[0];
  const variance = solve(
    matrix,
    all.map((_, i) => (i === 0 ? 1 : 0)),
  )?.[0];
  if (best === undefined || variance === undefined) return undefined;
  return { best, sd: Math.sqrt(variance), z: best / Math.sqrt(1 + variance) };
}

/** Gauss with pivots, for as many unknowns as there are instruments side by side; undefined where they cannot be told apart. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce(
      (at, row, i) => (i >= k && Math.abs(row[k] ?? 0) > Math.abs(rows[at]?.[k] ?? 0) ? i : at),
      k,
    );
    [rows[k], rows[pivot]] = [rows[pivot] as number[], rows[k] as number[]];
    const head = rows[k] as number[];
    const lead = head[k] ?? 0;
    if (Math.abs(lead) < 1e-12) return undefined;
    for (let i = 0; i < n; i++) {
      const row = rows[i] as number[];
      if (i === k) continue;
      const factor = (row[k] ?? 0) / lead;
      for (let j = k; j <= n; j++) row[j] = (row[j] ?? 0) - factor * (head[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}
