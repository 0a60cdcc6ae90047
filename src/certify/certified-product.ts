import { Decimal } from "decimal.js";
import { type Element, type Product, partsOf, readOxide, singleOxide } from "../chemistry/index.ts";
import { type Analysis, type Reading, readAnalyte, readingOf } from "./analysis.ts";
import { beyondLimit } from "./false-yes.ts";

/** A certificate of analysis as far as it says what it is of. */
export interface OfProduct {
  readonly oxide: string;
  /** As it was defined, where it is no single oxide: whoever checks the certificate need not ask what its name means. */
  readonly product?: Product;
}

/** What a certificate of analysis or a passport is of; undefined where its name alone does not say. */
export const certifiedProduct = ({ oxide, product }: OfProduct): Product | undefined =>
  product ?? singleOxide(oxide);

/** The elements a passport counts: of the product its certificate defines, else of the formula by itself. */
export const elementsOfClaim = (subject: {
  readonly product: { readonly oxide: string };
  readonly certificate: { readonly product?: Product | undefined };
}): readonly Element[] => {
  const { product } = subject.certificate;
  return certifiedProduct({ oxide: subject.product.oxide, ...(product ? { product } : {}) })?.elements ?? [];
};

/** Rare earths count per kilogram of total rare-earth oxide; in a metal everything counts per kilogram of metal. */
export const basisOf = (of: OfProduct): Analysis["basis"] =>
  of.product?.form === "metal" ? "metal" : "TREO";

const isOwn = (of: OfProduct, { analyte }: Reading): boolean => {
  const metal = readAnalyte(analyte)?.metal;
  return of.product?.elements.some((element) => element === metal) ?? false;
};

/** Its impurities: a product of several elements is reported with its own too, which are none. */
export const impuritiesOf = (of: OfProduct & { readonly results: readonly Reading[] }): readonly Reading[] =>
  of.product ? of.results.filter((line) => !isOwn(of, line)) : of.results;

export interface RatioVerdict {
  readonly limit: string;
  readonly result: "passed" | "failed" | "not_checked";
  readonly why: string;
  /** Where it passed: how likely the part lies outside all the same; undefined where the doubt of a line was not stated. */
  readonly p?: number;
}

/** Whether the elements of a product stand in its ratio, by what the laboratory found of each (C41). Doubts are independent. */
export function checkRatioOf(
  of: OfProduct & { readonly results: readonly Reading[] },
): readonly RatioVerdict[] {
  const { product } = of;
  if (!product?.ratio) return [];
  const lines = new Map(
    product.elements.map((element) => [element, metalFound(product, element, of.results)]),
  );
  const missing = product.elements.filter((element) => lines.get(element) === undefined);
  const found = Object.fromEntries([...lines].map(([element, line]) => [element, line?.mg ?? 0]));
  return Object.entries(product.ratio).map(([element, band]) => {
    const limit = `ratio ${element}`;
    if (!band || missing.length > 0)
      return { limit, result: "not_checked", why: `not measured: ${missing.join(", ")}` };
    const part = partsOf(product, found)[element] ?? 0;
    const { from, to } = band;
    const why = `${(100 * part).toFixed(2)} % against ${100 * from} to ${100 * to} %`;
    if (part < from || part > to) return { limit, result: "failed", why };
    const moves = [...lines].map(([moved, line]) =>
      line?.u === undefined
        ? undefined
        : (partsOf(product, { ...found, [moved]: line.mg + line.u })[element] ?? 0) - part,
    );
    if (moves.includes(undefined)) return { limit, result: "passed", why };
    const u = new Decimal(Math.hypot(...moves.map((move) => move ?? 0)));
    const beyond = (room: number) => beyondLimit(new Decimal(room), u);
    return { limit, result: "passed", why, p: Math.min(1, beyond(to - part) + beyond(part - from)) };
  });
}

/** Metal of one of the product's own elements, per kilogram; undefined where it was not found, or not in a form that counts. */
function metalFound(
  product: Product,
  element: Element,
  results: readonly Reading[],
): { readonly mg: number; readonly u: number | undefined } | undefined {
  const line = results.find(({ analyte }) => readAnalyte(analyte)?.metal === element);
  const value = line && readingOf(line.mg_per_kg);
  if (!line || !value || value.below || value.amount.isZero()) return undefined;
  const oxide = readOxide(line.analyte);
  if (product.form !== "metal" && !oxide.ok) return undefined;
  const fraction = oxide.ok ? oxide.value.metalFraction.toNumber() : 1;
  const u = line.u === undefined ? undefined : readingOf(line.u)?.amount.toNumber();
  return { mg: value.amount.toNumber() * fraction, u: u === undefined ? undefined : u * fraction };
}
