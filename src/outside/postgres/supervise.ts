import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { type DataFolder, writeOwner } from "./folder.ts";
import type { RunAs } from "./run-as.ts";
import { clearRemains, launch, ready, stopServer } from "./server.ts";

/** A server that is not back this long after it ended is given up: who waits on it ends, rather than stand there without one. */
const BACK_SECONDS = 9;
/** How long a start that failed waits for the next. */
const AGAIN_MS = 250;

export interface Supervision {
  readonly folder: DataFolder;
  readonly runAs: RunAs;
  readonly durable: boolean;
  readonly log: (line: string) => void;
  /** Told once, when a server that ended did not come back. */
  readonly onLost?: ((why: Error) => void) | undefined;
}

export interface Supervised {
  /** The server that runs now, or ran last. */
  readonly pid: number;
  /** Ends it for good. */
  end(): Promise<void>;
}

/** Starts the server and starts it again whenever it ends unasked, on the same socket (E13). Throws NoPostgres where the first start fails. */
export async function superviseServer(given: Supervision): Promise<Supervised> {
  const { folder, runAs, durable, log } = given;
  let child: ChildProcess | undefined;
  let ending = false;
  let returning: Promise<void> | undefined;

  const start = async (seconds?: number) => {
    child = launch(folder, runAs, durable);
    const started = child;
    await ready(folder, started, seconds);
    started.once("exit", (code, signal) => {
      if (!ending) returning = comeBack(signal ?? `code ${code}`);
    });
    // It may have ended between its last sign of life and the line above.
    if (started.exitCode !== null || started.signalCode !== null) throw new Error("it ended at once");
  };

  const comeBack = async (how: string) => {
    log(`PostgreSQL ended by itself (${how}): it is started again`);
    writeOwner(folder, { serving: false });
    const until = Date.now() + BACK_SECONDS * 1000;
    for (;;) {
      try {
        await clearRemains(folder, log);
        if (ending) return;
        await start(Math.max(1, (until - Date.now()) / 1000));
        writeOwner(folder, { serving: true });
        log("PostgreSQL is back");
        return;
      } catch (cause) {
        if (ending) return;
        if (Date.now() + AGAIN_MS >= until) return given.onLost?.(cause as Error);
        await sleep(AGAIN_MS);
      }
    }
  };

  try {
    await start();
  } catch (cause) {
    ending = true;
    if (child?.pid !== undefined) await stopServer(child.pid);
    throw cause;
  }
  return {
    get pid() {
      return child?.pid ?? 0;
    },
    async end() {
      ending = true;
      await returning;
      if (child?.pid !== undefined) await stopServer(child.pid);
    },
  };
}
