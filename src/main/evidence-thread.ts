// Makes one part of a pack that takes long, in a thread of its own: whoever is answered meanwhile does not wait for it.
import { parentPort, workerData } from "node:worker_threads";
import type pg from "pg";
import { hashOnModule, isFipsAsked } from "../outside/validated-hash.ts";
import { poolOn } from "../store/pool.ts";
import { type LongPart, longParts } from "./long-parts.ts";
import { giveWay } from "./niceness.ts";

giveWay();
if (isFipsAsked()) hashOnModule();

const { part, config } = workerData as { readonly part: LongPart; readonly config: pg.PoolConfig };
const pool = poolOn(config, 2);
try {
  parentPort?.postMessage(await longParts(pool)[part]());
} finally {
  await pool.end();
}
