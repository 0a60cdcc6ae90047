/** The name of a collection in a map from collections to what a record of each is. */
export type CollectionOf<R> = keyof R & string;

/**
 * The books as records in named collections, each folded from entries. `R` says what a record of each collection is; a room
 * states the collections it folds. The same interface stands over a map in memory (tests, rebuild, audit) and over PostgreSQL
 * (where a command loads only what it touches).
 */
export interface Book<R> {
  get<K extends CollectionOf<R>>(collection: K, id: string): Promise<R[K] | undefined>;
  put<K extends CollectionOf<R>>(collection: K, id: string, record: R[K]): void;
}

/** A book held in memory. `records` is in the order of first writing; `all` is sorted and independent of it. */
export class MemoryBook<R> implements Book<R> {
  readonly records = new Map<string, object>();

  async get<K extends CollectionOf<R>>(collection: K, id: string): Promise<R[K] | undefined> {
    return this.records.get(`${collection}/${id}`) as R[K] | undefined;
  }

  put<K extends CollectionOf<R>>(collection: K, id: string, record: R[K]): void {
    this.records.set(`${collection}/${id}`, record as object);
  }

  /** All records of a collection, by id. */
  all<K extends CollectionOf<R>>(collection: K): R[K][] {
    const prefix = `${collection}/`;
    return [...this.records.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, record]) => record as R[K]);
  }
}
