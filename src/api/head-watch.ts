import type { LedgerStore } from "../app/core/ports.ts";

/** What was written since: the last entry, and the kinds of entries. None named: too many, everything may have changed. */
export interface Change {
  readonly seq: number;
  readonly kinds: readonly string[];
}

/** More entries than this at once are not looked through for their kinds. */
const NAMED_MAX = 500;

export async function changeSince(
  store: LedgerStore,
  from: number,
  head: number,
): Promise<Change | undefined> {
  if (head === from) return undefined;
  // Other books than the listener knew (a restored backup is shorter), or too much to name.
  if (head < from || head - from > NAMED_MAX) return { seq: head, kinds: [] };
  const entries = await store.entries({ after: from, limit: NAMED_MAX });
  return { seq: head, kinds: [...new Set(entries.map((e) => e.kind))].sort() };
}

export const headOf = async (store: LedgerStore): Promise<number> => (await store.head())?.seq ?? 0;

export interface Watch<T> {
  /** Tells of every change from now on, until what it answers is called. */
  listen(tell: (news: T) => void): () => void;
}

/**
 * Looks again and again while somebody listens, once for all who do, and not at all when nobody does. `look` answers the
 * news since it looked last. Looking, not notifications: any number of processes may write to one PostgreSQL.
 */
export function watch<T>(look: () => Promise<readonly T[]>, everyMs: number): Watch<T> {
  const listeners = new Set<(news: T) => void>();
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    timer = setTimeout(async () => {
      // A look that fails is not news: the database may be back at the next one, and requests tell of it meanwhile.
      const news = await look().catch(() => []);
      for (const one of news) for (const tell of listeners) tell(one);
      if (listeners.size > 0) again();
      else timer = undefined;
    }, everyMs);
    timer.unref();
  };
  return {
    listen(tell) {
      listeners.add(tell);
      if (timer === undefined) again();
      return () => {
        listeners.delete(tell);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
