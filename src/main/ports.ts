import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { applyEntry, FOLD_RULES } from "../app/apply.ts";
import type { Clock, Ports } from "../app/core/ports.ts";
import { loadUseCase } from "../app/rooms.ts";
import { keySeal, type SealSource } from "../outside/key-seal.ts";
import { sharePostgres, startPostgres } from "../outside/postgres/index.ts";
import { pdfPrinter } from "../outside/printer.ts";
import { systemClock, systemIds } from "../outside/system.ts";
import { workerPool } from "../outside/worker-pool.ts";
import { zipCodes } from "../outside/zip-codes.ts";
import { keepFolded } from "../store/fold-rules.ts";
import { postgresQueue } from "../store/job-queue.ts";
import { postgresKeys, sealPlainKeys } from "../store/keys.ts";
import { migrate } from "../store/migrate.ts";
import { poolOn } from "../store/pool.ts";
import { postgresLedger } from "../store/postgres-ledger.ts";
import { rebuildViews } from "../store/rebuild.ts";
import { sealingOf } from "./sealing.ts";
import { VERSION } from "./version.ts";

export interface Database {
  readonly pool: pg.Pool;
  readonly config: pg.PoolConfig;
  /** What signing keys are sealed under. */
  readonly sealing: SealSource;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 20;

export class WrongDatabase extends Error {
  override readonly name = "WrongDatabase";
}

/** The checkout's own data folder, from wherever the command is called; a data folder where one stands comes first. */
export const DEFAULT_DATA_DIR = existsSync(join("data", "postgres"))
  ? "data"
  : fileURLToPath(new URL("../../data", import.meta.url));

/** DATABASE_URL comes first; else the server on the data folder: our own, or for the command line one that is shared. */
export async function openDatabase(given: {
  readonly dataDir?: string | undefined;
  readonly log: (line: string) => void;
  /** For the command line: a server that is up may be used beside others. */
  readonly share?: boolean;
  /** Told when the server in the data folder ended and did not come back. */
  readonly onLost?: (why: Error) => void;
}): Promise<Database> {
  const url = process.env["DATABASE_URL"];
  if (url && !/^postgres(ql)?:\/\//.test(url))
    throw new WrongDatabase("DATABASE_URL is not of the form postgres://user:password@host:port/database");
  const dataDir = given.dataDir ?? DEFAULT_DATA_DIR;
  const how = { log: given.log, sealing: sealingOf(dataDir) };
  if (url) return connect({ connectionString: url, connectionTimeoutMillis: 5000 }, how, async () => {});
  const open = given.share ? sharePostgres : startPostgres;
  const server = await open({
    ...{ dataDir, log: given.log },
    ...(given.onLost ? { onLost: given.onLost } : {}),
  });
  return connect(server.config, how, () => server.stop());
}

async function connect(
  config: pg.PoolConfig,
  { log, sealing }: { readonly log: (line: string) => void; readonly sealing: SealSource },
  stop: () => Promise<void>,
): Promise<Database> {
  try {
    await migrate(config);
  } catch (cause) {
    await stop();
    const { message, code } = cause as { message?: string; code?: string };
    throw new WrongDatabase(`the database cannot be used: ${message || code || "no answer"}`);
  }
  const pool = poolOn(config, CONNECTIONS_MAX);
  try {
    const progress = (part: number, said: string) =>
      log(`folding the books anew: ${Math.round(100 * part)} % ${said}`);
    await keepFolded({ pool, apply: applyEntry, rules: FOLD_RULES, progress });
    const sealed = await sealPlainKeys(pool, keySeal(sealing));
    if (sealed > 0) log(`${sealed} signing keys that were kept in the clear are sealed now`);
  } catch (cause) {
    await pool.end();
    await stop();
    throw new WrongDatabase(`the database cannot be used: ${(cause as Error).message}`);
  }
  return {
    pool,
    config,
    sealing,
    async close() {
      await pool.end();
      await stop();
    },
  };
}

export const portsOn = (
  pool: pg.Pool,
  clock: Clock = systemClock,
  sealing: SealSource = sealingOf(DEFAULT_DATA_DIR),
): Ports => ({
  store: postgresLedger({ pool, apply: applyEntry, ids: systemIds }),
  clock,
  ids: systemIds,
  keys: postgresKeys(pool, keySeal(sealing)),
  zips: zipCodes(),
  printer: pdfPrinter,
  version: VERSION,
  pool: workerPool,
  jobs: postgresQueue(pool),
  loadUseCase,
  rebuild: (progress) => rebuildViews({ pool, apply: applyEntry, ...(progress ? { progress } : {}) }),
});
