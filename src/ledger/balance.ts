import type { Place } from "./apply.ts";
import type { Lot } from "./lot.ts";

/** Where the milligrams of one owner are: on hand by site, in transit, and in every named place. */
export interface WholeBalance {
  readonly mass_mg: number;
  readonly elements_mg: Readonly<Record<string, number>>;
}

/**
 * Everything on hand and in every named place, added up. Received and added places are negative, so books that keep
 * law 1 give zero for the mass and for every element: anything else is an amount made or lost.
 */
export function totalOf(lots: Iterable<Lot>, places: Iterable<Place>): WholeBalance {
  let mass_mg = 0;
  const elements: Record<string, number> = {};
  for (const lot of lots) {
    mass_mg += lot.mass_mg.best;
    for (const [element, content] of Object.entries(lot.elements_mg)) {
      elements[element] = (elements[element] ?? 0) + content.best;
    }
  }
  for (const place of places) {
    mass_mg += place.mass_mg;
    for (const [element, mg] of Object.entries(place.elements_mg))
      elements[element] = (elements[element] ?? 0) + mg;
  }
  return { mass_mg, elements_mg: elements };
}
