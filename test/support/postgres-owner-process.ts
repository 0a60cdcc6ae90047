// Folders to start PostgreSQL in, and processes that do, for its own tests.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startPostgres } from "../../src/outside/postgres/index.ts";
import { identityOf, isAlive, processesIn } from "../../src/outside/postgres/process-identity.ts";

const PROGRAM = fileURLToPath(new URL("postgres-owner.ts", import.meta.url));
export const isRoot = process.getuid?.() === 0;

export const base = mkdtempSync(join(tmpdir(), "didym-pg-"));
chmodSync(base, 0o711);
const folders: string[] = [];
const started: ChildProcess[] = [];

// A test that failed half-way leaves processes: they go, and then the servers they had.
after(async () => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  await sleep(50);
  for (const pid of folders.flatMap((folder) => processesIn(join(folder, "postgres"))))
    process.kill(pid, "SIGQUIT");
  rmSync(base, { recursive: true, force: true, maxRetries: 20 });
});

/** A folder that is not there yet, nor the one around it. */
export function newFolder(name = "data"): string {
  const folder = join(base, String(folders.length + 1), name);
  folders.push(folder);
  return folder;
}

/** For a process that a test starts itself; ended with the test file at the latest. */
export function minded(child: ChildProcess): ChildProcess {
  started.push(child);
  return child;
}

export interface Said {
  readonly up?: boolean;
  readonly uid?: number;
  readonly server?: number;
  readonly host?: string;
  readonly acknowledged?: number;
  readonly stopped?: boolean;
  readonly failed?: string;
  readonly message?: string;
  readonly log?: string;
}

/** Starts the program in a process of its own and listens to it. */
export function launch(
  how: "start" | "share" | "attach",
  dataDir: string,
  given: { uid?: number; path?: string; patience_s?: number } = {},
) {
  const child = spawn(process.execPath, [PROGRAM, how, dataDir, String(given.patience_s ?? 10)], {
    stdio: ["pipe", "pipe", "inherit"],
    ...(given.uid === undefined ? {} : { uid: given.uid, gid: given.uid }),
    env: { ...process.env, ...(given.path === undefined ? {} : { PATH: given.path }) },
  });
  started.push(child);
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => said.push(JSON.parse(line)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const find = (wanted: (line: Said) => boolean) => said.find(wanted);
  const until = async (wanted: (line: Said) => boolean): Promise<Said> => {
    for (let waited_ms = 0; waited_ms < 60_000; waited_ms += 10) {
      const found = find(wanted);
      if (found) return found;
      if (child.exitCode !== null || child.signalCode !== null) break;
      await sleep(10);
    }
    await sleep(50);
    const found = find(wanted);
    if (found) return found;
    throw new Error(`it never said so; it said ${JSON.stringify(said.slice(-3))}`);
  };
  return {
    pid: child.pid ?? 0,
    said,
    ended,
    until,
    tell: (line: string) => child.stdin.write(`${line}\n`),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    up: () => until((line) => line.up === true || line.failed !== undefined),
    async stop() {
      child.stdin.write("stop\n");
      await ended;
    },
  };
}

export async function ask(config: pg.PoolConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What must hold after a kill: nothing that was acknowledged is missing. */
export async function assertKept(dataDir: string, acknowledged: number): Promise<void> {
  const server = await startPostgres({ dataDir });
  try {
    const [row] = await ask(
      server.config,
      `select count(distinct n)::int as kept from written where n <= ${acknowledged}`,
    );
    assert.equal(row?.["kept"], acknowledged);
  } finally {
    await server.stop();
  }
}

export const lastAcknowledged = (said: readonly Said[]): number =>
  said.findLast((line) => line.acknowledged !== undefined)?.acknowledged ?? 0;

export async function gone(pid: number, within_ms = 20_000): Promise<boolean> {
  const process_ = identityOf(pid);
  for (let waited_ms = 0; waited_ms < within_ms; waited_ms += 10) {
    if (!isAlive(process_)) return true;
    await sleep(10);
  }
  return false;
}
