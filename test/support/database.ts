import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";
import { startPostgres } from "../../src/outside/postgres/index.ts";
import { migrate } from "../../src/store/migrate.ts";
import { poolOn } from "../../src/store/pool.ts";

export { poolOn };

export const TEMPLATE = "didym_template";

/** Makes the template database that every test file clones. */
export async function makeTemplate(server: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate({ ...server, database: TEMPLATE });
}

let ownServer: Promise<pg.PoolConfig> | undefined;

/** The server of the test run; a file run by hand starts one of its own, which ends when all else in the file has. */
async function testServer(): Promise<pg.PoolConfig> {
  const given = process.env["DIDYM_TEST_PG"];
  if (given) return JSON.parse(given);
  ownServer ??= (async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "didym-test-"));
    const server = await startPostgres({ dataDir, durable: false });
    process.once("beforeExit", async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    await makeTemplate(server.config);
    return server.config;
  })();
  return ownServer;
}

/** A pool on a fresh database; ended before the database is dropped, when the calling test ends. */
export async function freshPool(max = 12): Promise<pg.Pool> {
  let pool: pg.Pool | undefined;
  after(() => pool?.end());
  pool = poolOn(await freshDatabase(), max);
  return pool;
}

/**
 * A database of the caller's own, migrated and empty, or a copy of one that nobody is connected to; dropped when the test, or the
 * file, that asked for it ends.
 */
export async function freshDatabase(copyOf: string = TEMPLATE): Promise<pg.PoolConfig> {
  const server = await testServer();
  const name = `t_${randomBytes(8).toString("hex")}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ ...server, database: "postgres" });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name} template ${copyOf}`);
  after(() => run(`drop database if exists ${name} with (force)`));
  return { ...server, database: name };
}
