import type pg from "pg";

/** Serialization failure and deadlock (PostgreSQL appendix A): the transaction did nothing and may be tried again. */
const AGAIN = new Set(["40001", "40P01"]);
const TRIES = 6;

export const SNAPSHOT = "begin isolation level repeatable read";
export const SNAPSHOT_READ_ONLY = `${SNAPSHOT} read only`;

interface How {
  /** Statements that open it; `begin` by default. One round trip, whatever they are. */
  readonly open?: string;
  /** One for work that cannot be done twice, such as reading a stream. */
  readonly tries?: number;
}

/**
 * Runs work in one transaction; rolls back on any throw; tries again where the database asks for it. A connection that breaks
 * on the way is thrown: whether a broken commit was kept is found out by asking again with the same request key.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, opened: readonly pg.QueryResult[]) => Promise<T>,
  { open = "begin", tries = TRIES }: How = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection lost between two statements is announced by an event, which without a listener ends the process.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on("error", onError);
    try {
      const opened = await client.query(open);
      const result = await work(client, Array.isArray(opened) ? opened : [opened]);
      await client.query("commit");
      return result;
    } catch (cause) {
      await client.query("rollback").catch(onError);
      const code = (cause as { code?: string }).code ?? "";
      if (!AGAIN.has(code) || attempt >= tries) throw cause;
    } finally {
      client.off("error", onError);
      client.release(broken);
    }
  }
}
