import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { FOLD_RULES, FOLDING } from "../app/apply.ts";
import type { Clock, Ports } from "../app/core/ports.ts";
import { loadUseCase } from "../app/rooms.ts";
import { bearerSeal } from "../outside/bearer-seal.ts";
import { keySeal, type SealSource } from "../outside/key-seal.ts";
import { openidDirectories } from "../outside/openid-directory.ts";
import { sharePostgres, startPostgres } from "../outside/postgres/index.ts";
import { pdfPrinter } from "../outside/printer.ts";
import { systemClock, systemIds } from "../outside/system.ts";
import { workerPool } from "../outside/worker-pool.ts";
import { zipCodes } from "../outside/zip-codes.ts";
import { addressesOn } from "../store/addresses.ts";
import { erasedOn } from "../store/erased-documents.ts";
import { keepFolded } from "../store/fold-rules.ts";
import { postgresQueue } from "../store/job-queue.ts";
import { postgresKeys, sealPlainKeys } from "../store/keys.ts";
import { migrate } from "../store/migrate.ts";
import { postgresNotices } from "../store/notices.ts";
import { postgresDirectories } from "../store/people/postgres-directories.ts";
import { postgresPeople } from "../store/people/postgres-people.ts";
import { poolOn } from "../store/pool.ts";
import { postgresLedger } from "../store/postgres-ledger.ts";
import { postgresReads } from "../store/reads.ts";
import { rebuildViews } from "../store/rebuild.ts";
import { postgresRefusals } from "../store/refusals.ts";
import { postgresSessions } from "../store/sessions.ts";
import { sealingOf } from "./sealing.ts";
import { type Serving, serveAs, serveAsApp, serveAsOwner } from "./serving-role.ts";
import { VERSION } from "./version.ts";

export interface Database {
  readonly pool: pg.Pool;
  /** Connections that see by right alone. */
  readonly readers: pg.Pool;
  /** Of the role that serves. */
  readonly config: pg.PoolConfig;
  /** Of the role that sees by right alone. */
  readonly reading: pg.PoolConfig;
  /** Of the role that owns the books, which migrates and makes databases. */
  readonly owner: pg.PoolConfig;
  /** What signing keys are sealed under. */
  readonly sealing: SealSource;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 20;
const READING_MAX = 10;

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
  /** For the command line: a server that is up may be used beside others, and only faults are said. */
  readonly share?: boolean;
  /** Told when the server in the data folder ended and did not come back. */
  readonly onLost?: (why: Error) => void;
}): Promise<Database> {
  const { log, share = false, dataDir = DEFAULT_DATA_DIR } = given;
  const sealing = sealingOf(dataDir);
  const url = configOf("DATABASE_URL");
  const app = configOf("DIDYM_APP_URL");
  if (app && !url)
    throw new WrongDatabase("DIDYM_APP_URL serves books that DATABASE_URL migrates: set both, or neither");
  if (url) {
    const serving = app ? () => serveAs(app, url) : () => serveAsOwner(url);
    return connect({ owner: url, serving, sealing, log, remarks: !share, stop: async () => {} });
  }
  const open = share ? sharePostgres : startPostgres;
  const server = await open({
    ...{ dataDir, log },
    ...(given.onLost ? { onLost: given.onLost } : {}),
  });
  const owner = server.config;
  return connect({
    owner,
    serving: () => serveAsApp(owner),
    ...{ sealing, log },
    remarks: !share,
    stop: () => server.stop(),
  });
}

/** A connection that the environment names; undefined where it names none. */
function configOf(variable: "DATABASE_URL" | "DIDYM_APP_URL"): pg.PoolConfig | undefined {
  const url = process.env[variable];
  if (!url) return undefined;
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new WrongDatabase(`${variable} is not of the form postgres://user:password@host:port/database`);
  return { connectionString: url, connectionTimeoutMillis: 5000 };
}

/** Migrates as the owner of the books, and serves as whoever is to. */
async function connect(given: {
  readonly owner: pg.PoolConfig;
  readonly serving: () => Promise<Serving>;
  readonly sealing: SealSource;
  readonly log: (line: string) => void;
  readonly remarks: boolean;
  readonly stop: () => Promise<void>;
}): Promise<Database> {
  const { owner, sealing, log, stop } = given;
  let pool: pg.Pool | undefined;
  let readers: pg.Pool | undefined;
  try {
    await migrate(owner);
    const { config, readers: reading, remark } = await given.serving();
    if (remark && given.remarks) log(remark);
    pool = poolOn(config, CONNECTIONS_MAX);
    readers = poolOn(reading, READING_MAX);
    const progress = (part: number, said: string) =>
      log(`folding the books anew: ${Math.round(100 * part)} % ${said}`);
    await keepFolded({ pool, ...FOLDING, rules: FOLD_RULES, progress });
    await sealKeys(owner, sealing, log);
    return {
      ...{ pool, readers, config, reading, owner, sealing },
      close: () => closed([pool, readers], stop),
    };
  } catch (cause) {
    await closed([pool, readers], stop);
    const { message, code } = cause as { message?: string; code?: string };
    throw new WrongDatabase(`the database cannot be used: ${message || code || "no answer"}`);
  }
}

async function closed(pools: readonly (pg.Pool | undefined)[], stop: () => Promise<void>): Promise<void> {
  for (const pool of pools) await pool?.end();
  await stop();
}

/** What an earlier release kept in the clear is sealed by the owner of the books; who serves cannot change a key. */
async function sealKeys(
  owner: pg.PoolConfig,
  sealing: SealSource,
  log: (line: string) => void,
): Promise<void> {
  const pool = poolOn(owner, 1);
  try {
    const sealed = await sealPlainKeys(pool, keySeal(sealing));
    if (sealed > 0) log(`${sealed} signing keys that were kept in the clear are sealed now`);
  } finally {
    await pool.end();
  }
}

export const portsOn = (
  pool: pg.Pool,
  clock: Clock = systemClock,
  sealing: SealSource = sealingOf(DEFAULT_DATA_DIR),
  readers?: pg.Pool,
): Ports => ({
  notices: postgresNotices(pool, keySeal(sealing)),
  addressOf: addressesOn(pool),
  store: postgresLedger({
    ...(readers ? { readers } : {}),
    ...{ pool, ...FOLDING, ids: systemIds },
    clockChecked: process.env["DIDYM_CLOCK_CHECKED"] === "yes",
  }),
  documents: erasedOn(pool),
  clock,
  ids: systemIds,
  keys: postgresKeys(pool, keySeal(sealing)),
  zips: zipCodes(),
  printer: pdfPrinter,
  version: VERSION,
  pool: workerPool,
  jobs: postgresQueue(pool),
  sessions: postgresSessions(pool),
  people: postgresPeople(pool, keySeal(sealing)),
  refusals: postgresRefusals(pool),
  reads: postgresReads(pool),
  directories: { beside: postgresDirectories(pool), door: openidDirectories(), seal: bearerSeal },
  loadUseCase,
  rebuild: (progress) => rebuildViews({ pool, ...FOLDING, ...(progress ? { progress } : {}) }),
});
