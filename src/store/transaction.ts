import type pg from "pg";

/** Serialization failure and deadlock (PostgreSQL appendix A): the transaction did nothing and may be tried again. */
const AGAIN = new Set(["40001", "40P01"]);
const TRIES = 6;

/** Runs work in one transaction; rolls back on any throw; tries again where the database asks for it. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (cause) {
      await client.query("rollback").catch((failed: Error) => {
        broken = failed;
      });
      const code = (cause as { code?: string }).code ?? "";
      if (!AGAIN.has(code) || attempt === TRIES) throw cause;
    } finally {
      client.release(broken);
    }
  }
}
