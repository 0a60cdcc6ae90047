import type pg from "pg";
import type { Book, CollectionOf } from "../ledger/index.ts";
import { asStored } from "./stored-json.ts";

interface Held {
  readonly seq: number;
  readonly record: object | undefined;
  readonly readers: readonly string[];
  /** JSON still to be written. */
  readonly unwritten?: string;
}

interface Row {
  readonly collection: string;
  readonly id: string;
  readonly seq: string;
  readonly body: object;
  readonly readers: readonly string[];
}

/** Of a row of texts named `r`: names of parties have no comma. */
export const RECORD_VALUES = "r.collection, r.id, r.seq, r.body, string_to_array(r.readers, ',')";

/** Where records are kept: the views in use, or a copy folded beside them. Never from a request. */
export type RecordTable = "didym.record" | "refold";

/** Records as one transaction sees them: loaded once, written together. `seq` is the entry being folded. */
export class RecordBook<R> implements Book<R> {
  seq = 0;
  private readonly client: pg.PoolClient;
  private readonly table: RecordTable;
  private readonly held = new Map<string, Held>();
  private readonly unwritten = new Set<string>();
  private readonly putNames = new Set<string>();
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

  /** Who reads a record, as far as it was worked out. */
  async readersOf(name: string): Promise<readonly string[]> {
    await this.load([name]);
    return this.held.get(name)?.readers ?? [];
  }

  /** Shows records to those who read them from now on. */
  show(readers: ReadonlyMap<string, readonly string[]>): void {
    for (const [name, those] of readers) {
      const held = this.held.get(name);
      if (!held?.record || those.join() === held.readers.join()) continue;
      const unwritten = held.unwritten ?? asStored(held.record).text;
      // Whoever remembers what they may read learns of it as of a change.
      this.held.set(name, { ...held, seq: this.seq, readers: those, unwritten });
      this.unwritten.add(name);
    }
  }

  /** The names of the records that were put since it was last asked. */
  changed(): readonly string[] {
    const names = [...this.putNames];
    this.putNames.clear();
    return names;
  }

  /** Loads several records in one query. */
  async load(names: readonly string[]): Promise<void> {
    const missing = names.filter((name) => !this.held.has(name) && this.written?.has(name) !== false);
    if (missing.length === 0) return;
    for (const name of missing) this.held.set(name, { seq: 0, record: undefined, readers: [] });
    const { rows } = await this.client.query<Row>(
      `select r.collection, r.id, r.seq, r.body, r.readers from ${this.table} r
       join unnest($1::text[], $2::text[]) as asked(collection, id) using (collection, id)`,
      columnsOf(missing),
    );
    for (const { collection, id, seq, body, readers } of rows)
      this.held.set(`${collection}/${id}`, { seq: Number(seq), record: body, readers });
  }

  async get<K extends CollectionOf<R>>(collection: K, id: string): Promise<R[K] | undefined> {
    const name = `${collection}/${id}`;
    await this.load([name]);
    return this.held.get(name)?.record as R[K] | undefined;
  }

  put<K extends CollectionOf<R>>(collection: K, id: string, record: R[K]): void {
    const name = `${collection}/${id}`;
    const stored = asStored(record as object);
    const readers = this.held.get(name)?.readers ?? [];
    // Taken out first, so that the map's order is from the longest unused on.
    this.held.delete(name);
    this.held.set(name, { seq: this.seq, record: stored.record, readers, unwritten: stored.text });
    this.unwritten.add(name);
    this.putNames.add(name);
    this.written?.add(name);
  }

  /** What `flush` would write, column by column; for a statement that writes more than records. */
  changes(): { readonly columns: [string[], string[], number[], string[], string[]] } {
    const names = [...this.unwritten];
    const held = names.map((name) => this.held.get(name));
    const [collections, ids] = columnsOf(names);
    return {
      columns: [
        ...([collections, ids] as const),
        held.map((h) => h?.seq ?? 0),
        held.map((h) => h?.unwritten ?? ""),
        held.map((h) => (h?.readers ?? []).join(",")),
      ],
    };
  }

  /** Writes what was put since the last time; then forgets all but the `keep` records used last. */
  async flush(keep = 0): Promise<void> {
    if (this.unwritten.size > 0) {
      await this.client.query(
        `insert into ${this.table} (collection, id, seq, body, readers)
         select ${RECORD_VALUES} from unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[], $5::text[])
           as r (collection, id, seq, body, readers)
         on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body, readers = excluded.readers`,
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
