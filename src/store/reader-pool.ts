import type pg from "pg";
import { READER_ROLE } from "./rights.ts";

/** What a store asks the database with. */
export interface Queries {
  query<R extends pg.QueryResultRow>(
    text: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>>;
}

/** How connections are opened that see by right alone (P111): as a role that nothing else is granted. */
export const asReaderRole = (config: pg.PoolConfig): pg.PoolConfig => ({
  ...config,
  options: `${config.options ?? ""} -c role=${READER_ROLE}`.trim(),
});

/** For whom each connection reads now: it is told where that changes, which spares a round trip where it does not. */
const readsFor = new WeakMap<pg.PoolClient, string>();

/** Connections of the pool, each of which reads for these while it is asked. */
export function readingFor(pool: pg.Pool, readers: readonly string[]): Queries {
  const reader = readers.join(",");
  return {
    async query<R extends pg.QueryResultRow>(text: string | pg.QueryConfig, values?: readonly unknown[]) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        if (readsFor.get(client) !== reader) {
          readsFor.delete(client);
          await client.query("select set_config('didym.reader', $1, false)", [reader]);
          readsFor.set(client, reader);
        }
        return await client.query<R>(text as string, values as unknown[]);
      } catch (cause) {
        broken = cause as Error;
        throw cause;
      } finally {
        client.release(broken);
      }
    },
  };
}
