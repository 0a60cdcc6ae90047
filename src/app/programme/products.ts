import { z } from "zod";
import { FORMS, type Form, type Product, singleOxide, TRADED_PRODUCTS } from "../../chemistry/index.ts";
import { PageOf, Text } from "../../contract/fields.ts";
import { ElementSymbol, NewId, ProductId, titled } from "../../contract/identifiers.ts";
import { decideProduct, type ProductDefined, type ProductStated } from "../../programme/index.ts";
import { done } from "../../quantity/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import type { LedgerStore, Page } from "../core/ports.ts";
import { command, query, type Scope } from "../core/use-case.ts";

const Element = ElementSymbol(z.string().max(3));
const Part = z.number().min(0).max(1);

/** A product by its id, or a single oxide by its formula; remembered with the decision. */
export async function findProduct(scope: Pick<Scope, "get">, id: string): Promise<Product | undefined> {
  return singleOxide(id) ?? withoutTime(await scope.get("product", id));
}

/** The same for a query. */
export async function storedProduct(
  store: Pick<LedgerStore, "load">,
  id: string,
): Promise<Product | undefined> {
  return singleOxide(id) ?? withoutTime((await store.load("product", id))?.record);
}

const withoutTime = (defined: ProductDefined | undefined) => defined && shownProduct(defined);

/** What it is: when it was defined, and free text that came with it, are on the books alone. */
const shownProduct = ({ product, name, form, elements, ratio, formulas }: ProductDefined): Product => ({
  ...{ product, name, form, elements },
  ...(ratio === undefined ? {} : { ratio }),
  ...(formulas === undefined ? {} : { formulas }),
});

export const defineProduct = command({
  room: "programme",
  verb: "define-product",
  summary: "Define a product of one or several elements: its form and, where it is sold by one, its ratio.",
  input: z.strictObject({
    product: NewId("product"),
    name: Text,
    form: z.enum(Object.keys(FORMS) as [Form, ...Form[]]),
    elements: z.array(Element).min(1).max(20),
    ratio: z
      .record(Element, z.strictObject({ from: Part, to: Part }))
      .optional()
      .describe("by mass of the oxides they are traded in, from 0 to 1; of a metal, by mass of metal"),
    formulas: z
      .record(Element, titled(z.string().max(30), "formula"))
      .optional()
      .describe("where an element is in another formula than the form's own"),
  }),
  example: {
    product: "NdPr-oxide",
    name: "NdPr oxide, 75 to 80 % Nd2O3",
    form: "oxide" as const,
    elements: ["Nd", "Pr"],
    ratio: { Nd: { from: 0.75, to: 0.8 }, Pr: { from: 0.2, to: 0.25 } },
  },
  concerns: { says: "any recycler or refiner", of: async () => ({ kinds: FIRMS }) },
  async decide(scope, { ratio, formulas, ...given }) {
    const stated: ProductStated = {
      ...given,
      ...(ratio === undefined ? {} : { ratio }),
      ...(formulas === undefined ? {} : { formulas }),
    };
    const decided = decideProduct(await scope.get("product", given.product), stated);
    if (!decided.ok) return decided;
    const body: ProductDefined = { ...decided.value, at: scope.now };
    return done({ entries: [{ kind: "product_defined", body }], answer: { product: given.product } });
  },
});

export const products = query({
  room: "programme",
  verb: "products",
  summary:
    "What can be bought and sold: single oxides, which need no registration, and products that were defined.",
  input: z.strictObject({
    form: z.enum(Object.keys(FORMS) as [Form, ...Form[]]).optional(),
    product: ProductId().optional(),
    ...PageOf,
  }),
  example: { limit: 50 },
  async answer(ports, { after, limit, form, product }) {
    const fits = (p: Product) => (form ?? p.form) === p.form && (product ?? p.product) === p.product;
    // Those that nobody registered come first, in the order of the elements.
    const from = after === undefined ? 0 : TRADED_PRODUCTS.findIndex((p) => p.product === after) + 1;
    const known = after !== undefined && from === 0 ? [] : TRADED_PRODUCTS.slice(from).filter(fits);
    const last = known[limit - 1];
    if (last) return done<Page<Product>>({ items: known.slice(0, limit), next: last.product });
    const page = await pageOf(ports, "product", {
      after: from > 0 ? undefined : after,
      limit: limit - known.length,
      filter: { form, product },
    });
    const { items, next } = page.value;
    return done<Page<Product>>({
      items: [...known, ...items.map(shownProduct)],
      ...(next === undefined ? {} : { next }),
    });
  },
});
