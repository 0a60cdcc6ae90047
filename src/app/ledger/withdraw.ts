import { type Lot, type LotRestated, type Withdrawn, withdrawnBy } from "../../ledger/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

/** What restating lots withdraws of what was taken of them, with the entries that say so (L37). */
export async function withdrawals(
  scope: Scope,
  restated: readonly LotRestated[],
  lots: ReadonlyMap<string, Lot>,
): Promise<{ entries: NewEntry[]; withdrawn: Withdrawn[] }> {
  const entries: NewEntry[] = [];
  const withdrawn: Withdrawn[] = [];
  for (const { lot: id, after, at, evidence } of restated) {
    const lot = lots.get(id);
    const found = lot && withdrawnBy(lot, await scope.get("taking", id), after.mass_mg.best);
    if (!found) continue;
    withdrawn.push(found);
    const why = `${id} was measured anew: ${evidence}`;
    for (const passport of found.passports) {
      const record = await scope.get("passport", passport);
      if (record && !record.revoked) entries.push({ kind: "passport_revoked", body: { passport, why } });
    }
    for (const { order, mass_mg } of found.promises) {
      await scope.watch("order", order);
      entries.push({ kind: "allocation_released", body: { order, lot: id, mass_mg, why, at } });
    }
  }
  return { entries, withdrawn };
}
