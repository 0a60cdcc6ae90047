import type { PassportRecord } from "../../certify/index.ts";
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
  const revoked = new Set<string>();
  for (const { lot: id, after, at, evidence } of restated) {
    const lot = lots.get(id);
    const found = lot && withdrawnBy(lot, await scope.get("taking", id), after.mass_mg.best);
    if (!found) continue;
    const why = `${id} was measured anew: ${evidence}`;
    const passports = await withWholes(scope, found.passports);
    for (const passport of passports) {
      // What it describes may stand in several of the lots.
      if (revoked.has(passport)) continue;
      revoked.add(passport);
      entries.push({ kind: "passport_revoked", body: { passport, why } });
    }
    withdrawn.push({ ...found, passports });
    for (const { order, mass_mg } of found.promises) {
      await scope.watch("order", order);
      entries.push({ kind: "allocation_released", body: { order, lot: id, mass_mg, why, at } });
    }
  }
  return { entries, withdrawn };
}

/** Passports that stand, and those that they are part of: what a part described is no longer what the whole describes. */
async function withWholes(scope: Scope, passports: readonly string[]): Promise<string[]> {
  const all = new Set<string>();
  for (const named of passports)
    for (let next: string | undefined = named; next !== undefined && !all.has(next); ) {
      const passport: PassportRecord | undefined = await scope.get("passport", next);
      if (passport && !passport.revoked) all.add(next);
      next = passport?.part_of?.passport;
    }
  return [...all];
}
