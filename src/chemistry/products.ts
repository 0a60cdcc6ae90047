import { Decimal } from "decimal.js";
import { ATOMIC_WEIGHTS, type Element, isElement } from "./elements.ts";
import { molarMass, readFormula, readOxide } from "./oxides.ts";
import { TRADED_OXIDE } from "./traded-oxides.ts";

/** What a product can be of: each form has one formula for each of its elements. */
export const FORMS = {
  oxide: "calcined oxide, in the formula it is traded in",
  carbonate: "normal carbonate without water, the most metal a carbonate of the trade holds",
  chloride: "trichloride without water",
  metal: "metal, or an alloy of several",
} as const;
export type Form = keyof typeof FORMS;

/** Least and greatest part of one element among the elements of a product, from 0 to 1. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** What is bought and sold: one or several elements in one form. */
export interface Product {
  readonly product: string;
  readonly name: string;
  readonly form: Form;
  readonly elements: readonly Element[];
  /** By mass of the oxides each is traded in, as rare earths are quoted; of a metal, by mass of metal. */
  readonly ratio?: Readonly<Partial<Record<Element, Band>>>;
  /** Where an element stands in another formula than the form's own: Pr2O3, not Pr6O11. */
  readonly formulas?: Readonly<Partial<Record<Element, string>>>;
}

/** The formula of one element in a form; undefined where none is known here. */
export function formulaIn(form: Form, element: Element): string | undefined {
  if (form === "metal") return element;
  const oxide = TRADED_OXIDE[element];
  if (oxide === undefined) return undefined;
  // Rare earths are trivalent in carbonates and chlorides, cerium too.
  return { oxide, carbonate: `${element}2C3O9`, chloride: `${element}Cl3` }[form];
}

/** A single oxide is a product by its formula alone; nobody need register it. */
export function singleOxide(formula: string): Product | undefined {
  const read = readOxide(formula);
  if (!read.ok) return undefined;
  const { metal } = read.value;
  return {
    product: formula,
    name: formula,
    form: "oxide",
    elements: [metal],
    formulas: { [metal]: formula },
  };
}

/** The single oxides that rare earths are traded in. */
export const TRADED_PRODUCTS: readonly Product[] = Object.values(TRADED_OXIDE).flatMap(
  (formula) => singleOxide(formula) ?? [],
);

/** The elements a product is counted in; of a formula that is no product by itself, none. */
export const elementsOf = (product: Product | string): readonly Element[] =>
  typeof product === "string" ? (singleOxide(product)?.elements ?? []) : product.elements;

/** Metal over the mass of the form it is in, from atomic weights; undefined of an element that the product does not count. */
export function metalFraction(product: Product, element: string): Decimal | undefined {
  if (!isElement(element) || !product.elements.includes(element)) return undefined;
  return fractionIn(product.formulas?.[element] ?? formulaIn(product.form, element), element);
}

function fractionIn(formula: string | undefined, element: Element): Decimal | undefined {
  const atoms = formula === undefined ? undefined : readFormula(formula);
  if (!atoms?.ok) return undefined;
  return new Decimal(ATOMIC_WEIGHTS[element])
    .times(atoms.value.get(element) ?? 0)
    .div(molarMass(atoms.value));
}

/** What each element of a mass of product can weigh at most: as if all of it were that one's. */
export const elementCeiling_mg = (product: Product, mass_mg: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    product.elements.map((element) => [
      element,
      (metalFraction(product, element) ?? new Decimal(0)).times(mass_mg).toNumber(),
    ]),
  );

type Contents = Readonly<Record<string, number>>;

/** The least mass of product that can hold these masses of its elements together: no more is claimed than fits. */
export function leastMass_mg(product: Product, elements_mg: Contents): number {
  return product.elements
    .reduce((sum, element) => {
      const fraction = metalFraction(product, element);
      return fraction ? sum.plus(new Decimal(elements_mg[element] ?? 0).div(fraction)) : sum;
    }, new Decimal(0))
    .toNumber();
}

/** The part of each element among those of the product, on the basis its ratio is stated on; nothing where there is none of them. */
export function partsOf(product: Product, elements_mg: Contents): Readonly<Record<string, number>> {
  const weights = product.elements.map((element) => {
    const oxide = product.form === "metal" ? element : TRADED_OXIDE[element];
    const fraction = fractionIn(oxide, element) ?? new Decimal(1);
    return [element, new Decimal(elements_mg[element] ?? 0).div(fraction)] as const;
  });
  const total = weights.reduce((sum, [, mg]) => sum.plus(mg), new Decimal(0));
  if (total.isZero()) return {};
  return Object.fromEntries(weights.map(([element, mg]) => [element, mg.div(total).toNumber()]));
}

export interface RatioCheck {
  readonly element: string;
  readonly part: number;
  readonly from: number;
  readonly to: number;
  readonly within: boolean;
}

/** Whether the elements stand in the ratio a product states; nothing where it states none or holds none of them. */
export function checkRatio(product: Product, elements_mg: Contents): readonly RatioCheck[] {
  const parts = partsOf(product, elements_mg);
  return Object.entries(product.ratio ?? {}).flatMap(([element, band]) => {
    const part = parts[element];
    if (part === undefined) return [];
    const { from, to } = band as Band;
    return [{ element, part, from, to, within: part >= from && part <= to }];
  });
}
