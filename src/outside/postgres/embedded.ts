import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findBinaries } from "./binaries.ts";
import { ensureCluster, USER } from "./cluster.ts";
import {
  DataFolderInUse,
  dataFolder,
  makeSocketFolder,
  readOwner,
  takeFolder,
  writeOwner,
} from "./folder.ts";
import { tryLock } from "./kernel-lock.ts";
import { identityOf, isAlive } from "./process-identity.ts";
import { chooseRunAs } from "./run-as.ts";
import { clearRemains, serverOf } from "./server.ts";
import { type Supervised, superviseServer } from "./supervise.ts";

export interface PostgresOptions {
  readonly dataDir: string;
  /** Progress and remarks, a sentence a line. */
  readonly log?: (line: string) => void;
  /** Off only in tests: without it an acknowledged write can be lost with the power. */
  readonly durable?: boolean;
  /** How long a stop waits for those who attached. */
  readonly patience_s?: number;
  /** Told when the server ended and did not come back (E13): without it there is nothing left to serve from. */
  readonly onLost?: (why: Error) => void;
}

export interface RunningPostgres {
  /** For pg: the socket's folder, user and database. */
  readonly config: pg.PoolConfig;
  /** The server that runs now: another one after it ended by itself. */
  readonly pid: number;
  /** Ends the server, or, for one that is shared, the sharing. Safe to call again. */
  stop(): Promise<void>;
}

const DATABASE = "didym";
const PATIENCE_S = 10;
/** A command waits for the other commands that use its server: to end theirs would lose their work, to wait costs nothing. */
const SHARED_PATIENCE_S = 600;
/** How long a command waits for another that is starting or stopping the server. */
const SHARE_SECONDS = 120;

const configOf = (sockets: string, database = DATABASE): pg.PoolConfig => ({
  host: sockets,
  port: 5432,
  user: USER,
  database,
  ssl: false,
});

/**
 * Starts the PostgreSQL that came with the installation on a data folder, on a unix socket only. Makes the database at
 * first start; takes over the server of an owner that was killed. Throws DataFolderInUse, NoPostgres.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log = () => {}, durable = true, patience_s = PATIENCE_S } = options;
  const folder = dataFolder(options.dataDir);
  const release = takeFolder(folder);
  let server: Supervised | undefined;
  let sockets: string | undefined;
  const forget = stopWithProcess(() => server?.pid);
  const close = async () => {
    await server?.end();
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true });
    forget();
    release();
  };
  try {
    await clearRemains(folder, log);
    const runAs = chooseRunAs(findBinaries(), folder);
    sockets = makeSocketFolder(folder, runAs.owner);
    ensureCluster(folder, runAs, { durable, log });
    const running = await superviseServer({ folder, runAs, durable, log, onLost: options.onLost });
    server = running;
    await ensureDatabase(folder.sockets);
    writeOwner(folder, { serving: true });
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= withoutUsers(folder.usersLock, patience_s, close);
      return stopping;
    };
    return {
      config: configOf(folder.sockets),
      get pid() {
        return running.pid;
      },
      stop,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A process that ends without a stop (an exit, a fault, a signal that nobody else handles) asks its server to stop.
 * Returns how to forget about it.
 */
function stopWithProcess(pidOf: () => number | undefined): () => void {
  const ask = () => {
    const pid = pidOf();
    if (pid !== undefined && isAlive(identityOf(pid))) process.kill(pid, "SIGINT");
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return;
    ask();
    process.removeListener(signal, onSignal);
    process.kill(process.pid, signal);
  };
  process.on("exit", ask);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    process.removeListener("exit", ask);
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
}

/** Waits until nobody is attached, keeps others from attaching, and works; after the patience is spent it works all the same. */
async function withoutUsers(lockFile: string, patience_s: number, work: () => Promise<void>): Promise<void> {
  const until = Date.now() + patience_s * 1000;
  let unlock = tryLock(lockFile, "exclusive");
  while (!unlock && Date.now() < until) {
    await sleep(20);
    unlock = tryLock(lockFile, "exclusive");
  }
  try {
    await work();
  } finally {
    unlock?.();
  }
}

async function ensureDatabase(sockets: string): Promise<void> {
  const client = new pg.Client(configOf(sockets, "postgres"));
  // A connection that is ended between two statements tells so by an event; the statement after it fails for its caller.
  client.on("error", () => {});
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Locks of those who attached without saying when they are done: kept until this process ends. */
const attachedForLife: (() => void)[] = [];

/**
 * How to connect to the server that a live process runs on this folder, or undefined when none does. The owner's stop
 * then waits, for its patience, until this process ends.
 */
export function attachPostgres(options: { readonly dataDir: string }): pg.PoolConfig | undefined {
  const attached = attach(options.dataDir);
  if (attached) attachedForLife.push(attached.release);
  return attached?.config;
}

interface Attached {
  readonly config: pg.PoolConfig;
  readonly pid: number;
  readonly release: () => void;
}

function attach(dataDir: string): Attached | undefined {
  const folder = dataFolder(dataDir);
  const owned = () => {
    const owner = readOwner(folder);
    return owner?.serving === true && isAlive(owner);
  };
  if (!owned()) return undefined;
  const release = tryLock(folder.usersLock, "shared");
  if (!release) return undefined;
  // Asked after the lock: from here on a stop waits for us.
  const server = owned() ? serverOf(folder) : undefined;
  if (server?.ready) return { config: configOf(server.sockets), pid: server.pid, release };
  release();
  return undefined;
}

/**
 * Attaches to the server that runs on this folder, or starts one: for commands that may run beside each other and beside
 * the programme. Waits for another that is just starting or stopping it; throws DataFolderInUse when that takes too long.
 */
export async function sharePostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const until = Date.now() + SHARE_SECONDS * 1000;
  for (;;) {
    const attached = attach(options.dataDir);
    if (attached) {
      const { config, pid, release } = attached;
      return { config, pid, stop: async () => release() };
    }
    try {
      return await startPostgres({ patience_s: SHARED_PATIENCE_S, ...options });
    } catch (cause) {
      if (!(cause instanceof DataFolderInUse) || Date.now() > until) throw cause;
    }
    await sleep(25);
  }
}
