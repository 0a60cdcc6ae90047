import { type Lot, type Place, totalOf } from "../../ledger/index.ts";
import { spread, sum } from "../../quantity/index.ts";

export interface Held {
  readonly place: string;
  readonly mass_mg: number;
  readonly elements_mg: Readonly<Record<string, { readonly best: number; readonly sd: number }>>;
}

/** On hand by place with doubt, the named places, and the total, which is zero when law 1 is kept. */
export function balanceOf(lots: readonly Lot[], places: readonly Place[]) {
  const byPlace = new Map<string, Lot[]>();
  for (const lot of lots) {
    if (lot.mass_mg.best === 0) continue;
    const here = byPlace.get(lot.place);
    if (here) here.push(lot);
    else byPlace.set(lot.place, [lot]);
  }
  const held: Held[] = [...byPlace]
    .map(([place, here]) => heldAt(place, here))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const named = new Map<string, { mass_mg: number; elements_mg: Record<string, number> }>();
  for (const { place, mass_mg, elements_mg } of places) {
    const into = named.get(place) ?? { mass_mg: 0, elements_mg: {} };
    into.mass_mg += mass_mg;
    for (const [element, mg] of Object.entries(elements_mg))
      into.elements_mg[element] = (into.elements_mg[element] ?? 0) + mg;
    named.set(place, into);
  }
  const total = totalOf(lots, places);
  const closes = total.mass_mg === 0 && Object.values(total.elements_mg).every((mg) => mg === 0);
  return {
    held,
    places: [...named]
      .map(([place, amounts]) => ({ place, ...amounts }))
      .sort((a, b) => (a.place < b.place ? -1 : 1)),
    total,
    closes,
  };
}

function heldAt(place: string, lots: readonly Lot[]): Held {
  const elements = new Set(lots.flatMap((l) => Object.keys(l.elements_mg)));
  return {
    place,
    mass_mg: lots.reduce((mg, l) => mg + l.mass_mg.best, 0),
    elements_mg: Object.fromEntries(
      [...elements].sort().map((element) => {
        const whole = sum(lots.flatMap((l) => l.elements_mg[element] ?? []));
        return [element, { best: whole.best, sd: spread(whole) }];
      }),
    ),
  };
}
