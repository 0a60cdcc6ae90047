import type { Entry } from "../../ledger/index.ts";
import type { LedgerStore } from "../core/ports.ts";

const PAGE_ENTRIES = 500;

/** Entries in their order from the first on, a page at a time in memory, up to `to` or the head as it was when the walk began. */
export async function* everyEntry(
  store: Pick<LedgerStore, "entries" | "head">,
  given: { readonly after?: number; readonly to?: number; readonly kind?: string } = {},
): AsyncGenerator<Entry> {
  const last = given.to ?? (await store.head())?.seq ?? 0;
  const { kind } = given;
  const pageAfter = (after: number) => {
    const page = store.entries({ after, limit: PAGE_ENTRIES, ...(kind === undefined ? {} : { kind }) });
    // Whoever ends the walk early does not wait for the page that was asked for ahead.
    page.catch(() => {});
    return page;
  };
  for (let after = given.after ?? 0, next = pageAfter(after); after < last; ) {
    const page = await next;
    after = page.at(-1)?.seq ?? last;
    // The database reads the next page while this one is worked on.
    if (after < last) next = pageAfter(after);
    for (const entry of page) {
      if (entry.seq > last) return;
      yield entry;
    }
  }
}

/**
 * Entries of the log the newest first: `limit` of them before `before`, or from the head on. Sequence numbers have no gaps
 * (L1), so a window of numbers is read, and a wider one where too few of its entries were wanted.
 */
export async function newestEntries(
  store: Pick<LedgerStore, "entries" | "head">,
  given: {
    readonly before?: number | undefined;
    readonly limit: number;
    readonly kind?: string | undefined;
    readonly keep?: (entry: Entry) => boolean;
  },
): Promise<Entry[]> {
  const { limit, kind, keep = () => true } = given;
  let high = given.before ?? ((await store.head())?.seq ?? 0) + 1;
  const found: Entry[] = [];
  for (let width = limit; high > 1 && found.length < limit; width *= 2) {
    const low = Math.max(0, high - 1 - width);
    const page: Entry[] = [];
    for await (const entry of windowOf(store, { low, high, kind })) if (keep(entry)) page.push(entry);
    found.push(...page.reverse());
    high = low + 1;
  }
  return found.slice(0, limit);
}

async function* windowOf(
  store: Pick<LedgerStore, "entries">,
  given: { readonly low: number; readonly high: number; readonly kind: string | undefined },
): AsyncGenerator<Entry> {
  const { kind, high } = given;
  for (let after = given.low; after < high - 1; ) {
    const limit = Math.min(PAGE_ENTRIES, high - 1 - after);
    const page = await store.entries({ after, limit, ...(kind === undefined ? {} : { kind }) });
    for (const entry of page) if (entry.seq < high) yield entry;
    after = page.length < limit ? high : (page.at(-1)?.seq ?? high);
  }
}

/** The last entry booked up to an instant, 0 where there is none. Time never runs backwards in the log (L1): halves are halved. */
export async function lastUpTo(store: Pick<LedgerStore, "entries" | "head">, at: string): Promise<number> {
  let [low, high] = [0, (await store.head())?.seq ?? 0];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [entry] = await store.entries({ after: middle - 1, limit: 1 });
    if (entry && Date.parse(entry.time) <= Date.parse(at)) low = middle;
    else high = middle - 1;
  }
  return low;
}
