import {
  type Claim,
  type JobQueue,
  KEPT_DAYS,
  type Outcome,
  type Patience,
  type Runner,
} from "../core/job-queue.ts";

export interface WorkerOptions {
  readonly queue: JobQueue;
  readonly run: Runner;
  /** Tells this process from others that take from the same queue. */
  readonly name: string;
  /** Whether a command was carried out already: then it is not cancelled any more, whatever was asked. */
  readonly wasDone: (claim: Claim) => Promise<Outcome | undefined>;
  readonly onFault: (error: Error) => void;
  /** How many jobs at once. */
  readonly slots?: number;
  readonly pollMs?: number;
  readonly beatMs?: number;
  readonly patience?: Patience;
}

/** A thread that is busy still beats: its process does. Only a process that ended is silent for so many beats. */
export const PATIENCE: Patience = { silent_ms: 15_000, attempts_max: 3 };
/** Two, so that an import does not wait behind a design; the machine shares its processors between them. */
const SLOTS = 2;
const POLL_MS = 500;
const BEAT_MS = 500;
const FORGET_MS = 3_600_000;

export interface Working {
  /** Stops what runs and gives it back; then nothing is taken any more. */
  stop(): Promise<void>;
}

/** Takes jobs from the queue and has them run, a few at a time, until it is stopped. */
export function work(options: WorkerOptions): Working {
  const { slots = SLOTS, pollMs = POLL_MS, patience = PATIENCE } = options;
  const stopping = new AbortController();
  const slot = async (name: string) => {
    while (!stopping.signal.aborted) {
      // A database that does not answer may be back at the next look.
      const claim = await options.queue.claim(name, patience).catch(() => undefined);
      if (claim) await carry(options, claim, stopping.signal).catch(options.onFault);
      else await pause(pollMs, stopping.signal);
    }
  };
  const forget = () => options.queue.forget(KEPT_DAYS).catch(() => 0);
  void forget();
  const forgetting = setInterval(forget, FORGET_MS);
  const all = Promise.all(Array.from({ length: slots }, (_, n) => slot(`${options.name}/${n}`)));
  return {
    async stop() {
      clearInterval(forgetting);
      stopping.abort();
      await all;
    },
  };
}

/** One job from claim to end. */
async function carry(options: WorkerOptions, claim: Claim, stopping: AbortSignal): Promise<void> {
  const { queue, wasDone, beatMs = BEAT_MS } = options;
  if (claim.cancel_asked) {
    await queue.finish(claim, (await wasDone(claim)) ?? CANCELLED);
    return;
  }
  let at: { progress: number | null; said: string | null } = { progress: null, said: null };
  let why: "cancel" | "lost" | "stop" | undefined;
  const run = options.run(claim, (progress, said) => {
    at = { progress: Math.min(1, Math.max(0, progress)), said: said.slice(0, 200) };
  });
  const end = (because: typeof why) => {
    why ??= because;
    run.end();
  };
  const onStop = () => end("stop");
  stopping.addEventListener("abort", onStop);
  if (stopping.aborted) onStop();
  let beating = Promise.resolve();
  const heart = setInterval(() => {
    beating = beating.then(async () => {
      // A beat that does not arrive is not the end: the queue is patient.
      const heard = await queue.beat(claim, at).catch(() => "go on" as const);
      if (heard !== "go on") end(heard);
    });
  }, beatMs);
  const outcome = await run.outcome.finally(() => {
    clearInterval(heart);
    stopping.removeEventListener("abort", onStop);
  });
  await beating;
  if (outcome !== "stopped") await queue.finish(claim, outcome);
  else if (why === "cancel") await queue.finish(claim, (await wasDone(claim)) ?? CANCELLED);
  else if (why === "stop") await queue.release(claim);
}

const CANCELLED: Outcome = { state: "cancelled", said: "cancelled; nothing was written" };

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener("abort", over);
  });
