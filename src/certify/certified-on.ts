import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type Reading, readingOf } from "./analysis.ts";

/** What a laboratory reported on a product. */
export interface ReportedResults {
  readonly laboratory: string;
  readonly method: string;
  readonly analysed_on: string;
  readonly results: readonly Reading[];
  readonly reo_pct?: string;
  readonly loi_pct?: string;
}

/** What a certificate of analysis needs to know of a sample. */
export interface SampleOfProduct {
  readonly sample: string;
  readonly drawn_at: string;
  readonly report?: ReportedResults & { readonly at: string };
  /** When its report was released, if it was. */
  readonly released_at?: string;
}

export interface RestsOn {
  readonly lot: string;
  readonly sample: string;
  /** When the certificate of analysis is released. */
  readonly at: string;
  readonly known: SampleOfProduct | undefined;
  /** The lot of the sample that this one is, or was divided or repacked from; none where the sample is of other matter. */
  readonly speaks_for: string | undefined;
  readonly carried: Readonly<Record<string, string>>;
  /** Samples that speak for the lot and whose results are released, or carried the certificate of analysis that it has. */
  readonly others: readonly ResultsOf[];
  /** What whoever releases it states of the report; it must be what was reported. */
  readonly stated: { readonly [K in keyof ReportedResults]?: ReportedResults[K] | undefined };
}

export type RestsOnRefusal = Refusal<
  | "sample_unknown"
  | "sample_of_another_lot"
  | "results_not_released"
  | "analysed_before_sample"
  | "results_differ"
  | "certificate_used_already"
  | "newer_results"
>;

/** Results by when their sample was drawn, and when they were reported. */
export interface ResultsOf {
  readonly sample: string;
  readonly drawn_at: string;
  readonly report_at: string;
}

/** Whether results are newer than others: drawn later, or of the same moment and reported later. A correction makes none newer. */
export function isNewer(a: ResultsOf, than: ResultsOf): boolean {
  if (a.sample === than.sample) return false;
  const [mine, other] = [Date.parse(a.drawn_at), Date.parse(than.drawn_at)];
  return mine === other ? Date.parse(a.report_at) > Date.parse(than.report_at) : mine > other;
}

/** Decides whether a certificate of analysis can rest on a sample, and answers the report it holds (C21). */
export function decideRestsOn(
  given: RestsOn,
): Result<ReportedResults & { readonly at: string }, RestsOnRefusal> {
  const { known, lot, sample, speaks_for } = given;
  if (!known) return refuse("sample_unknown", "sample", `no sample ${sample} is on the books`);
  if (speaks_for === undefined) {
    const why = `${sample} was not drawn from ${lot}, nor from what ${lot} was divided or repacked from`;
    return refuse("sample_of_another_lot", "sample", why);
  }
  const { report, released_at } = known;
  if (!report || released_at === undefined) {
    const why = report ? "a second person releases them first" : "its laboratory has not reported";
    return refuse("results_not_released", "sample", `the results of ${sample} are not released: ${why}`);
  }
  if (Date.parse(released_at) > Date.parse(given.at)) {
    const why = `the results of ${sample} were released at ${released_at}, after ${given.at}`;
    return refuse("results_not_released", "at", why);
  }
  const drawn_on = new Date(Date.parse(known.drawn_at)).toISOString().slice(0, 10);
  if (report.analysed_on < drawn_on) {
    const why = `${sample} was drawn on ${drawn_on}, and analysed on ${report.analysed_on}`;
    return refuse("analysed_before_sample", "sample", why);
  }
  const differs = whatDiffers(given.stated, report);
  if (differs) return refuse("results_differ", differs, `the released report of ${sample} says otherwise`);
  const carries = given.carried[speaks_for];
  if (carries !== undefined && carries !== lot) {
    const why = `${sample} carries the certificate of analysis of ${carries}: draw a sample of ${lot} itself, or once a composite that names each lot it stands for`;
    return refuse("certificate_used_already", "sample", why);
  }
  const mine = { sample, drawn_at: known.drawn_at, report_at: report.at };
  const newer = given.others.find((other) => isNewer(other, mine));
  if (newer) {
    const why = `${newer.sample}, drawn at ${newer.drawn_at}, speaks for ${lot} and is newer than ${sample}: certify on its results, have its laboratory correct them, or draw ${lot} anew`;
    return refuse("newer_results", "sample", why);
  }
  return done(report);
}

/** A line as it is read from a file. */
type Line = { readonly [K in keyof Reading]: Reading[K] | undefined } & Pick<
  Reading,
  "analyte" | "mg_per_kg"
>;
type Told = { readonly [K in keyof Omit<ReportedResults, "results">]: ReportedResults[K] | undefined } & {
  readonly results: readonly Line[];
};
type Stated = { readonly [K in keyof Told]?: Told[K] | undefined };

const WORDS = ["laboratory", "method", "analysed_on"] as const;
const FIGURES = ["reo_pct", "loi_pct"] as const;

/** The first thing stated that was not reported so. Numbers are compared as numbers: 22 and 22.0 say the same. */
export function whatDiffers(stated: Stated, report: Told): string | undefined {
  const word = WORDS.find((field) => stated[field] !== undefined && stated[field] !== report[field]);
  if (word) return word;
  if (stated.results) {
    const differs = linesDiffer(stated.results, report.results);
    if (differs) return differs;
  }
  return FIGURES.find((field) => stated[field] !== undefined && !sameFigure(stated[field], report[field]));
}

function linesDiffer(stated: readonly Line[], reported: readonly Line[]): string | undefined {
  const byAnalyte = new Map(reported.map((line) => [line.analyte, line]));
  const wrong = stated.findIndex((line) => {
    const other = byAnalyte.get(line.analyte);
    return !other || !sameFigure(line.mg_per_kg, other.mg_per_kg) || !sameFigure(line.u, other.u);
  });
  if (wrong >= 0) return `results[${wrong}]`;
  return stated.length === reported.length ? undefined : "results";
}

function sameFigure(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [x, y] = [readingOf(a), readingOf(b)];
  return x && y ? x.below === y.below && x.amount.eq(y.amount) : a === b;
}
