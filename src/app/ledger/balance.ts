import { amountsAlone, type Lot, type Place, totalOf } from "../../ledger/index.ts";
import { type Measured, spread, spreadInParts, sum } from "../../quantity/index.ts";
import type { LedgerStore } from "../core/ports.ts";
import { type Kept, recordCacheOf } from "../core/record-cache.ts";
import { partySeeing } from "../core/seen.ts";

/** A standard uncertainty, and its parts: what single readings bring, and what instruments and methods have in common. */
interface InParts {
  readonly sd_mg: number;
  readonly sd_random_mg: number;
  readonly sd_shared_mg: number;
}

export interface Held extends InParts {
  readonly place: string;
  readonly mass_mg: number;
  readonly elements_mg: Readonly<
    Record<string, { readonly best: number; readonly sd: number } & Partial<InParts>>
  >;
}

/** A lot that was consumed holds nothing: most lots of old books need be neither read nor remembered. */
const HELD: Kept<"lot"> = {
  collection: "lot",
  first: ["on_hand", "in_transit", "delivered"].map((state) => ({ where: { state } })),
  keep: (lot) => (lot.mass_mg.best === 0 ? undefined : amountsAlone(lot)),
};

const PLACES: Kept<"place"> = { collection: "place", keep: (place) => place };

/** All lots that hold something now, as far as amounts go, in the order of their numbers. */
export const heldLots = (store: LedgerStore): Promise<readonly Lot[]> => recordCacheOf(store, HELD).read();

const TOGETHER_TRIES = 5;

type Balance = ReturnType<typeof balanceOf>;

/** What was added up of a list of lots, by owner, as long as that list is what is held. */
const added = new WeakMap<readonly Lot[], { places: readonly Place[]; byOwner: Map<string, Balance> }>();

/** Of the same moment, unless the books are written to without a pause: or a balance would seem not to close. */
async function lotsAndPlaces(store: LedgerStore) {
  const [held, named] = [recordCacheOf(store, HELD), recordCacheOf(store, PLACES)];
  for (let tries = 1; ; tries++) {
    const [lots, places] = await Promise.all([held.read(), named.read()]);
    if (held.seq === named.seq || tries === TOGETHER_TRIES) return { lots, places };
  }
}

/** The balance as it is now, of one owner or of all; added up anew only where a lot or a place changed. */
export async function presentBalance(store: LedgerStore, owner: string | undefined): Promise<Balance> {
  const { lots, places } = await lotsAndPlaces(store);
  const before = added.get(lots);
  const known = before?.places === places ? before : { places, byOwner: new Map<string, Balance>() };
  added.set(lots, known);
  const found = known.byOwner.get(owner ?? "");
  if (found) return found;
  const mine = <T extends { readonly owner: string }>(all: readonly T[]) =>
    owner === undefined ? all : all.filter((one) => one.owner === owner);
  const seen = balanceOf(mine(lots), mine(places));
  // Of another's lots at a site of theirs the rest is not seen: whether it adds up is told of their own.
  const alone = owner === undefined ? partySeeing(store) : undefined;
  const own = <T extends { readonly owner: string }>(all: readonly T[]) =>
    all.filter((one) => one.owner === alone);
  const whole = alone === undefined ? seen : balanceOf(own(lots), own(places));
  const balance = { ...seen, closes: whole.closes, total: whole.total };
  known.byOwner.set(owner ?? "", balance);
  return balance;
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

function inParts(of: Measured): InParts {
  const { random, shared } = spreadInParts(of);
  return { sd_mg: spread(of), sd_random_mg: random, sd_shared_mg: shared };
}

function heldAt(place: string, lots: readonly Lot[]): Held {
  const elements = new Set(lots.flatMap((l) => Object.keys(l.elements_mg)));
  const mass = sum(lots.map((l) => l.mass_mg));
  return {
    ...{ place, mass_mg: mass.best, ...inParts(mass) },
    elements_mg: Object.fromEntries(
      [...elements].sort().map((element) => {
        const whole = sum(lots.flatMap((l) => l.elements_mg[element] ?? []));
        return [element, { best: whole.best, sd: spread(whole), ...inParts(whole) }];
      }),
    ),
  };
}
