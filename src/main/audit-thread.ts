// One audit on connections of this thread's own: who is answered meanwhile does not wait for it.
import { parentPort, workerData } from "node:worker_threads";
import type pg from "pg";
import { applyEntry } from "../app/apply.ts";
import { hashOnModule, isFipsAsked } from "../outside/validated-hash.ts";
import { auditBooks } from "../store/audit.ts";
import { poolOn } from "../store/pool.ts";
import { giveWay } from "./niceness.ts";

giveWay();
if (isFipsAsked()) hashOnModule();

const { config } = workerData as { readonly config: pg.PoolConfig };
const pool = poolOn(config, 2);
try {
  parentPort?.postMessage(await auditBooks({ pool, apply: applyEntry }));
} finally {
  await pool.end();
}
