import { Worker } from "node:worker_threads";
import type pg from "pg";
import type { Claim, Outcome, Runner } from "../app/core/job-queue.ts";
import { FAULT } from "../app/jobs/carry-out.ts";
import type { SealSource } from "../outside/key-seal.ts";

/** What a thread says to the one that started it. */
export type Said =
  | { readonly progress: number; readonly said: string }
  | { readonly outcome: Outcome; readonly small: boolean }
  | { readonly fault: SaidFault };

/** An error loses its kind and its code on the way between threads. */
export interface SaidFault {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
}

/** So many threads stay, warm, for what comes next: a start costs a second, and each keeps some 60 MB. After a minute one of them does. */
const KEPT = 2;
const KEPT_MS = 60_000;
/** One job that asks for more ends alone. A manifest of 50,000 rows, all written in one entry, needs more than a third of it. */
const HEAP_MB = 2048;
/** Of what is new; a thread would double it twice under load, and keep it. */
const YOUNG_MB = 16;

/**
 * Each job in a thread of its own with connections of its own: requests stay quick whatever it computes, and ending the
 * thread ends the job wherever it is. A transaction that was open is rolled back by the database. A thread whose job came to an
 * end in order takes the next.
 */
export function threadRunner(
  config: pg.PoolConfig,
  onFault: (error: Error, of?: string) => void,
  sealing?: SealSource,
): Runner & { warm(): void } {
  const kept = keepThreads(() => {
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB };
    return new Worker(new URL("./job-thread.ts", import.meta.url), {
      workerData: { config, sealing },
      resourceLimits,
    });
  });
  const run: Runner = (claim, report) => {
    const thread = kept.take();
    let [ended, over] = [false, false];
    const outcome = new Promise<Outcome | "stopped">((resolve) => {
      const broken = (error: Error) => {
        // What a thread does after it said what came of the job, or was ended, is no news.
        if (over || ended) return resolve("stopped");
        onFault(error, `${claim.job} ${claim.use_case}`);
        resolve(FAULT);
        void thread.terminate();
      };
      thread.on("message", (said: Said) => {
        if ("outcome" in said) {
          // At once: a thread's last words and its end may come without a pause between them.
          over = true;
          resolve(ended ? "stopped" : said.outcome);
          if (!ended && said.small) kept.keep(thread);
          else void thread.terminate();
        } else if ("fault" in said) broken(Object.assign(new Error(said.fault.message), said.fault));
        else report(said.progress, said.said);
      });
      thread.on("error", broken);
      thread.on("exit", (code) => broken(new Error(`the thread ended with ${code}`)));
      thread.postMessage(claim, moved(claim));
    });
    return {
      outcome,
      end() {
        // Afterwards the thread may be at another's work.
        if (over) return;
        ended = true;
        void thread.terminate();
      },
    };
  };
  return Object.assign(run, { warm: kept.warm });
}

/** Those of an event at a time: a worker listens to itself as well. */
function forget(thread: Worker): void {
  for (const event of ["message", "error", "exit"]) thread.removeAllListeners(event);
}

/** Threads that wait for the next job. They do not keep the process running. */
function keepThreads(start: () => Worker) {
  const idle: { readonly thread: Worker; readonly leaving: NodeJS.Timeout }[] = [];
  const leave = (thread: Worker) => {
    const place = idle.findIndex((one) => one.thread === thread);
    if (place !== -1) clearTimeout(idle.splice(place, 1)[0]?.leaving);
    void thread.terminate();
  };
  const rest = (thread: Worker) => {
    if (idle.length > 1) leave(thread);
  };
  return {
    take(): Worker {
      const one = idle.pop();
      if (!one) return start();
      clearTimeout(one.leaving);
      forget(one.thread);
      one.thread.ref();
      return one.thread;
    },
    keep,
    /** The first who comes does not wait for a start. */
    warm: () => keep(start()),
  };
  function keep(thread: Worker): void {
    forget(thread);
    for (const end of ["error", "exit"]) thread.on(end, () => leave(thread));
    if (idle.length >= KEPT) return leave(thread);
    thread.unref();
    idle.push({ thread, leaving: setTimeout(() => rest(thread), KEPT_MS).unref() });
  }
}

/** A body is handed over, not copied, where it is alone in its memory. */
const moved = ({ unread }: Claim): ArrayBuffer[] =>
  unread?.bytes.buffer instanceof ArrayBuffer && unread.bytes.byteLength === unread.bytes.buffer.byteLength
    ? [unread.bytes.buffer]
    : [];
