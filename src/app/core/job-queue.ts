import type { UnreadBody } from "../../contract/json-body.ts";
import type { Actor } from "../../ledger/index.ts";
import type { Refusal, Result } from "../../quantity/index.ts";
import type { Progress } from "./ports.ts";

export type JobState = "queued" | "running" | "done" | "refused" | "failed" | "cancelled";

export interface NewJob {
  readonly job: string;
  /** The request key of the use case when it is carried out: however often that happens, it is done once. */
  readonly key: string;
  /** Digest of what is asked, to tell a repeat from a reuse of the key. */
  readonly request: string;
  /** "room/verb" */
  readonly use_case: string;
  readonly input: unknown;
  /** What it is about, for people and for filters: the short texts of the input. */
  readonly about: Readonly<Record<string, string>>;
  readonly actor: Actor;
}

/** A job as it stands. Times are the queue's own clock, the same for every process. */
export interface Job {
  readonly job: string;
  readonly use_case: string;
  readonly about: Readonly<Record<string, string>>;
  readonly actor: Actor;
  readonly state: JobState;
  /** 0 to 1; null while nobody can say. */
  readonly progress: number | null;
  /** What it is at, in words. */
  readonly said: string | null;
  /** Seconds it has run, this time. */
  readonly ran_s: number | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly attempts: number;
  readonly cancel_asked: boolean;
  readonly refusal: Refusal | null;
  /** Its place in the order of asking. */
  readonly nth: number;
}

/** A job taken by a worker. It stays the worker's as long as its heart beats. */
export interface Claim {
  readonly job: string;
  readonly worker: string;
  readonly attempt: number;
  readonly use_case: string;
  readonly input: unknown;
  /** Instead of the input, a body that is to be read by whoever carries it out. */
  readonly unread?: UnreadBody;
  readonly key: string;
  readonly actor: Actor;
  readonly cancel_asked: boolean;
}

export type Outcome =
  | { readonly state: "done"; readonly result: unknown }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | { readonly state: "failed" | "cancelled"; readonly said: string };

export interface JobsAsked {
  readonly limit: number;
  /** Jobs asked for before this one: the page after. */
  readonly before?: number;
  readonly state?: JobState;
  readonly use_case?: string;
  /** Asked for by this party's people. */
  readonly party?: string;
}

/** How long a worker may be silent before its job is another's, and how often a job is begun before it is given up. */
export interface Patience {
  readonly silent_ms: number;
  readonly attempts_max: number;
}

/**
 * Long work waiting for a worker. Any number of processes put in and take out; a claim is one worker's, and a worker that fell
 * silent loses it: what it says afterwards is not heard. Every queue passes `test/contract/job-queue.ts`.
 */
export interface JobQueue {
  /** Puts a job in; the same key again answers the job that is there. Refuses `key_reused`, `too_many_jobs`. */
  add(
    job: NewJob,
  ): Promise<
    Result<{ readonly job: Job; readonly repeated: boolean }, Refusal<"key_reused" | "too_many_jobs">>
  >;
  find(job: string): Promise<{ readonly job: Job; readonly result: unknown } | undefined>;
  /** The newest first. */
  list(asked: JobsAsked): Promise<readonly Job[]>;
  /** What waits or runs, and what ended in the last `seconds`. */
  recent(seconds: number): Promise<readonly Job[]>;
  /** What waits is cancelled; what runs is asked to stop. Undefined where there is no such job. */
  cancel(job: string): Promise<Job | undefined>;
  /** The oldest job that waits, or whose worker fell silent. */
  claim(worker: string, patience: Patience): Promise<Claim | undefined>;
  beat(claim: Claim, at: { readonly progress: number | null; readonly said: string | null }): Promise<Heard>;
  /** False where the job is another's by now. */
  finish(claim: Claim, outcome: Outcome): Promise<boolean>;
  /** Gives it back, as if it had not been begun: the process stops. */
  release(claim: Claim): Promise<void>;
  /** Drops what ended longer ago. Answers how many. */
  forget(days: number): Promise<number>;
}

export type Heard = "go on" | "cancel" | "lost";

/** One run of a job. `end` stops it as soon as it can; what came of it is told either way. */
export interface Run {
  readonly outcome: Promise<Outcome | "stopped">;
  end(): void;
}

export type Runner = (claim: Claim, progress: Progress) => Run;

/** Live jobs of one queue at most: a mistake in a loop must not fill the database. */
export const JOBS_MAX = 200;

/** How long what came of a job is kept. */
export const KEPT_DAYS = 7;

export const CANCELLED_WAITING = "cancelled before it was begun";
export const givenUp = (attempts: number) =>
  `given up: it was begun ${attempts} times, and each time its process ended`;
