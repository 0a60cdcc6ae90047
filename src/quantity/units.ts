import { Decimal } from "decimal.js";
import { done, type Refusal, type Result, refuse } from "./result.ts";
import { table } from "./table.ts";

/**
 * Milligrams in one unit of mass, exact.
 * Pound: 0.45359237 kg by the international agreement of 1959 (NIST SP 811, appendix B.8); short ton 2,000 lb; ounce 1/16 lb.
 */
export const MILLIGRAMS_PER = {
  mg: "1",
  g: "1000",
  kg: "1000000",
  t: "1000000000",
  lb: "453592.37",
  oz: "28349.523125",
  short_ton: "907184740",
} as const;
export type MassUnit = keyof typeof MILLIGRAMS_PER;

/**
 * 500,000 tonnes, more than the billion pounds of a large recycler's year. Whole milligrams are exact up to eighteen times as much, so
 * that a content in proportion to a reading is exact as well, where it was counted somewhat higher than the mass it is in.
 */
const LARGEST_MG = 5e14;

export type MassRefusal = Refusal<
  "mass_unreadable" | "mass_unit_unknown" | "mass_negative" | "mass_too_large"
>;

/** What people write for each unit. Ambiguous words ("ton", "tons") are left out on purpose: they are refused. */
const SPELLINGS: Readonly<Record<string, MassUnit>> = table({
  mg: "mg",
  g: "g",
  gram: "g",
  grams: "g",
  kg: "kg",
  kgs: "kg",
  kilogram: "kg",
  kilograms: "kg",
  t: "t",
  tonne: "t",
  tonnes: "t",
  mt: "t",
  lb: "lb",
  lbs: "lb",
  pound: "lb",
  pounds: "lb",
  oz: "oz",
  ounce: "oz",
  ounces: "oz",
  short_ton: "short_ton",
  "short ton": "short_ton",
  "short tons": "short_ton",
  st: "short_ton",
});

/**
 * Reads a mass as the user works ("1,250.5 kg", "42 lb", {value: "1.2", unit: "t"}) into whole milligrams,
 * rounded half to even once. A bare number is refused: a mass without a unit is a mix-up waiting.
 */
export function readMass(
  given: string | { value: string | number; unit: string },
  at: string,
): Result<number, MassRefusal> {
  const [figure, unitText] =
    typeof given === "string" ? splitFigure(given) : [String(given.value), given.unit];
  const unit = SPELLINGS[unitText.trim().toLowerCase()];
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(figure)) {
    return refuse("mass_unreadable", at, `"${String(figure).slice(0, 40)}" is not a number`);
  }
  if (unit === undefined) {
    return refuse(
      "mass_unit_unknown",
      at,
      `"${unitText.slice(0, 20)}" is not a unit of mass known here; use ${Object.keys(MILLIGRAMS_PER).join(", ")}`,
    );
  }
  const mg = new Decimal(figure).times(MILLIGRAMS_PER[unit]).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
  if (mg.isNegative() && !mg.isZero())
    return refuse("mass_negative", at, `a mass is not negative: ${figure}`);
  if (mg.gt(LARGEST_MG)) return refuse("mass_too_large", at, `${figure} ${unit} is more than can be weighed`);
  return done(mg.toNumber());
}

function splitFigure(text: string): [string, string] {
  const found = /^\s*([+-]?[\d.,]+(?:e[+-]?\d{1,2})?)\s*([a-z_ ]*)$/i.exec(text);
  if (!found) return [text, ""];
  const figure = found[1] ?? "";
  // A comma groups thousands ("1,250.5"); as a decimal mark it would be read 1,000 times too large, so it is not accepted.
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?(e[+-]?\d{1,2})?$/i.test(figure);
  return [grouped ? figure.replaceAll(",", "") : figure, found[2] ?? ""];
}

/** A mass as people read it in a sentence: kilograms to seven figures. */
export const inKg = (mass_mg: number): string => `${Number((mass_mg / 1e6).toPrecision(7))} kg`;

/** Milligrams as an exact decimal string in a unit, without trailing zeros. */
export function showMass(mass_mg: number, unit: MassUnit): string {
  return new Decimal(mass_mg).div(MILLIGRAMS_PER[unit]).toSignificantDigits(12).toFixed();
}
