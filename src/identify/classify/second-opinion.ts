import { LINE_CLASSES } from "./classes.ts";
import { softmax } from "./classifier.ts";
import { type Evidence, NAMELESS } from "./evidence.ts";

/**
 * Weighs the first opinion (pieces of words) against neighbours, numbering schemes, product lines and plain words.
 * It is taught by first opinions on families the first opinion had not seen, so it knows what they are worth there.
 */
export interface SecondOpinion {
  /** What one unit of the weights below is worth: they are shipped as whole numbers. */
  readonly step: number;
  /** Lines without a model number are less sure by this factor: fitted where their families were not seen. */
  readonly nameless_temperature: number;
  /** For each graded group, a matrix: what the figure of one class says of another, row by row. */
  readonly graded: readonly (readonly number[])[];
  /** For each fact, what it says of each class. */
  readonly facts: Readonly<Record<string, readonly number[]>>;
}

const K = LINE_CLASSES.length;

export function opinionScores(opinion: SecondOpinion, evidence: Evidence, out: Float64Array): void {
  out.fill(0);
  for (const [g, values] of evidence.graded.entries()) {
    const matrix = opinion.graded[g] ?? [];
    for (let from = 0; from < K; from++) {
      const value = values[from] ?? 0;
      for (let to = 0; to < K; to++) out[to] = (out[to] ?? 0) + value * (matrix[from * K + to] ?? 0);
    }
  }
  for (const fact of evidence.facts) {
    const row = opinion.facts[fact];
    if (row) for (let k = 0; k < K; k++) out[k] = (out[k] ?? 0) + (row[k] ?? 0);
  }
  for (let k = 0; k < K; k++) out[k] = (out[k] ?? 0) * opinion.step;
}

/** Class probabilities in the order of LINE_CLASSES. */
export function secondOpinion(opinion: SecondOpinion, evidence: Evidence): Float64Array {
  const p = new Float64Array(K);
  opinionScores(opinion, evidence, p);
  softmax(p, evidence.facts.includes(NAMELESS) ? opinion.nameless_temperature : 1);
  return p;
}

export interface Lesson {
  readonly evidence: Evidence;
  readonly label: number;
  readonly weight: number;
}

const SHIPPED_STEP = 0.001;
/** A fact must be seen this often before it is weighed, unless it names a class itself. */
const FACT_SEEN = 5;
/** What a fact that names a class says of it before anything is learned: odds of about 20 to 1. */
const NAMED_ODDS_LOG = 3;

/** Where a fact's weights start, and where they stay when nothing teaches otherwise. */
function factStart(fact: string): number[] {
  const row = new Array<number>(K).fill(0);
  const named = LINE_CLASSES.findIndex(
    (name) => /^(?:says|line|scheme) /.test(fact) && fact.endsWith(` ${name}`),
  );
  if (named >= 0) row[named] = NAMED_ODDS_LOG;
  return row;
}

/** Softmax regression by Adagrad, drawn back towards "the first opinion and the neighbours are right". */
export function teachOpinion(
  lessons: readonly Lesson[],
  next: () => number,
  settings: { readonly passes: number; readonly rate: number; readonly l2: number },
): SecondOpinion {
  const seen = new Map<string, number>();
  for (const lesson of lessons)
    for (const fact of lesson.evidence.facts) seen.set(fact, (seen.get(fact) ?? 0) + 1);
  const groups = lessons[0]?.evidence.graded.length ?? 0;
  const start = Array.from({ length: groups }, (_, g) =>
    Array.from({ length: K * K }, (_, i) => (g === 0 && Math.floor(i / K) === i % K ? 0.8 : 0)),
  );
  const graded = start.map((m) => [...m]);
  const gradedSquares = start.map((m) => m.map(() => 1));
  const facts: Record<string, number[]> = {};
  const factSquares: Record<string, number[]> = {};
  for (const name of LINE_CLASSES) for (const way of ["says", "line"]) seen.set(`${way} ${name}`, FACT_SEEN);
  for (const [fact, count] of [...seen].sort())
    if (count >= FACT_SEEN) {
      facts[fact] = factStart(fact);
      factSquares[fact] = new Array<number>(K).fill(1);
    }
  const starts = new Map(Object.keys(facts).map((fact) => [fact, factStart(fact)]));
  const p = new Float64Array(K);
  const step = (weights: number[], squares: number[], at: number, gradient: number, base: number): void => {
    const g = gradient + settings.l2 * ((weights[at] ?? 0) - base);
    const square = (squares[at] ?? 1) + g * g;
    squares[at] = square;
    weights[at] = (weights[at] ?? 0) - (settings.rate * g) / Math.sqrt(square);
  };
  for (let turn = 0; turn < settings.passes * lessons.length; turn++) {
    const lesson = lessons[Math.floor(next() * lessons.length)];
    if (!lesson) continue;
    opinionScores({ step: 1, nameless_temperature: 1, graded, facts }, lesson.evidence, p);
    softmax(p, 1);
    for (let k = 0; k < K; k++) {
      const error = ((p[k] ?? 0) - (k === lesson.label ? 1 : 0)) * lesson.weight;
      if (Math.abs(error) < 1e-4) continue;
      for (const [g, values] of lesson.evidence.graded.entries()) {
        const [matrix, squares, base] = [graded[g], gradedSquares[g], start[g]];
        if (!matrix || !squares || !base) continue;
        for (let from = 0; from < K; from++) {
          const at = from * K + k;
          step(matrix, squares, at, error * (values[from] ?? 0), base[at] ?? 0);
        }
      }
      for (const fact of lesson.evidence.facts) {
        const [row, squares] = [facts[fact], factSquares[fact]];
        if (row && squares) step(row, squares, k, error, starts.get(fact)?.[k] ?? 0);
      }
    }
  }
  const short = (x: number): number => Math.round(x / SHIPPED_STEP);
  return {
    step: SHIPPED_STEP,
    nameless_temperature: 1,
    graded: graded.map((m) => m.map(short)),
    facts: Object.fromEntries(Object.entries(facts).map(([fact, row]) => [fact, row.map(short)])),
  };
}
