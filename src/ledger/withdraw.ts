import type { Lot, LotId } from "./lot.ts";
import { type Takings, takenOf } from "./taking.ts";

/** What can no longer stand since the matter it was taken of is less, or other, than it was. */
export interface Withdrawn {
  readonly lot: LotId;
  /** Passports of the lot's matter: it is no longer what they describe. */
  readonly passports: readonly string[];
  /** Promises that no longer fit into what is there, with how much of each is given back. */
  readonly promises: readonly { readonly order: string; readonly mass_mg: number }[];
}

/** What a new measurement of a lot withdraws (L37): every passport on its matter, and promises beyond the mass that is there. */
export function withdrawnBy(lot: Lot, takings: Takings | undefined, after_mg: number): Withdrawn | undefined {
  if (!takings) return undefined;
  let over = takenOf(takings, "promised") - after_mg;
  const promises: { order: string; mass_mg: number }[] = [];
  for (const order of Object.keys(takings.promised).sort().reverse()) {
    const mass_mg = Math.min(takings.promised[order] ?? 0, Math.max(0, over));
    over -= mass_mg;
    if (mass_mg > 0) promises.push({ order, mass_mg });
  }
  const passports = Object.keys(takings.claimed).sort();
  return passports.length + promises.length === 0 ? undefined : { lot: lot.id, passports, promises };
}
