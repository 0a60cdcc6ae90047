import { Decimal } from "decimal.js";
import { isRareEarth, readFormula } from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** One line of an analysis: "12.5", or "<5" where the laboratory found less than its limit. mg/kg of the whole. */
export interface Reading {
  readonly analyte: string;
  readonly mg_per_kg: string;
  readonly u?: string;
}

export const CONVENTIONS = ["zero", "half_limit", "full_limit"] as const;
export type Convention = (typeof CONVENTIONS)[number];

export interface Analysis {
  readonly basis: "TREO" | "oxide";
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
  "reading_unreadable" | "analyte_named_twice" | "analyte_unknown" | "impurities_above_whole"
>;

const WHOLE = 1_000_000;
const COUNTED: Readonly<Record<Convention, number>> = { zero: 0, half_limit: 0.5, full_limit: 1 };
const WORDS: Readonly<Record<Convention, string>> = {
  zero: "counted as zero",
  half_limit: "counted as half their limit, with the doubt of a rectangle",
  full_limit: "counted as their limit",
};

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

/** Whether an analyte is a rare earth, as element or oxide ("Pr6O11"); undefined where it is neither a formula nor a name known here. */
export function isRareEarthAnalyte(analyte: string): boolean | undefined {
  const atoms = readFormula(analyte);
  if (!atoms.ok) return undefined;
  return [...atoms.value.keys()].some(isRareEarth);
}

/**
 * Sums impurities and gives the purity by difference (C1, C2). With basis TREO only rare earths count; with basis oxide every
 * line does. Source of the half-limit rule: Miura and Wada, Front. Chem. 10 (2022) 888636.
 */
export function analyse(input: Analysis): Result<Analysed, AnalysisRefusal> {
  let sum = new Decimal(0);
  let variance = new Decimal(0);
  const counted: string[] = [];
  const seen = new Set<string>();
  for (const [i, { analyte, mg_per_kg, u }] of input.results.entries()) {
    if (seen.has(analyte))
      return refuse("analyte_named_twice", `results[${i}].analyte`, `${analyte} is reported twice`);
    seen.add(analyte);
    const value = readingOf(mg_per_kg);
    if (!value)
      return refuse(
        "reading_unreadable",
        `results[${i}].mg_per_kg`,
        `"${mg_per_kg.slice(0, 30)}" is not a reading such as 12.5 or <5`,
      );
    const rare = isRareEarthAnalyte(analyte);
    if (rare === undefined && input.basis === "TREO" && analyte !== "LOI") {
      return refuse(
        "analyte_unknown",
        `results[${i}].analyte`,
        `${analyte} is not a formula, so nobody can say whether it counts`,
      );
    }
    if (input.basis === "TREO" && !rare) continue;
    counted.push(analyte);
    const share = value.below ? COUNTED[input.convention] : 1;
    sum = sum.plus(value.amount.times(share));
    const doubt =
      u !== undefined
        ? new Decimal(u)
        : value.below && input.convention === "half_limit"
          ? value.amount.div(new Decimal(12).sqrt())
          : new Decimal(0);
    variance = variance.plus(doubt.pow(2));
  }
  if (sum.gt(WHOLE))
    return refuse("impurities_above_whole", "results", `the impurities add up to ${sum.toFixed()} mg/kg`);
  const purity = new Decimal(100).minus(sum.div(10_000));
  const doubt = variance.sqrt();
  return done({
    sum_mg_per_kg: sum.toFixed(),
    u_mg_per_kg: doubt.toSignificantDigits(6).toFixed(),
    purity_pct: purity.toFixed(),
    counted,
    statement: `100 % less the sum of ${counted.length} impurities on ${input.basis} basis; results below detection ${WORDS[input.convention]}`,
  });
}
