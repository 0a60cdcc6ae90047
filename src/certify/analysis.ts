import { Decimal } from "decimal.js";
import { isRareEarth, readFormula } from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/**
 * One line of an analysis: "12.5", or "<5" where the laboratory found less than its limit; `u` is its standard uncertainty.
 * On TREO basis a rare earth is named as its oxide and counts per kg of total rare-earth oxide, as "4N" is meant in the
 * trade; on oxide or metal basis every line counts per kg of the material as it is.
 */
export interface Reading {
  readonly analyte: string;
  readonly mg_per_kg: string;
  readonly u?: string;
}

export const CONVENTIONS = ["zero", "half_limit", "full_limit"] as const;
export type Convention = (typeof CONVENTIONS)[number];

export interface Analysis {
  readonly basis: "TREO" | "oxide" | "metal";
  readonly results: readonly Reading[];
  readonly convention: Convention;
}

export interface Analysed {
  readonly sum_mg_per_kg: string;
  readonly u_mg_per_kg: string;
  readonly purity_pct: string;
  readonly counted: readonly string[];
  readonly statement: string;
}

export type AnalysisRefusal = Refusal<
  | "reading_unreadable"
  | "analyte_named_twice"
  | "analyte_unknown"
  | "analyte_not_an_oxide"
  | "impurities_above_whole"
  | "results_missing"
  | "limit_missing"
>;

const WHOLE = 1_000_000;
const COUNTED: Readonly<Record<Convention, number>> = { zero: 0, half_limit: 0.5, full_limit: 1 };
const WORDS: Readonly<Record<Convention, string>> = {
  zero: "counted as zero, with the doubt of their limit",
  half_limit: "counted as half their limit, with the doubt of a rectangle",
  full_limit: "counted as their limit, with the doubt of it",
};
/**
 * How far a value that is anywhere between nothing and its limit lies from what it is counted as, in limits: root mean square, JCGM
 * 100:2008 (GUM), 4.3.7. From the middle a rectangle's half width over the root of three; from either end its whole width.
 */
const DOUBT_BELOW: Readonly<Record<Convention, Decimal>> = {
  zero: new Decimal(1).div(new Decimal(3).sqrt()),
  half_limit: new Decimal(1).div(new Decimal(12).sqrt()),
  full_limit: new Decimal(1).div(new Decimal(3).sqrt()),
};
/**
 * No method finds less, in mg/kg: a tenth of a nanogram a gram is what glow-discharge and high-resolution plasma mass spectrometry
 * reach on clean matrices; Miura and Wada (Front. Chem. 10 (2022) 888636) report limits down to 0.002.
 */
const LEAST_FOUND = new Decimal("0.0001");

export interface Value {
  readonly below: boolean;
  readonly amount: Decimal;
}

/** Undefined where the text is neither a number nor "<" and a number. */
export function readingOf(text: string): Value | undefined {
  const found = /^(<\s*)?(\d{1,9}(?:\.\d{1,9})?)$/.exec(text.trim());
  if (!found?.[2]) return undefined;
  const amount = new Decimal(found[2]);
  if (amount.gt(WHOLE) || (found[1] && amount.isZero())) return undefined;
  return { below: Boolean(found[1]), amount };
}

/** What an analyte is of: "Pr6O11", "Pr2O3" and "Pr" are one metal, and counting two of them would count it twice. */
interface Analyte {
  readonly metal: string;
  readonly rareEarth: boolean;
  readonly oxide: boolean;
}

/** Undefined where the name is no formula of elements known here ("LOI", "water"). */
export function readAnalyte(analyte: string): Analyte | undefined {
  const atoms = readFormula(analyte);
  if (!atoms.ok) return undefined;
  const names = [...atoms.value.keys()];
  const metals = names.filter((e) => e !== "O");
  return {
    metal: metals.join("+") || "O",
    rareEarth: metals.some(isRareEarth),
    oxide: metals.length < names.length,
  };
}

/** The first line of what another one reports already, whatever it calls it; its place and both names. */
export function reportedTwice(
  results: readonly Pick<Reading, "analyte">[],
): { readonly at: number; readonly analyte: string; readonly before: string } | undefined {
  const seen = new Map<string, string>();
  for (const [at, { analyte }] of results.entries()) {
    const metal = readAnalyte(analyte)?.metal ?? analyte;
    const before = seen.get(metal);
    if (before !== undefined) return { at, analyte, before };
    seen.set(metal, analyte);
  }
  return undefined;
}

interface Line {
  readonly analyte: string;
  readonly value: Value;
  readonly u: Decimal | undefined;
  readonly counts: boolean;
}

export const namedTwice = ({ at, analyte, before }: NonNullable<ReturnType<typeof reportedTwice>>) =>
  refuse(
    "analyte_named_twice",
    `results[${at}].analyte`,
    `${analyte} is reported twice${before === analyte ? "" : `, also as ${before}`}`,
  );

/** Reads every line, or refuses the first that cannot be read, is there twice, or could count wrongly. */
function readLines({ results, basis }: Analysis): Result<Line[], AnalysisRefusal> {
  const lines: Line[] = [];
  const twice = reportedTwice(results);
  for (const [i, { analyte, mg_per_kg, u }] of results.entries()) {
    const at = `results[${i}]`;
    const known = readAnalyte(analyte);
    if (twice?.at === i) return namedTwice(twice);
    const value = readingOf(mg_per_kg);
    if (!value) {
      const shown = mg_per_kg.slice(0, 30);
      return refuse(
        "reading_unreadable",
        `${at}.mg_per_kg`,
        `"${shown}" is not a reading such as 12.5 or <5`,
      );
    }
    const doubt = u === undefined ? undefined : readingOf(u);
    if (u !== undefined && (!doubt || doubt.below)) {
      return refuse("reading_unreadable", `${at}.u`, `"${u.slice(0, 30)}" is not a standard uncertainty`);
    }
    if (basis === "TREO" && !known && analyte !== "LOI") {
      return refuse(
        "analyte_unknown",
        `${at}.analyte`,
        `${analyte.slice(0, 30)} is not a formula, so nobody can say whether it counts`,
      );
    }
    if (basis === "TREO" && known?.rareEarth && !known.oxide) {
      return refuse(
        "analyte_not_an_oxide",
        `${at}.analyte`,
        `on TREO basis ${analyte} is reported as its oxide: a milligram of metal is more than one of oxide`,
      );
    }
    const counts = basis !== "TREO" || Boolean(known?.rareEarth);
    lines.push({ analyte, value, u: doubt?.amount, counts });
  }
  return done(lines);
}

/**
 * What is read from a laboratory anew says something of each line: an exact zero says neither what was found nor below which
 * limit nothing was (C22). Old certificates of analysis are read as they were written.
 */
export function readAnalysis(input: Analysis): Result<Analysed, AnalysisRefusal> {
  if (input.results.length === 0)
    return refuse("results_missing", "results", "nothing was looked for, so nothing can be said");
  const analysed = analyse(input);
  if (!analysed.ok) return analysed;
  const wrong = input.results.findIndex((line) => isExactZero(line) || isBeyondReach(line));
  const line = input.results[wrong];
  if (!line) return analysed;
  const { analyte, mg_per_kg } = line;
  const why = isExactZero(line)
    ? `a zero without doubt is no reading: state the limit that ${analyte} was found below`
    : `no method finds ${mg_per_kg.trim()} mg/kg of ${analyte}: state its standard uncertainty, or the limit it was found below, ${LEAST_FOUND} or more`;
  return refuse("limit_missing", `results[${wrong}].mg_per_kg`, why);
}

const isExactZero = ({ mg_per_kg, u }: Reading): boolean =>
  isZero(mg_per_kg) && (u === undefined || isZero(u));
const isZero = (text: string): boolean => readingOf(text)?.amount.isZero() ?? false;

/** A value, or a limit, smaller than any method tells from nothing, without a doubt that says so. */
function isBeyondReach({ mg_per_kg, u }: Reading): boolean {
  const value = readingOf(mg_per_kg);
  const doubt = u === undefined ? undefined : readingOf(u);
  return Boolean(value?.amount.lt(LEAST_FOUND) && !doubt?.amount.gte(LEAST_FOUND));
}

/** Doubt of one line: as the laboratory states it; below a limit at least that of all that the limit leaves open. */
function doubtOf({ value, u = new Decimal(0) }: Line, convention: Convention): Decimal {
  return value.below ? Decimal.max(u, value.amount.times(DOUBT_BELOW[convention])) : u;
}

/**
 * Sums impurities and gives the purity by difference (C1, C2), in exact decimals. With basis TREO only rare earths count; with
 * basis oxide every line does. Source of the half-limit rule: Miura and Wada, Front. Chem. 10 (2022) 888636.
 */
export function analyse(input: Analysis): Result<Analysed, AnalysisRefusal> {
  const lines = readLines(input);
  if (!lines.ok) return lines;
  let sum = new Decimal(0);
  let variance = new Decimal(0);
  const counted = lines.value.filter((line) => line.counts);
  for (const line of counted) {
    const share = line.value.below ? COUNTED[input.convention] : 1;
    sum = sum.plus(line.value.amount.times(share));
    variance = variance.plus(doubtOf(line, input.convention).pow(2));
  }
  if (sum.gt(WHOLE))
    return refuse("impurities_above_whole", "results", `the impurities add up to ${sum.toFixed()} mg/kg`);
  const purity = new Decimal(100).minus(sum.div(10_000));
  const unstated = counted.filter(({ value, u }) => !value.below && u === undefined);
  const without =
    unstated.length > 0
      ? `; the doubt of ${unstated.map((line) => line.analyte).join(", ")} is not stated, and not counted`
      : "";
  return done({
    sum_mg_per_kg: sum.toFixed(),
    u_mg_per_kg: variance.sqrt().toSignificantDigits(6).toFixed(),
    purity_pct: purity.toFixed(),
    counted: counted.map((line) => line.analyte),
    statement: `100 % less the sum of ${counted.length} impurities on ${input.basis} basis; results below detection ${WORDS[input.convention]}${without}`,
  });
}
