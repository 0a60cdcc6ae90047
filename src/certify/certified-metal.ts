import { type Element, metalFraction, type Product, readOxide, TRADED_OXIDE } from "../chemistry/index.ts";
import { type Reading, readAnalyte, readingOf } from "./analysis.ts";
import type { Certificate } from "./certificate.ts";
import { certifiedProduct } from "./certified-product.ts";
import { isPercent } from "./specification.ts";
import { mostOxide, type Stated } from "./whole.ts";

export interface Amount {
  readonly mg: number;
  readonly sd_mg: number;
}

/** Elements of a product and what a certificate of analysis states of them; several where it does not tell them apart. */
export interface CertifiedMetal extends Amount {
  readonly elements: readonly Element[];
}

export type Certified = Pick<Certificate, "oxide" | "product" | "results" | "purity" | "reo_pct" | "loi_pct">;

interface Share {
  readonly share: number;
  readonly sd: number;
}

/** Total rare-earth oxide where nobody measured it: 99 to 100 %, as the grades themselves ask (GB/T 5240-1992), any of it alike. */
const OXIDE_UNMEASURED: Share = { share: 0.995, sd: 0.01 / Math.sqrt(12) };
/**
 * Oxides of one rare earth hold about the same metal (CeO2 and Ce2O3 lie furthest apart, by a twentieth): a formula that holds much
 * less than the one it is traded in is a name, and makes no certified metal less.
 */
const FORMULA_LEAST = 0.95;
const ALL: Share = { share: 1, sd: 0 };

/** Where the parts add up to so much more than the whole, they say what the oxide cannot be: totals may read slightly above it (C2). */
const SLIGHTLY = 0.005;

/**
 * As measured, to the last digit printed; or what a grade asks, and no more than what else was found leaves room for (C28). What
 * cannot be read was not measured.
 */
export function totalOxide(of: Stated): Share {
  const { reo_pct } = of;
  const measured = reo_pct !== undefined && isPercent(reo_pct);
  const digits = reo_pct?.split(".")[1]?.length ?? 0;
  const told = measured
    ? { share: Number(reo_pct) / 100, sd: 10 ** -(digits + 2) / Math.sqrt(12) }
    : OXIDE_UNMEASURED;
  const most = mostOxide(of);
  return most.pct / 100 < told.share - (measured ? SLIGHTLY : 0)
    ? { share: most.pct / 100, sd: most.u_pct / 100 }
    : told;
}

/** The part of the mass that impurities and the product's own elements are counted in; of a metal that is all of it. */
function counted(product: Product, of: Stated): Share {
  if (product.form === "metal") return ALL;
  if (product.form === "oxide" || of.reo_pct !== undefined) return totalOxide(of);
  // A carbonate or chloride of which nobody measured the oxide holds at most what its formula holds.
  const most = product.elements.map((element) => {
    const inForm = metalFraction(product, element)?.toNumber() ?? 0;
    return inForm / (oxideFraction(product, element) || 1);
  });
  return { share: Math.max(0, Math.min(mostOxide(of).pct / 100, Math.max(0, ...most))), sd: 0 };
}

/** Metal over the mass that is counted of one element: of its oxide, or of a metal itself. */
function oxideFraction(product: Product, element: Element): number {
  if (product.form === "metal") return 1;
  const own = product.form === "oxide" ? (metalFraction(product, element)?.toNumber() ?? 0) : 0;
  const oxide = readOxide(TRADED_OXIDE[element] ?? "");
  const traded = oxide.ok ? oxide.value.metalFraction.toNumber() : own;
  return own < FORMULA_LEAST * traded ? traded : own;
}

/**
 * What a certificate of analysis states that a net mass of its product holds of the product's own elements: net mass, times the
 * total rare-earth oxide, times the purity, times the metal in the formula (C25). Several elements share it as the laboratory
 * found them; where it does not tell them apart, as if all of it were the one of them that weighs most.
 */
export function certifiedMetal(mass_mg: number, of: Certified): CertifiedMetal[] {
  const product = certifiedProduct(of);
  if (!product) return [];
  const total = counted(product, of);
  const purity = Math.min(1, Math.max(0, Number(of.purity.purity_pct) / 100 || 0));
  const own = {
    mg: mass_mg * total.share * purity,
    doubt: Math.hypot(total.share > 0 ? total.sd / total.share : 0, Number(of.purity.u_mg_per_kg) / 1e6 || 0),
  };
  const [only, ...more] = product.elements;
  if (only && more.length === 0) return [metal([only], own.mg * oxideFraction(product, only), own.doubt)];
  const lines = product.elements.map((element) => lineOf(product, element, of.results));
  const found = lines.flatMap((line) => line ?? []);
  const sum = found.reduce((mg, line) => mg + line.mg, 0);
  if (found.length < lines.length || sum === 0) {
    const most = Math.max(0, ...product.elements.map((element) => oxideFraction(product, element)));
    return [metal(product.elements, own.mg * most, own.doubt)];
  }
  return found.map(({ element, mg, u, fraction }) =>
    metal([element], own.mg * (mg / sum) * fraction, Math.hypot(own.doubt, u / mg)),
  );
}

const metal = (elements: readonly Element[], mg: number, doubt: number): CertifiedMetal => ({
  elements,
  mg,
  sd_mg: mg * doubt,
});

/** What was found of one of the product's own elements, as it is counted; undefined where nothing was. */
function lineOf({ form }: Product, element: Element, results: readonly Reading[]) {
  const line = results.find(({ analyte }) => readAnalyte(analyte)?.metal === element);
  const value = line && readingOf(line.mg_per_kg);
  if (!line || !value || value.below || value.amount.isZero()) return undefined;
  const oxide = readOxide(line.analyte);
  if (form !== "metal" && !oxide.ok) return undefined;
  const fraction = oxide.ok ? oxide.value.metalFraction.toNumber() : 1;
  const [mg, u] = [value.amount.toNumber(), line.u === undefined ? 0 : Number(line.u) || 0];
  return form === "metal"
    ? { element, mg: mg * fraction, u: u * fraction, fraction: 1 }
    : { element, mg, u, fraction };
}
