import type pg from "pg";
import type { Book } from "../ledger/index.ts";

/** Records as one transaction sees them: loaded once, written once at the end. */
export class TransactionBook implements Book {
  seq = 0;
  private readonly client: pg.PoolClient;
  private readonly known = new Map<string, { seq: number; record: object | undefined }>();
  private readonly dirty = new Set<string>();

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  seqOf(name: string): number {
    return this.known.get(name)?.seq ?? 0;
  }

  async preload(names: readonly string[]): Promise<void> {
    const missing = names.filter((name) => !this.known.has(name));
    if (missing.length === 0) return;
    for (const name of missing) this.known.set(name, { seq: 0, record: undefined });
    const pairs = missing.map(split);
    const { rows } = await this.client.query<{ collection: string; id: string; seq: string; body: object }>(
      `select r.collection, r.id, r.seq, r.body from didym.record r
       join unnest($1::text[], $2::text[]) as asked(collection, id) using (collection, id)`,
      [pairs.map((p) => p[0]), pairs.map((p) => p[1])],
    );
    for (const { collection, id, seq, body } of rows)
      this.known.set(`${collection}/${id}`, { seq: Number(seq), record: body });
  }

  async get<T>(collection: string, id: string): Promise<T | undefined> {
    const name = `${collection}/${id}`;
    await this.preload([name]);
    return this.known.get(name)?.record as T | undefined;
  }

  put(collection: string, id: string, record: object): void {
    const name = `${collection}/${id}`;
    // A trip through JSON, so that what is read back in this transaction is what the next one will read.
    this.known.set(name, { seq: this.seq, record: JSON.parse(JSON.stringify(record)) });
    this.dirty.add(name);
  }

  async flush(): Promise<void> {
    if (this.dirty.size === 0) return;
    const names = [...this.dirty];
    const pairs = names.map(split);
    await this.client.query(
      `insert into didym.record (collection, id, seq, body)
       select * from unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[])
       on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body`,
      [
        pairs.map((p) => p[0]),
        pairs.map((p) => p[1]),
        names.map((name) => this.known.get(name)?.seq ?? 0),
        names.map((name) => JSON.stringify(this.known.get(name)?.record)),
      ],
    );
    this.dirty.clear();
  }
}

const split = (name: string): [string, string] => {
  const slash = name.indexOf("/");
  return [name.slice(0, slash), name.slice(slash + 1)];
};
