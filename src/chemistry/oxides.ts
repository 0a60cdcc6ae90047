import { Decimal } from "decimal.js";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { ATOMIC_WEIGHTS, type Element, isElement, whyNoElement } from "./elements.ts";

export type FormulaRefusal = Refusal<"formula_unreadable" | "element_unknown" | "formula_not_an_oxide">;

export interface Oxide {
  readonly formula: string;
  readonly metal: Element;
  /** Molar mass of the metal part over that of the whole, computed from atomic weights; exact to 30 digits. */
  readonly metalFraction: Decimal;
}

/** Reads "Nd2O3" into its atoms; repeated elements add up. */
export function readFormula(formula: string): Result<ReadonlyMap<Element, number>, FormulaRefusal> {
  const atoms = new Map<Element, number>();
  if (!/^([A-Z][a-z]?\d{0,3})+$/.test(formula)) {
    return refuse(
      "formula_unreadable",
      "formula",
      `"${formula.slice(0, 30)}" is not a formula such as Nd2O3`,
    );
  }
  for (const [, symbol = "", count] of formula.matchAll(/([A-Z][a-z]?)(\d*)/g)) {
    if (!isElement(symbol)) return refuse("element_unknown", "formula", whyNoElement(symbol));
    atoms.set(symbol, (atoms.get(symbol) ?? 0) + (count ? Number(count) : 1));
  }
  return done(atoms);
}

/** Molar mass in g/mol. */
export function molarMass(atoms: ReadonlyMap<Element, number>): Decimal {
  let total = new Decimal(0);
  for (const [element, count] of atoms) total = total.plus(new Decimal(ATOMIC_WEIGHTS[element]).times(count));
  return total;
}

/** A binary oxide and its metal fraction. Pr6O11 and Pr2O3 differ, so the formula is always named, never assumed. */
export function readOxide(formula: string): Result<Oxide, FormulaRefusal> {
  const atoms = readFormula(formula);
  if (!atoms.ok) return atoms;
  const metals = [...atoms.value.keys()].filter((e) => e !== "O");
  const metal = metals[0];
  if (metals.length !== 1 || metal === undefined || !atoms.value.has("O")) {
    return refuse("formula_not_an_oxide", "formula", `${formula} is not one metal with oxygen`);
  }
  const metalMass = new Decimal(ATOMIC_WEIGHTS[metal]).times(atoms.value.get(metal) ?? 0);
  return done({ formula, metal, metalFraction: metalMass.div(molarMass(atoms.value)) });
}
