import { combine, type Measured, spreadInParts, subtract } from "../quantity/index.ts";
import type { Book } from "./book.ts";
import type { LotRestated } from "./entries.ts";
import { residualOf } from "./residual.ts";
import type { StepRecorded } from "./step.ts";

/** What a month of steps and counts at one site left open, of mass and each element: a sum with its own doubt (L39). */
export interface Run {
  readonly site: string;
  /** Such as 2026-11, by the times of the steps and counts. */
  readonly month: string;
  readonly steps_count: number;
  readonly counts_count: number;
  readonly open: Readonly<Record<string, OpenSum>>;
}

/** Milligrams that are missing (gained: negative), what single readings bring to their doubt, and what is shared, by cause. */
export interface OpenSum {
  readonly mg: number;
  readonly sd_random_mg: number;
  readonly shared_mg: Readonly<Record<string, number>>;
}

export interface RunRecords {
  readonly run: Run;
}

/** Causes that come again in a run: biases, and the scales of books from before doubts had parts. */
const comesAgain = (cause: string): boolean => cause.startsWith("bias:") || cause.startsWith("scale:");

/** A sum with a residual more, or with one taken back (`sign` -1). Whole doubts of single readings add in quadrature. */
function withOpen(sum: OpenSum | undefined, open: Measured, sign: 1 | -1): OpenSum {
  const shared = combine([
    [1, { best: 0, moves: sum?.shared_mg ?? {} }],
    [sign, { best: 0, moves: Object.fromEntries(Object.entries(open.moves).filter(([c]) => comesAgain(c))) }],
  ]).moves;
  const own = Object.entries(open.moves).reduce((v, [c, move]) => (comesAgain(c) ? v : v + move * move), 0);
  const random = Math.max(0, (sum?.sd_random_mg ?? 0) ** 2 + sign * own);
  return { mg: (sum?.mg ?? 0) + sign * open.best, sd_random_mg: Math.sqrt(random), shared_mg: shared };
}

const nothing: Measured = { best: 0, moves: {} };

/** What a step left open, of mass and each element. */
function residualsOf(step: StepRecorded): Record<string, Measured> {
  const { mass_mg, elements_mg } = residualOf(step);
  return { mass: mass_mg, ...elements_mg };
}

async function addTo(
  book: Book<RunRecords>,
  given: {
    site: string;
    at: string;
    sign: 1 | -1;
    residuals: Record<string, Measured>;
    steps: number;
    counts: number;
  },
): Promise<void> {
  const { site, at, sign, residuals } = given;
  const month = at.slice(0, 7);
  const id = `${site}|${month}`;
  const before = await book.get("run", id);
  const open: Record<string, OpenSum> = { ...before?.open };
  for (const [of, residual] of Object.entries(residuals)) open[of] = withOpen(open[of], residual, sign);
  book.put("run", id, {
    ...{ site, month, open },
    steps_count: (before?.steps_count ?? 0) + given.steps,
    counts_count: (before?.counts_count ?? 0) + given.counts,
  });
}

/** Adds what a step left open to the month of its site, or takes it out again. */
export const noteStep = (book: Book<RunRecords>, step: StepRecorded, sign: 1 | -1): Promise<void> =>
  addTo(book, { site: step.site, at: step.at, sign, residuals: residualsOf(step), steps: sign, counts: 0 });

/**
 * Adds what a stocktake took out of a lot, or put into it, at its site: what the books now say less of it, with the doubt of that.
 * A lot that is kept as it is stated adds nothing; it cannot lose more than one count lets through.
 */
export async function noteRestated(book: Book<RunRecords>, site: string, body: LotRestated): Promise<void> {
  if (body.why !== "stocktake") return;
  const { before, after, at } = body;
  const residuals: Record<string, Measured> = { mass: subtract(before.mass_mg, after.mass_mg) };
  for (const element of Object.keys({ ...before.elements_mg, ...after.elements_mg }).sort())
    residuals[element] = subtract(
      before.elements_mg[element] ?? nothing,
      after.elements_mg[element] ?? nothing,
    );
  await addTo(book, { site, at, sign: 1, residuals, steps: 0, counts: 1 });
}

/** A sum of runs, and how far it is from nothing. */
export interface RunSum {
  readonly from: string;
  readonly to: string;
  readonly mg: number;
  readonly sd_mg: number;
  readonly sd_random_mg: number;
  readonly sd_shared_mg: number;
  /** How many standard uncertainties; 0 where nothing is open. */
  readonly z: number;
}

/** Months of one site added up; what is shared adds before squaring. */
export function sumOfRuns(runs: readonly Run[], of: string): RunSum | undefined {
  const sums = runs.flatMap((run) => (run.open[of] ? [run.open[of]] : []));
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last || sums.length === 0) return undefined;
  const shared = combine(sums.map((sum) => [1, { best: 0, moves: sum.shared_mg }] as const));
  const sd_random_mg = Math.hypot(...sums.map((sum) => sum.sd_random_mg));
  const sd_shared_mg = Math.hypot(spreadInParts(shared).shared, spreadInParts(shared).random);
  const sd_mg = Math.hypot(sd_random_mg, sd_shared_mg);
  const mg = sums.reduce((total, sum) => total + sum.mg, 0);
  const z = mg === 0 ? 0 : mg / Math.max(sd_mg, 1);
  return { from: first.month, to: last.month, mg, sd_mg, sd_random_mg, sd_shared_mg, z };
}

/**
 * The stretch of months, ending with the last, whose sum is furthest from nothing: a slow loss is found by the sum that holds it all
 * and no more (a cumulative-sum test over the months; E. S. Page, Biometrika 41, 1954, 100).
 */
export function furthestRun(runs: readonly Run[], of: string): RunSum | undefined {
  let furthest: RunSum | undefined;
  for (let from = runs.length - 1; from >= 0; from--) {
    const sum = sumOfRuns(runs.slice(from), of);
    if (sum && Math.abs(sum.z) > Math.abs(furthest?.z ?? 0)) furthest = sum;
  }
  return furthest ?? sumOfRuns(runs, of);
}
