import type { CollectionOf } from "../../ledger/index.ts";
import type { LedgerStore, Listed, ListQuery, Moment, Page } from "./ports.ts";
import type { Records } from "./records.ts";

type Books<R> = Pick<LedgerStore<R>, "list" | "moment">;

/** What is remembered of a collection. */
export interface Kept<K extends CollectionOf<R>, R = Records> {
  readonly collection: K;
  /** Any of these finds the records to begin with; none stated: the whole collection. */
  readonly first?: readonly Pick<ListQuery<K, R>, "where" | "flag">[];
  /** What of a record is remembered; nothing: it is no longer of interest. */
  readonly keep: (record: R[K]) => R[K] | undefined;
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
export class RecordCache<K extends CollectionOf<R>, R = Records> {
  private readonly store: Books<R>;
  private readonly kept: Kept<K, R>;
  private readonly byId = new Map<string, { readonly seq: number; readonly record: R[K] }>();
  private at = NEVER;
  private list: readonly R[K][] = [];
  private reading: Promise<unknown> = Promise.resolve();

  constructor(store: Books<R>, kept: Kept<K, R>) {
    this.store = store;
    this.kept = kept;
  }

  /** In the order of their numbers. One reading at a time, so that an older answer never comes to stand over a newer one. */
  read(): Promise<readonly R[K][]> {
    const next = this.reading.then(() => this.catchUp());
    this.reading = next.catch(() => {});
    return next;
  }

  /** The entry after which the list was what it is. */
  get seq(): number {
    return this.at.seq;
  }

  private async catchUp(): Promise<readonly R[K][]> {
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
        const kept = this.kept.keep(record);
        if (kept) this.byId.set(id, { seq, record: kept });
        else this.byId.delete(id);
      }
    }
    // Had reading failed half-way, the same records would be read again.
    this.at = now;
    return changed;
  }

  private async *pages(query: Omit<ListQuery<K, R>, "collection" | "limit">): AsyncGenerator<Listed<R[K]>> {
    const { collection } = this.kept;
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page: Page<Listed<R[K]>> = await this.store.list({
        ...query,
        collection,
        after,
        limit: PAGE_RECORDS,
      });
      yield* page.items;
      after = page.next;
    }
  }
}

const caches = new WeakMap<object, Map<object, unknown>>();

/** The cache of what is kept: one for a store, however often it is asked for. `kept` is a constant of the room that asks. */
export function recordCacheOf<K extends CollectionOf<R>, R = Records>(
  store: Books<R>,
  kept: Kept<K, R>,
): RecordCache<K, R> {
  const ofStore = caches.get(store) ?? new Map<object, unknown>();
  caches.set(store, ofStore);
  const cache = (ofStore.get(kept) as RecordCache<K, R> | undefined) ?? new RecordCache<K, R>(store, kept);
  ofStore.set(kept, cache);
  return cache;
}
