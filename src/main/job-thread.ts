// One job after the other, on connections of this thread's own: says how far each is, and what came of it.
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import type pg from "pg";
import type { Claim } from "../app/core/job-queue.ts";
import { carryOut } from "../app/jobs/carry-out.ts";
import type { SealSource } from "../outside/key-seal.ts";
import { poolOn } from "../store/pool.ts";
import type { Said } from "./job-threads.ts";
import { portsOn } from "./ports.ts";

const { config, sealing } = workerData as {
  readonly config: pg.PoolConfig;
  readonly sealing?: SealSource;
};
const say = (said: Said) => parentPort?.postMessage(said);
const progress = (part: number, said: string) => say({ progress: part, said });

/** A command reads and writes one thing after the other; a few connections are enough. */
const ports = { ...portsOn(poolOn(config, 4), undefined, sealing), progress };

parentPort?.on("message", async (claim: Claim) => {
  try {
    const outcome = await carryOut(ports, claim);
    say({ outcome, heap_mb: getHeapStatistics().total_heap_size / 2 ** 20 });
  } catch (error) {
    const { name, message, stack, code } = error as Error & { code?: unknown };
    say({ fault: { name, message, stack: stack ?? name, ...(typeof code === "string" ? { code } : {}) } });
  }
});
