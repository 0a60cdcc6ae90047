// A process that takes jobs until it is killed: `node job-worker-process.ts CONFIG`, the configuration of the database as JSON.
import type pg from "pg";
import { wasDone } from "../../src/app/jobs/carry-out.ts";
import { work } from "../../src/app/jobs/worker.ts";
import { threadRunner } from "../../src/main/job-threads.ts";
import { portsOn } from "../../src/main/ports.ts";
import { postgresQueue } from "../../src/store/job-queue.ts";
import { poolOn } from "../../src/store/pool.ts";

const config = JSON.parse(process.argv[2] ?? "{}") as pg.PoolConfig;
const pool = poolOn(config, 4);
const onFault = (error: Error) => void process.stderr.write(`${error.stack}\n`);
const queue = postgresQueue(pool);
const ports = portsOn(pool);
work({
  ...{ queue, onFault, run: threadRunner(config, onFault), name: `process ${process.pid}` },
  ...{ wasDone: (claim) => wasDone(ports, claim), slots: 1, pollMs: 20, beatMs: 50 },
});
