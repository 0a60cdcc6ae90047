import type { NewNotice, Notices } from "../core/notices.ts";
import type { LedgerStore } from "../core/ports.ts";
import { booksOf } from "./belongs.ts";
import { noticesOf } from "./waits.ts";

/** Entries of one step: what is read of it is held until it is written. */
const STEP = 200;

/** Follows the log by one step (Z93). True where more of it may wait. */
export async function followOnce(
  notices: Notices,
  { store, at, mail }: { readonly store: LedgerStore; readonly at: string; readonly mail: boolean },
): Promise<boolean> {
  const head = (await store.head())?.seq ?? 0;
  if ((await notices.reached()) >= head) return false;
  const books = booksOf(store);
  const reached = await notices.follow(
    async (after) => {
      const entries = await store.entries({ after, limit: STEP });
      const told: NewNotice[] = [];
      for (const entry of entries) told.push(...(await noticesOf(entry, books)));
      return { notices: told, reached: entries.at(-1)?.seq ?? after };
    },
    { at, mail },
  );
  return reached !== undefined && reached < head;
}
