import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NoPostgres } from "./binaries.ts";
import { plainEnvironment } from "./cluster.ts";
import { type DataFolder, SOCKET_NAME } from "./folder.ts";
import { identityOf, isAlive, isTaken, processesIn, worksIn } from "./process-identity.ts";
import { commandFor, type RunAs } from "./run-as.ts";

const START_SECONDS = 120;
const STOP_SECONDS = 30;
/** How long what is left of a killed server may take to end by itself. */
const REMAINS_SECONDS = 3;
const LOG_BYTES_MAX = 10_000_000;

export function launch(folder: DataFolder, runAs: RunAs, durable: boolean): ChildProcess {
  const safe = durable ? "on" : "off";
  const settings = {
    listen_addresses: "",
    port: "5432",
    unix_socket_directories: folder.sockets,
    unix_socket_permissions: "0700",
    max_connections: "60",
    shared_buffers: "128MB",
    max_wal_size: "1GB",
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, args] = commandFor(runAs, runAs.binaries.postgres, ["-D", folder.cluster, ...flags]);
  if ((statSync(folder.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) {
    renameSync(folder.log, `${folder.log}.old`);
  }
  const log = openSync(folder.log, "a", 0o600);
  try {
    // Its own process group: Ctrl-C reaches us alone, and we stop it after the last request is answered.
    const child = spawn(program, args, {
      ...runAs.ids,
      detached: true,
      stdio: ["ignore", log, log],
      env: plainEnvironment(),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Waits until the server takes connections. Throws NoPostgres with the server's own last words when it ends instead. */
export async function ready(
  folder: DataFolder,
  child: ChildProcess,
  seconds = START_SECONDS,
): Promise<number> {
  let failed: (() => string) | undefined;
  child.once("error", (error) => {
    failed = () => error.message;
  });
  // The server ends one day in any case, perhaps after its folder: its last words are read only while it is awaited.
  child.once("exit", (code, signal) => {
    failed ??= () => `it ended with ${signal ?? `code ${code}`}: ${lastWords(folder)}`;
  });
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    if (failed !== undefined) throw new NoPostgres(`PostgreSQL did not start in ${folder.root}: ${failed()}`);
    const server = readPostmaster(folder);
    if (server?.ready && server.pid === child.pid) return server.pid;
    await sleep(10);
  }
  if (child.pid !== undefined) await stopServer(child.pid);
  throw new NoPostgres(`PostgreSQL was not ready after ${Math.round(seconds)} s; see ${folder.log}`);
}

function lastWords(folder: DataFolder): string {
  const lines = readFileSync(folder.log, "utf8").trim().split("\n");
  const told = lines.findLast((line) => /FATAL|PANIC|ERROR|error/.test(line)) ?? lines.at(-1) ?? "";
  return told.replace(/^.*?(FATAL|PANIC|ERROR): +/, "").slice(0, 300);
}

/** What a server says of itself in postmaster.pid: number on line 1, socket folder on 5, state on 8 (PostgreSQL, pidfile.h). */
export function readPostmaster(
  folder: DataFolder,
): { readonly pid: number; readonly sockets: string; readonly ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(folder.cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return { pid, sockets: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
  } catch {
    return undefined;
  }
}

/** The server that runs on this folder, started by whomever. */
export function serverOf(folder: DataFolder): ReturnType<typeof readPostmaster> {
  const told = readPostmaster(folder);
  return told && isAlive(identityOf(told.pid)) && worksIn(told.pid, folder.cluster) ? told : undefined;
}

/** A process that is gone when the signal comes has done what was asked of it. */
function signalTo(pid: number, signal: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause;
  }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint. After SIGQUIT, the last resort, the next start recovers. */
export async function stopServer(pid: number): Promise<void> {
  const server = identityOf(pid);
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!isAlive(server)) return;
    signalTo(pid, signal);
    if (await ended(() => !isAlive(server), STOP_SECONDS)) return;
  }
  throw new NoPostgres(`the PostgreSQL with process number ${pid} does not stop`);
}

/**
 * Ends what a killed owner left: its server cleanly, then, if the server itself was killed, its remaining workers, because
 * they may still write. Only when nobody works in the folder any more may a pid file with someone else's number go; all
 * other stale files are PostgreSQL's own to judge.
 */
export async function clearRemains(folder: DataFolder, log: (line: string) => void): Promise<void> {
  const server = serverOf(folder);
  if (server) {
    log("taking over the database of a run that was killed");
    await stopServer(server.pid);
  }
  const clear = () => processesIn(folder.cluster).length === 0;
  if (!(await ended(clear, REMAINS_SECONDS))) {
    for (const pid of processesIn(folder.cluster)) signalTo(pid, "SIGQUIT");
    if (!(await ended(clear, STOP_SECONDS))) {
      throw new NoPostgres(
        `processes ${processesIn(folder.cluster).join(", ")} still work in ${folder.cluster}`,
      );
    }
  }
  // PostgreSQL takes a number that is in use, even by a process that has ended and waits for its parent, for a live server.
  const stale = readPostmaster(folder);
  if (stale && isTaken(stale.pid)) rmSync(join(folder.cluster, "postmaster.pid"), { force: true });
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`])
    rmSync(join(folder.sockets, name), { force: true });
}

async function ended(condition: () => boolean, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > until) return false;
    await sleep(10);
  }
  return true;
}
