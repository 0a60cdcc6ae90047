// One thread, one job: does it on connections of its own, says how far it is, and what came of it.
import { parentPort, workerData } from "node:worker_threads";
import type pg from "pg";
import type { Claim } from "../app/core/job-queue.ts";
import { carryOut } from "../app/jobs/carry-out.ts";
import type { SealSource } from "../outside/key-seal.ts";
import { poolOn } from "../store/pool.ts";
import type { Said } from "./job-threads.ts";
import { portsOn } from "./ports.ts";

const { config, claim, sealing } = workerData as {
  readonly config: pg.PoolConfig;
  readonly claim: Claim;
  readonly sealing?: SealSource;
};
const say = (said: Said) => parentPort?.postMessage(said);

/** A command reads and writes one thing after the other; a few connections are enough. */
const pool = poolOn(config, 4);
try {
  const progress = (part: number, said: string) => say({ progress: part, said });
  say({ outcome: await carryOut({ ...portsOn(pool, undefined, sealing), progress }, claim) });
} catch (error) {
  say({ fault: (error as Error).stack ?? String(error) });
} finally {
  await pool.end();
}
