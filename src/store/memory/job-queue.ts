import {
  CANCELLED_WAITING,
  type Claim,
  givenUp,
  JOBS_MAX,
  type Job,
  type JobQueue,
  type JobsAsked,
  type NewJob,
} from "../../app/core/job-queue.ts";
import { done, refuse } from "../../quantity/index.ts";

interface Held {
  readonly asked: NewJob;
  job: Job;
  worker: string;
  beat_ms: number;
  started_ms: number;
  ended_ms: number;
  result: unknown;
}

const isLive = ({ state }: Job) => state === "queued" || state === "running";

const isAsked = (job: Job, { state, use_case, party }: Omit<JobsAsked, "limit" | "before">) =>
  (state ?? job.state) === job.state &&
  (use_case ?? job.use_case) === job.use_case &&
  (party ?? job.actor.party) === job.actor.party;

/** A queue in a process's memory, for tests and small programmes. Keeps nothing. */
export function memoryQueue(now: () => number = Date.now): JobQueue {
  const all: Held[] = [];
  let asked_for = 0;
  const at = () => new Date(now()).toISOString();
  const shown = (held: Held): Job => ({
    ...held.job,
    ran_s: held.job.state === "running" ? (now() - held.started_ms) / 1000 : null,
  });
  const change = (held: Held, to: Partial<Job>) => {
    held.job = { ...held.job, ...to };
  };
  const end = (held: Held, to: Partial<Job>) => {
    held.ended_ms = now();
    change(held, { ...to, ended_at: at() });
  };
  const held = (claim: Claim) =>
    all.find(
      ({ job, worker }) =>
        job.job === claim.job &&
        worker === claim.worker &&
        job.attempts === claim.attempt &&
        job.state === "running",
    );
  return {
    async add(asked) {
      const before = all.find((h) => h.asked.job === asked.job);
      if (before) {
        return before.asked.key === asked.key && before.asked.request === asked.request
          ? done({ job: shown(before), repeated: true })
          : refuse("key_reused", "key", `the request key ${asked.key} was used before for other content`);
      }
      if (all.filter((h) => isLive(h.job)).length >= JOBS_MAX)
        return refuse("too_many_jobs", "jobs", `${JOBS_MAX} jobs are waiting; let some of them end first`);
      const { job, use_case, about, actor } = asked;
      const created: Job = {
        ...{ job, use_case, about, actor, state: "queued", progress: null, said: null, ran_s: null },
        ...{ created_at: at(), started_at: null, ended_at: null, attempts: 0, cancel_asked: false },
        ...{ refusal: null, nth: ++asked_for },
      };
      const added: Held = {
        ...{ asked, job: created, worker: "", result: undefined },
        ...{ beat_ms: 0, started_ms: 0, ended_ms: 0 },
      };
      all.push(added);
      return done({ job: shown(added), repeated: false });
    },
    async find(job) {
      const found = all.find((h) => h.job.job === job);
      return found && { job: shown(found), result: found.result };
    },
    list: async ({ limit, before = Number.POSITIVE_INFINITY, ...asked }) =>
      all
        .filter(({ job }) => job.nth < before && isAsked(job, asked))
        .reverse()
        .slice(0, limit)
        .map(shown),
    recent: async (seconds) =>
      all.filter((h) => isLive(h.job) || h.ended_ms > now() - seconds * 1000).map(shown),
    async cancel(job) {
      const found = all.find((h) => h.job.job === job);
      if (found && isLive(found.job)) {
        change(found, { cancel_asked: true });
        if (found.job.state === "queued") end(found, { state: "cancelled", said: CANCELLED_WAITING });
      }
      return found && shown(found);
    },
    async claim(worker, { silent_ms, attempts_max }) {
      const silent = (h: Held) => h.job.state === "running" && h.beat_ms < now() - silent_ms;
      for (const h of all.filter(silent))
        if (h.job.attempts >= attempts_max) end(h, { state: "failed", said: givenUp(h.job.attempts) });
      const next = all.find((h) => h.job.state === "queued" || silent(h));
      if (!next) return undefined;
      next.worker = worker;
      next.beat_ms = next.started_ms = now();
      change(next, {
        ...{
          state: "running",
          attempts: next.job.attempts + 1,
          started_at: at(),
          progress: null,
          said: null,
        },
      });
      const { job, key, use_case, input, actor } = next.asked;
      return {
        ...{ job, key, use_case, input, actor, worker },
        ...{ attempt: next.job.attempts, cancel_asked: next.job.cancel_asked },
      };
    },
    async beat(claim, { progress, said }) {
      const mine = held(claim);
      if (!mine) return "lost";
      mine.beat_ms = now();
      change(mine, { progress, said });
      return mine.job.cancel_asked ? "cancel" : "go on";
    },
    async finish(claim, outcome) {
      const mine = held(claim);
      if (!mine) return false;
      mine.result = outcome.state === "done" ? JSON.parse(JSON.stringify(outcome.result)) : undefined;
      end(mine, {
        state: outcome.state,
        refusal: outcome.state === "refused" ? outcome.refusal : null,
        said: "said" in outcome ? outcome.said : null,
        ...(outcome.state === "done" ? { progress: 1 } : {}),
      });
      return true;
    },
    async release(claim) {
      const mine = held(claim);
      if (mine) change(mine, { state: "queued", attempts: claim.attempt - 1, progress: null, said: null });
    },
    async forget(days) {
      const old = all.filter((h) => !isLive(h.job) && h.ended_ms < now() - days * 86_400_000);
      for (const h of old) all.splice(all.indexOf(h), 1);
      return old.length;
    },
  };
}
