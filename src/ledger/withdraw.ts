import type { Lot, LotId } from "./lot.ts";
import { type Takings, takenOf } from "./taking.ts";

/** What can no longer stand since the matter it was taken of is less, or other, than it was. */
export interface Withdrawn {
  readonly lot: LotId;
  /** Passports of the lot's matter: it is no longer what they describe. */
  readonly passports: readonly string[];
  /** Promises that no longer fit into what is there, with how much of each is given back. */
  readonly promises: readonly { readonly order: string; readonly mass_mg: number }[];
  /** Returned under an agreement and not there: the two parties take the return back, and return what there is. */
  readonly returns: readonly { readonly agreement: string; readonly mass_mg: number }[];
}

/** What a new measurement of a lot withdraws (L37): every passport on its matter, promises and returns beyond the mass that is there. */
export function withdrawnBy(lot: Lot, takings: Takings | undefined, after_mg: number): Withdrawn | undefined {
  if (!takings) return undefined;
  const promises = beyond(takings, "promised", after_mg).map(([order, mass_mg]) => ({ order, mass_mg }));
  const returns = beyond(takings, "returned", after_mg).map(([agreement, mass_mg]) => ({
    agreement,
    mass_mg,
  }));
  const passports = Object.keys(takings.claimed).sort();
  if (passports.length + promises.length + returns.length === 0) return undefined;
  return { lot: lot.id, passports, promises, returns };
}

/** What is taken in one way beyond a mass, the last in order of name first. */
function beyond(takings: Takings, taking: "promised" | "returned", mass_mg: number): [string, number][] {
  let over = takenOf(takings, taking) - mass_mg;
  const found: [string, number][] = [];
  for (const by of Object.keys(takings[taking]).sort().reverse()) {
    const mg = Math.min(takings[taking][by] ?? 0, Math.max(0, over));
    over -= mg;
    if (mg > 0) found.push([by, mg]);
  }
  return found;
}
