import { Worker } from "node:worker_threads";
import type pg from "pg";
import type { Outcome, Runner } from "../app/core/job-queue.ts";
import { FAULT } from "../app/jobs/carry-out.ts";
import type { SealSource } from "../outside/key-seal.ts";

/** What a thread says to the one that started it. */
export type Said =
  | { readonly progress: number; readonly said: string }
  | { readonly outcome: Outcome }
  | { readonly fault: string };

/**
 * Each job in a thread of its own with connections of its own: requests stay quick whatever it computes, and ending the
 * thread ends the job wherever it is. A transaction that was open is rolled back by the database.
 */
export const threadRunner =
  (config: pg.PoolConfig, onFault: (error: Error) => void, sealing?: SealSource): Runner =>
  (claim, report) => {
    const thread = new Worker(new URL("./job-thread.ts", import.meta.url), {
      workerData: { config, claim, sealing },
    });
    let [ended, over] = [false, false];
    const outcome = new Promise<Outcome | "stopped">((resolve) => {
      const broken = (error: Error) => {
        // What a thread does after it said what came of the job, or was ended, is no news.
        if (over || ended) return resolve("stopped");
        onFault(error);
        resolve(FAULT);
      };
      thread.on("message", (said: Said) => {
        if ("outcome" in said) {
          // At once: a thread's last words and its end may come without a pause between them.
          over = true;
          resolve(said.outcome);
        } else if ("fault" in said) broken(new Error(`${claim.job} ${claim.use_case}: ${said.fault}`));
        else report(said.progress, said.said);
      });
      thread.on("error", broken);
      thread.on("exit", (code) => broken(new Error(`the thread of ${claim.job} ended with ${code}`)));
    }).finally(() => {
      over = true;
      return thread.terminate();
    });
    return {
      outcome,
      end() {
        ended = true;
        void thread.terminate();
      },
    };
  };
