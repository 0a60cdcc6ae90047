import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { serveAsApp } from "../src/main/serving-role.ts";
import { startPostgres } from "../src/outside/postgres/index.ts";
import { migrate } from "../src/store/migrate.ts";
import { poolOn } from "../src/store/pool.ts";
import { APP_ROLE } from "../src/store/rights.ts";
import { type Serving, serve } from "./serve.ts";

export interface OwnPostgres {
  /** As the role that serves, which owns nothing. */
  readonly pool: pg.Pool;
  /** As the role that owns the books. */
  readonly owner: pg.PoolConfig;
  /** What signing keys are sealed under. */
  readonly keyFile: string;
  /** One more server on these books, as the role that serves. */
  serve(...args: readonly string[]): Promise<Serving>;
  stop(): Promise<void>;
}

const urlOf = ({ host, database }: pg.PoolConfig, user: string): string =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}`;

/** A PostgreSQL of the caller's own on empty books, from which any number of servers serve by DATABASE_URL and DIDYM_APP_URL. */
export async function ownPostgres({
  durable,
  signIn = "offered",
}: {
  readonly durable: boolean;
  readonly signIn?: "offered" | "required";
}): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "didym-served-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const server = await startPostgres({ dataDir: join(folder, "data"), durable }).catch((cause) => {
    remove();
    throw cause;
  });
  const owner = server.config;
  await migrate(owner);
  const { config } = await serveAsApp(owner);
  const keyFile = join(folder, "books.key");
  const env = {
    DATABASE_URL: urlOf(owner, String(owner.user)),
    DIDYM_APP_URL: urlOf(owner, APP_ROLE),
    DIDYM_KEY_FILE: keyFile,
  };
  const pool = poolOn(config, 4);
  return {
    pool,
    owner,
    keyFile,
    serve: (...args) => serve(join(folder, "unused"), { args, env, signIn }),
    async stop() {
      await pool.end();
      await server.stop();
      remove();
    },
  };
}
