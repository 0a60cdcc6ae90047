import pg from "pg";

/**
 * A pool that outlives its connections: one that the server ends, idle or between two statements, tells so by an event, which without
 * a listener ends the process. It is replaced at the next query; a query that fails tells its caller.
 */
export function poolOn(config: pg.PoolConfig, max: number): pg.Pool {
  const pool = new pg.Pool({ ...config, max });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
