import type { LedgerRecords } from "./apply.ts";
import type { Book } from "./book.ts";
import type { LotId } from "./lot.ts";
import { free, type TakingKind } from "./taking.ts";

/** What of a lot's matter one taker has taken, wherever steps carried it since: given back, and where it was (L35). */
export async function freeEverywhere(
  book: Book<LedgerRecords>,
  given: { readonly lot: LotId; readonly taking: Exclude<TakingKind, "delivered">; readonly by: string },
): Promise<readonly { readonly lot: LotId; readonly mass_mg: number }[]> {
  const { taking, by } = given;
  const freed: { lot: LotId; mass_mg: number }[] = [];
  const open = [given.lot];
  const seen = new Set(open);
  for (let lot = open.pop(); lot !== undefined; lot = open.pop()) {
    const mass_mg = (await book.get("taking", lot))?.[taking][by] ?? 0;
    if (mass_mg > 0) {
      await free(book, { taking, lot, by, mass_mg });
      freed.push({ lot, mass_mg });
    }
    for (const child of (await book.get("lot", lot))?.children ?? []) {
      if (seen.has(child)) continue;
      seen.add(child);
      const made_by = (await book.get("lot", child))?.made_by;
      const step = made_by === undefined ? undefined : await book.get("step", made_by);
      // What another one took of it on the way may have come back to this one since.
      if (Object.keys(step?.takings?.given[child]?.[taking] ?? {}).length > 0) open.push(child);
    }
  }
  return freed;
}
