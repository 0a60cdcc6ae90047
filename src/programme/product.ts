import {
  formulaIn,
  isElement,
  type Product,
  readFormula,
  singleOxide,
  whyNoElement,
} from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A product as it was registered; what it is stays for good, since certificates of analysis and passports name it. */
export interface ProductDefined extends Product {
  readonly at: string;
}

export type ProductRefusal = Refusal<
  "product_name_taken" | "element_unknown" | "element_named_twice" | "formula_differs" | "ratio_impossible"
>;

/** As stated, before its elements are known to be any. */
export interface ProductStated {
  readonly product: string;
  readonly name: string;
  readonly form: Product["form"];
  readonly elements: readonly string[];
  readonly ratio?: Readonly<Record<string, { readonly from: number; readonly to: number }>>;
  readonly formulas?: Readonly<Record<string, string>>;
}

/** Rounding of parts that are written with a few digits: 0.333, 0.333 and 0.334 are one. */
const ROUNDING = 1e-9;

/** G8. Refusals, in order: product_name_taken, element_unknown, element_named_twice, formula_differs, ratio_impossible. */
export function decideProduct(
  before: ProductDefined | undefined,
  given: ProductStated,
): Result<Product, ProductRefusal> {
  const { product, form, elements } = given;
  if (before) return refuse("product_name_taken", "product", `${product} is defined already`);
  if (singleOxide(product))
    return refuse("product_name_taken", "product", `${product} is a single oxide, known by its formula`);
  for (const [i, element] of elements.entries()) {
    const at = `elements[${i}]`;
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
    if (elements.indexOf(element) < i) return refuse("element_named_twice", at, `${element} is named twice`);
    if (given.formulas?.[element] === undefined && formulaIn(form, element) === undefined)
      return refuse("element_unknown", at, `no ${form} of ${element} is traded here: state its formula`);
  }
  return formulasFault(given) ?? ratioFault(given) ?? done(given as Product);
}

function formulasFault({ form, elements, formulas = {} }: ProductStated) {
  for (const [element, formula] of Object.entries(formulas)) {
    const at = `formulas.${element}`;
    if (!elements.includes(element))
      return refuse("formula_differs", at, `${element} is no element of the product`);
    const atoms = readFormula(formula);
    const metals = atoms.ok ? [...atoms.value.keys()].filter((e) => !PARTNERS.includes(e)) : [];
    if (metals.length !== 1 || metals[0] !== element)
      return refuse("formula_differs", at, `${formula.slice(0, 30)} is no ${form} of ${element}`);
  }
  return undefined;
}

/** What stands beside the metal in the forms there are. */
const PARTNERS: readonly string[] = ["O", "C", "Cl", "H"];

function ratioFault({ elements, ratio = {} }: ProductStated) {
  for (const [element, { from, to }] of Object.entries(ratio)) {
    const at = `ratio.${element}`;
    if (!elements.includes(element))
      return refuse("ratio_impossible", at, `${element} is no element of the product`);
    if (from > to) return refuse("ratio_impossible", at, `${from} is above ${to}`);
  }
  const bands = elements.map((element) => ratio[element] ?? { from: 0, to: 1 });
  const [least, most] = [sumOf(bands.map((b) => b.from)), sumOf(bands.map((b) => b.to))];
  if (least > 1 + ROUNDING)
    return refuse("ratio_impossible", "ratio", `the least parts add up to ${least}, above one`);
  if (most < 1 - ROUNDING)
    return refuse("ratio_impossible", "ratio", `the greatest parts add up to ${most}, below one`);
  return undefined;
}

const sumOf = (parts: readonly number[]): number => parts.reduce((a, b) => a + b, 0);
