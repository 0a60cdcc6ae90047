import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findBinaries, NoPostgres } from "./binaries.ts";
import { type DataFolder, dataFolder, readOwner, takeFolder } from "./folder.ts";
import { commandOf, identityOf, isAlive } from "./process-identity.ts";
import { chooseRunner, type Runner } from "./runner.ts";

export interface PostgresOptions {
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** Off only in tests: without it an acknowledged write can be lost with the power. */
  readonly durable?: boolean;
}

export interface RunningPostgres {
  readonly config: pg.PoolConfig;
  readonly pid: number;
  stop(): Promise<void>;
}

const DATABASE = "didym";
const USER = "didym";
const STOP_SECONDS = 20;
const START_SECONDS = 60;

const configOf = (folder: DataFolder, database = DATABASE): pg.PoolConfig => ({
  host: folder.sockets,
  port: 5432,
  user: USER,
  database,
});

/**
 * Starts the PostgreSQL that came with the installation on a data folder, on a unix socket only. Makes the folder at
 * first start; takes over the server of an owner that was killed. Throws DataFolderInUse, NoPostgres.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log = () => {}, durable = true } = options;
  const folder = dataFolder(options.dataDir);
  const release = takeFolder(folder);
  try {
    await stopOrphan(folder, log);
    mkdirSync(folder.sockets, { recursive: true, mode: 0o700 });
    const runner = chooseRunner(findBinaries(), folder);
    if (!existsSync(join(folder.cluster, "PG_VERSION"))) initialise(folder, runner, log);
    const child = launch(folder, runner, durable);
    await ready(folder, child);
    await ensureDatabase(folder);
    const pid = child.pid ?? 0;
    return {
      config: configOf(folder),
      pid,
      async stop() {
        await stopServer(pid);
        release();
      },
    };
  } catch (cause) {
    release();
    throw cause;
  }
}

/** The server that a live process already runs on this folder, if any. */
export function attachPostgres(options: { readonly dataDir: string }): pg.PoolConfig | undefined {
  const folder = dataFolder(options.dataDir);
  const owner = readOwner(folder);
  const server = readPostmaster(folder);
  const serving = owner && isAlive(owner) && server?.ready && isAlive(identityOf(server.pid));
  return serving ? configOf(folder) : undefined;
}

function initialise(folder: DataFolder, runner: Runner, log: (line: string) => void): void {
  log("making the database folder");
  // A folder without PG_VERSION is what an interrupted first start leaves; nothing was ever acknowledged from it.
  rmSync(folder.cluster, { recursive: true, force: true });
  if (runner.ids.uid !== undefined) {
    mkdirSync(folder.cluster, { mode: 0o700 });
    spawnSync("chown", [`${runner.ids.uid}:${runner.ids.gid}`, folder.cluster]);
  }
  const [program, args] = runner.command(runner.binaries.initdb, [
    `--pgdata=${folder.cluster}`,
    `--username=${USER}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--data-checksums",
  ]);
  const made = spawnSync(program, args, {
    ...runner.ids,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  if (made.status !== 0) {
    throw new NoPostgres(
      `PostgreSQL could not make its folder ${folder.cluster}: ${lastLine(made.stderr || String(made.error))}`,
    );
  }
}

function launch(folder: DataFolder, runner: Runner, durable: boolean): ChildProcess {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: folder.sockets,
    unix_socket_permissions: "0700",
    max_connections: "60",
    shared_buffers: "128MB",
    max_wal_size: "1GB",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, args] = runner.command(runner.binaries.postgres, ["-D", folder.cluster, ...flags]);
  const out = openSync(folder.log, "a", 0o600);
  // Its own process group: Ctrl-C reaches us alone, and we stop it after the last request is answered.
  const child = spawn(program, args, {
    ...runner.ids,
    detached: true,
    stdio: ["ignore", out, out],
    env: { ...process.env, LC_ALL: "C" },
  });
  child.unref();
  return child;
}

async function ready(folder: DataFolder, child: ChildProcess): Promise<void> {
  let failed: string | undefined;
  child.once("error", (error) => {
    failed = error.message;
  });
  child.once("exit", (code) => {
    failed ??= `it ended with code ${code}: ${lastLine(readFileSync(folder.log, "utf8"))}`;
  });
  const until = Date.now() + START_SECONDS * 1000;
  while (Date.now() < until) {
    if (failed !== undefined) throw new NoPostgres(`PostgreSQL did not start: ${failed}`);
    const server = readPostmaster(folder);
    if (server?.ready && server.pid === child.pid) return;
    await sleep(15);
  }
  throw new NoPostgres(`PostgreSQL was not ready after ${START_SECONDS} s; see ${folder.log}`);
}

async function ensureDatabase(folder: DataFolder): Promise<void> {
  const client = new pg.Client(configOf(folder, "postgres"));
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** A server whose owner was killed is stopped cleanly before a new one starts; a stale pid file is removed. */
async function stopOrphan(folder: DataFolder, log: (line: string) => void): Promise<void> {
  const server = readPostmaster(folder);
  if (!server) return;
  if (isAlive(identityOf(server.pid)) && commandOf(server.pid).includes(folder.cluster)) {
    log("taking over the database of a run that was killed");
    await stopServer(server.pid);
  }
  rmSync(join(folder.cluster, "postmaster.pid"), { force: true });
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint. SIGQUIT, the last resort, recovers at the next start. */
async function stopServer(pid: number): Promise<void> {
  const server = identityOf(pid);
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!isAlive(server)) return;
    process.kill(pid, signal);
    const until = Date.now() + STOP_SECONDS * 1000;
    while (isAlive(server) && !isZombie(pid) && Date.now() < until) await sleep(10);
    if (!isAlive(server) || isZombie(pid)) return;
  }
  throw new NoPostgres(`the PostgreSQL with process number ${pid} does not stop`);
}

const isZombie = (pid: number): boolean => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

/** postmaster.pid: process number on line 1, state on line 8 (PostgreSQL source, miscadmin.h). */
function readPostmaster(folder: DataFolder): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(folder.cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === "ready" } : undefined;
  } catch {
    return undefined;
  }
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
