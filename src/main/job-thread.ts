// One job after the other, on connections of this thread's own: says how far each is, and what came of it.
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type pg from "pg";
import type { Claim } from "../app/core/job-queue.ts";
import { carryOut } from "../app/jobs/carry-out.ts";
import type { SealSource } from "../outside/key-seal.ts";
import { hashOnModule, isFipsAsked } from "../outside/validated-hash.ts";
import { poolOn } from "../store/pool.ts";
import type { Said } from "./job-threads.ts";
import { giveWay } from "./niceness.ts";
import { portsOn } from "./ports.ts";

giveWay();
if (isFipsAsked()) hashOnModule();

const { config, sealing } = workerData as {
  readonly config: pg.PoolConfig;
  readonly sealing?: SealSource;
};
const say = (said: Said) => parentPort?.postMessage(said);
const progress = (part: number, said: string) => say({ progress: part, said });

/** A command reads and writes one thing after the other; a few connections are enough. */
const ports = { ...portsOn(poolOn(config, 4), undefined, sealing), progress };

/** A thread that stays larger is not kept: it would hold that memory for nothing. */
const KEPT_HEAP_MB = 100;
const heapMb = () => getHeapStatistics().total_heap_size / 2 ** 20;

/** Whether what stays here is small, after what is done with was cleared away. */
function isSmall(): boolean {
  if (heapMb() <= KEPT_HEAP_MB) return true;
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return heapMb() <= KEPT_HEAP_MB;
}

parentPort?.on("message", async (claim: Claim) => {
  try {
    const outcome = await carryOut(ports, claim);
    say({ outcome, small: isSmall() });
  } catch (error) {
    const { name, message, stack, code } = error as Error & { code?: unknown };
    say({ fault: { name, message, stack: stack ?? name, ...(typeof code === "string" ? { code } : {}) } });
  }
});
