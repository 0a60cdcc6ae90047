/**
 * The books as records in named collections, each folded from entries. The same interface stands over a map in
 * memory (tests, rebuild, audit) and over PostgreSQL (where a command loads only what it touches).
 */
export interface Book {
  get<T>(collection: string, id: string): Promise<T | undefined>;
  put(collection: string, id: string, record: object): void;
}

export type ReadBook = Pick<Book, "get">;

/** A book held in memory. `records` is in the order of first writing; `dump` is sorted and independent of it. */
export class MemoryBook implements Book {
  readonly records = new Map<string, object>();

  async get<T>(collection: string, id: string): Promise<T | undefined> {
    return this.records.get(`${collection}/${id}`) as T | undefined;
  }

  put(collection: string, id: string, record: object): void {
    this.records.set(`${collection}/${id}`, record);
  }

  /** All records of a collection, by id. */
  all<T>(collection: string): T[] {
    const prefix = `${collection}/`;
    return [...this.records.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, record]) => record as T);
  }
}
