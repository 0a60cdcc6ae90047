import type { LedgerStore, ListQuery, Moment } from "./ports.ts";

type Books = Pick<LedgerStore, "list" | "moment">;
type Filter = Pick<ListQuery, "where" | "flag">;

/** What is remembered of a collection. */
export interface Kept<T> {
  readonly collection: string;
  /** Any of these finds the records to begin with; none stated: the whole collection. */
  readonly first?: readonly Filter[];
  /** What of a record is remembered; nothing: it is no longer of interest. */
  readonly keep: (record: T) => T | undefined;
}

/** Many records are read at once: they are for totals, and all of them are wanted. */
const PAGE_RECORDS = 1000;

/** Books that are written to without a pause are taken as they were found after so many readings. */
const READINGS_MAX = 4;

const NEVER: Moment = { seq: 0, rebuilt: -1 };

/**
 * The records of a collection as they are now, remembered from one asking to the next: only what entries changed since is read
 * again. While nothing changed the answer is the very same list, so that what was worked out from it can be remembered too.
 * After a rebuild that changed something everything is read anew.
 */
export class RecordCache<T extends object> {
  private readonly store: Books;
  private readonly kept: Kept<T>;
  private readonly byId = new Map<string, { readonly seq: number; readonly record: T }>();
  private at = NEVER;
  private list: readonly T[] = [];
  private reading: Promise<unknown> = Promise.resolve();

  constructor(store: Books, kept: Kept<T>) {
    this.store = store;
    this.kept = kept;
  }

  /** In the order of their numbers. One reading at a time, so that an older answer never comes to stand over a newer one. */
  read(): Promise<readonly T[]> {
    const next = this.reading.then(() => this.catchUp());
    this.reading = next.catch(() => {});
    return next;
  }

  /** The entry after which the list was what it is. */
  get seq(): number {
    return this.at.seq;
  }

  private async catchUp(): Promise<readonly T[]> {
    let changed = false;
    for (let readings = 0; readings < READINGS_MAX; readings++) {
      // Taken before the records are read: what is written meanwhile is read twice and never left out.
      const now = await this.store.moment();
      if (now.rebuilt === this.at.rebuilt && now.seq === this.at.seq) break;
      if (await this.readSince(now)) changed = true;
    }
    if (changed)
      this.list = [...this.byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { record }]) => record);
    return this.list;
  }

  private async readSince(now: Moment): Promise<boolean> {
    const anew = now.rebuilt !== this.at.rebuilt || now.seq < this.at.seq;
    if (anew) {
      this.at = NEVER;
      this.byId.clear();
    }
    let changed = anew;
    const since = this.at.seq;
    for (const filter of (anew && this.kept.first) || [{}]) {
      for await (const { id, seq, record } of this.pages({ ...filter, since })) {
        if (seq < (this.byId.get(id)?.seq ?? 0)) continue;
        changed = true;
        const kept = this.kept.keep(record as T);
        if (kept) this.byId.set(id, { seq, record: kept });
        else this.byId.delete(id);
      }
    }
    // Had reading failed half-way, the same records would be read again.
    this.at = now;
    return changed;
  }

  private async *pages(query: Filter & { readonly since: number }) {
    const { collection } = this.kept;
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page = await this.store.list({ ...query, collection, after, limit: PAGE_RECORDS });
      yield* page.items;
      after = page.next;
    }
  }
}

const caches = new WeakMap<Books, Map<object, unknown>>();

/** The cache of what is kept: one for a store, however often it is asked for. `kept` is a constant of the room that asks. */
export function recordCacheOf<T extends object>(store: Books, kept: Kept<T>): RecordCache<T> {
  const ofStore = caches.get(store) ?? new Map<object, unknown>();
  caches.set(store, ofStore);
  const cache = (ofStore.get(kept) as RecordCache<T> | undefined) ?? new RecordCache(store, kept);
  ofStore.set(kept, cache);
  return cache;
}
