import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { newestBackup } from "./kept-backups.ts";

export interface Schedule {
  readonly folder: string;
  readonly every_ms: number;
  readonly recipient: string | undefined;
  readonly dataDir: string;
}

const UNITS = { h: 3_600_000, d: 86_400_000 } as const;
/** Longer than a timer of Node can wait is waited in pieces. */
const WAIT_MAX_MS = 3_600_000;
const PROGRAM = fileURLToPath(new URL("./didym.ts", import.meta.url));

/** "6h" or "1d"; undefined where it cannot be read. */
export function readEvery(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,3})([hd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}

/**
 * Makes a backup whenever the newest one in the folder is old enough, in a process of its own: requests do not wait for it. The folder
 * says when the last one was made, so a restart neither skips one nor makes one more.
 */
export function keepBackingUp(
  schedule: Schedule,
  say: (line: string, level?: "error") => void,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running: ReturnType<typeof spawn> | undefined;
  let stopped = false;
  // One that failed is tried again at the next due time, not at once and for ever.
  let tried = 0;
  const wait = () => {
    if (stopped) return;
    const last = Math.max(newestBackup(schedule.folder) ?? 0, tried);
    const due = last + schedule.every_ms - Date.now();
    timer = setTimeout(due > 0 ? wait : make, Math.min(Math.max(due, 0), WAIT_MAX_MS));
    timer.unref();
  };
  const make = () => {
    tried = Date.now();
    const { folder, recipient, dataDir } = schedule;
    const flags = recipient === undefined ? [] : ["--recipient", recipient, "--with-keys"];
    const words = ["ledger", "keep-backup", folder, ...flags, "--data", dataDir];
    running = spawn(process.execPath, [PROGRAM, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    running.stderr?.on("data", (chunk) => {
      told = `${told}${chunk}`.slice(-2000);
    });
    running.on("error", (error) => {
      told = error.message;
    });
    running.on("close", (code) => {
      running = undefined;
      const why = told.trim().split("\n").at(-1) ?? "";
      if (code === 0) say(`a backup was made in ${folder}, and restored to try it`);
      else say(`the backup in ${folder} failed: ${why}`, "error");
      wait();
    });
  };
  wait();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      running?.kill();
    },
  };
}
