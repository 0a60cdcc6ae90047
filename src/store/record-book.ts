import type pg from "pg";
import type { Book, CollectionOf } from "../ledger/index.ts";
import { asStored } from "./stored-json.ts";

interface Held {
  readonly seq: number;
  readonly record: object | undefined;
  /** JSON still to be written. */
  readonly unwritten?: string;
}

/** Where records are kept: the views in use, or a copy folded beside them. Never from a request. */
export type RecordTable = "didym.record" | "refold";

/** Records as one transaction sees them: loaded once, written together. `seq` is the entry being folded. */
export class RecordBook<R> implements Book<R> {
  seq = 0;
  private readonly client: pg.PoolClient;
  private readonly table: RecordTable;
  private readonly held = new Map<string, Held>();
  private readonly unwritten = new Set<string>();
  /** Every name written, where the table was empty at the start: what is not in it need not be asked for. */
  private readonly written: Set<string> | undefined;

  constructor(client: pg.PoolClient, given: { table?: RecordTable; startsEmpty?: boolean } = {}) {
    this.client = client;
    this.table = given.table ?? "didym.record";
    this.written = given.startsEmpty ? new Set() : undefined;
  }

  /** The entry that last changed a record that was loaded; 0 where there is none. */
  seqOf(name: string): number {
    return this.held.get(name)?.seq ?? 0;
  }

  /** Loads several records in one query. */
  async load(names: readonly string[]): Promise<void> {
    const missing = names.filter((name) => !this.held.has(name) && this.written?.has(name) !== false);
    if (missing.length === 0) return;
    for (const name of missing) this.held.set(name, { seq: 0, record: undefined });
    const { rows } = await this.client.query<{ collection: string; id: string; seq: string; body: object }>(
      `select r.collection, r.id, r.seq, r.body from ${this.table} r
       join unnest($1::text[], $2::text[]) as asked(collection, id) using (collection, id)`,
      columnsOf(missing),
    );
    for (const { collection, id, seq, body } of rows)
      this.held.set(`${collection}/${id}`, { seq: Number(seq), record: body });
  }

  async get<K extends CollectionOf<R>>(collection: K, id: string): Promise<R[K] | undefined> {
    const name = `${collection}/${id}`;
    await this.load([name]);
    return this.held.get(name)?.record as R[K] | undefined;
  }

  put<K extends CollectionOf<R>>(collection: K, id: string, record: R[K]): void {
    const name = `${collection}/${id}`;
    const stored = asStored(record as object);
    // Taken out first, so that the map's order is from the longest unused on.
    this.held.delete(name);
    this.held.set(name, { seq: this.seq, record: stored.record, unwritten: stored.text });
    this.unwritten.add(name);
    this.written?.add(name);
  }

  /** What `flush` would write, column by column; for a statement that writes more than records. */
  changes(): { readonly columns: [string[], string[], number[], string[]] } {
    const names = [...this.unwritten];
    const held = names.map((name) => this.held.get(name));
    const [collections, ids] = columnsOf(names);
    return { columns: [collections, ids, held.map((h) => h?.seq ?? 0), held.map((h) => h?.unwritten ?? "")] };
  }

  /** Writes what was put since the last time; then forgets all but the `keep` records used last. */
  async flush(keep = 0): Promise<void> {
    if (this.unwritten.size > 0) {
      await this.client.query(
        `insert into ${this.table} (collection, id, seq, body)
         select * from unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[])
         on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body`,
        this.changes().columns,
      );
      this.unwritten.clear();
    }
    for (const name of this.held.keys()) {
      if (this.held.size <= keep) break;
      this.held.delete(name);
    }
  }
}

function columnsOf(names: readonly string[]): [string[], string[]] {
  const slashes = names.map((name) => name.indexOf("/"));
  return [
    names.map((name, i) => name.slice(0, slashes[i])),
    names.map((name, i) => name.slice((slashes[i] ?? 0) + 1)),
  ];
}
