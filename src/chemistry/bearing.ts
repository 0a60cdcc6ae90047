import { combine, inKg, type Measured, spread } from "../quantity/index.ts";
import { type Form, metalFraction, type Product, partsOf } from "./products.ts";

/**
 * The least part of a product that its elements make, by form. An oxide or a metal holds some moisture, carbonate and other
 * metals; carbonates and chlorides are traded with their water of crystallisation (Nd2(CO3)3 with 8 H2O, NdCl3 with 6 H2O: 76 and
 * 70 %) and wet. Our estimate, evidence C.
 */
const LEAST_PART: Readonly<Record<Form, number>> = {
  oxide: 0.95,
  metal: 0.95,
  carbonate: 0.5,
  chloride: 0.5,
};

/** However wide the doubt, it counts for no more than this part of the mass. */
const DOUBT_COUNTS_MOST = 0.05;

/** Three standard uncertainties, as where a step closes. */
const SIGMAS = 3;

/** However doubtful the contents, a part lies no further than this outside the band of a ratio. */
const OUTSIDE_BAND_MOST = 0.05;

export interface Held {
  readonly mass_mg: Measured;
  readonly elements_mg: Readonly<Record<string, Measured>>;
}

/** How much of a product the elements make that something holds. */
export const madeOf = (product: Product, { elements_mg }: Pick<Held, "elements_mg">): Measured =>
  combine(
    product.elements.flatMap((element) => {
      const [held, fraction] = [elements_mg[element], metalFraction(product, element)];
      return held && fraction ? [[1 / fraction.toNumber(), held] as const] : [];
    }),
  );

/**
 * Why something is not the product it would be called, by what is held of the product's elements; undefined where it may be (X33).
 * What its elements make is about what it weighs: no more, beyond doubt, and no less than a product of that form is worth the name.
 */
export function whyNot(product: Product, held: Held): string | undefined {
  const mass = held.mass_mg.best;
  const makes = madeOf(product, held);
  const doubt = Math.min(
    SIGMAS *
      spread(
        combine([
          [1, makes],
          [-1, held.mass_mg],
        ]),
      ),
    DOUBT_COUNTS_MOST * mass,
  );
  const said = `${product.elements.join(" and ")} of it makes ${inKg(makes.best)} of ${product.product}, of ${inKg(mass)}`;
  if (makes.best < LEAST_PART[product.form] * mass - doubt) return said;
  if (makes.best > mass + doubt + 1 + product.elements.length) return `${said}: more than it weighs`;
  const elements = Object.fromEntries(product.elements.map((e) => [e, held.elements_mg[e]?.best ?? 0]));
  const parts = partsOf(product, elements);
  for (const [element, band] of Object.entries(product.ratio ?? {})) {
    const part = parts[element] ?? 0;
    if (!band || (part >= band.from - OUTSIDE_BAND_MOST && part <= band.to + OUTSIDE_BAND_MOST)) continue;
    return `${percent(part)} of its oxides is of ${element}, ${product.product} has ${percent(band.from)} to ${percent(band.to)}`;
  }
  return undefined;
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
