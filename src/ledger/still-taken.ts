import type { LedgerRecords } from "./apply.ts";
import type { CollectionOf } from "./book.ts";
import { preservesMatter } from "./carry.ts";
import type { LotId } from "./lot.ts";
import type { TakingKind } from "./taking.ts";

/** Reads one record of this room, wherever the books are. */
export type Read = <K extends CollectionOf<LedgerRecords>>(
  collection: K,
  id: string,
) => Promise<LedgerRecords[K] | undefined>;

/**
 * Where the matter of a lot still is that somebody took, as it was: in the lot, and in what it was only divided into. What was
 * reworked or has left is not among it, and no more of a part than what was carried to it.
 */
export async function stillTaken(
  read: Read,
  given: {
    readonly lot: LotId;
    readonly taking: Exclude<TakingKind, "delivered">;
    readonly by: string;
    readonly most_mg: number;
  },
): Promise<readonly { readonly lot: LotId; readonly mass_mg: number }[]> {
  const { taking, by } = given;
  const found: { lot: LotId; mass_mg: number }[] = [];
  const open = [{ lot: given.lot, most_mg: given.most_mg }];
  const seen = new Set([given.lot]);
  let left_mg = given.most_mg;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const lot = await read("lot", next.lot);
    const now_mg = (await read("taking", next.lot))?.[taking][by] ?? 0;
    const mass_mg = Math.min(now_mg, next.most_mg, left_mg);
    left_mg -= mass_mg;
    if (mass_mg > 0) found.push({ lot: next.lot, mass_mg });
    for (const child of lot?.children ?? []) {
      if (seen.has(child)) continue;
      seen.add(child);
      const made_by = (await read("lot", child))?.made_by;
      const step = made_by === undefined ? undefined : await read("step", made_by);
      const carried_mg = step?.takings?.given[child]?.[taking][by] ?? 0;
      if (step && lot && carried_mg > 0 && preservesMatter(step, [lot]))
        open.push({ lot: child, most_mg: carried_mg });
    }
  }
  return found;
}
