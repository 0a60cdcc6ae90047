import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { WorkerPool } from "../app/core/ports.ts";
import { Fault } from "../quantity/index.ts";

/** More than this many threads are no faster on the machines this runs on, and each takes its own memory. */
const THREADS_MAX = 8;

interface Reply {
  readonly at: number;
  readonly result?: unknown;
  readonly fault?: string;
}

/** Spreads jobs over threads, as many as the machine has processors; answers come in the order of the jobs. */
export const workerPool: WorkerPool = {
  async each(job, inputs, told = () => {}) {
    const count = Math.min(THREADS_MAX, availableParallelism(), inputs.length);
    const results = new Array<unknown>(inputs.length);
    const workers = Array.from(
      { length: count },
      () => new Worker(new URL("./pool-worker.ts", import.meta.url)),
    );
    let [next, answered] = [0, 0];
    try {
      await Promise.all(
        workers.map(async (worker) => {
          while (next < inputs.length) {
            const at = next++;
            const reply = await ask(worker, { job, at, input: inputs[at] });
            if (reply.fault !== undefined) throw new Fault(`a thread failed at ${job}: ${reply.fault}`);
            results[at] = reply.result;
            told(++answered);
          }
        }),
      );
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    return results;
  },
};

function ask(worker: Worker, message: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const done = (reply: Reply) => {
      worker.off("error", fail);
      resolve(reply);
    };
    const fail = (error: Error) => {
      worker.off("message", done);
      reject(error);
    };
    worker.once("message", done);
    worker.once("error", fail);
    worker.postMessage(message);
  });
}
