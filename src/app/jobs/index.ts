import { z } from "zod";
import { JobId } from "../../contract/identifiers.ts";
import type { Actor } from "../../ledger/index.ts";
import { digestOf, done, fieldNotIn, refuse, refusedAt } from "../../quantity/index.ts";
import { inputSchema } from "../core/input-schema.ts";
import type { Job } from "../core/job-queue.ts";
import { parseInput, shortName } from "../core/perform.ts";
import type { Ports, QueryPorts } from "../core/ports.ts";
import { readerOf } from "../core/seen.ts";
import { action, query } from "../core/use-case.ts";
import { aboutOf, viewOf } from "./view.ts";

const STATES = ["queued", "running", "done", "refused", "failed", "cancelled"] as const;

const AJob = JobId().describe("a job, such as J-7K2M9QXA");

function queueOf({ jobs }: Pick<Ports, "jobs">) {
  return jobs ? done(jobs) : refuse("no_queue", "jobs", "no long work is kept here");
}

/** The long work of one firm is not there for another. */
const isTheirs = (job: Job, actor: Actor): boolean => !actor.verified || job.actor.party === actor.party;

/** Whose jobs somebody sees alone; nobody's alone who sees everything. */
function partyOf(asker: QueryPorts["asker"]): string | undefined {
  const reader = readerOf(asker);
  return reader === "everything" ? undefined : reader[0];
}

const unknown = (job: string) =>
  refuse("job_unknown", "job", `there is no job ${job}; what came of one is kept seven days`);

export const startJob = action({
  room: "jobs",
  verb: "start",
  carries: true,
  summary: "Ask for long work: it waits in the queue, says how far it is, and goes on whoever leaves.",
  input: z.strictObject({
    use_case: z
      .string()
      .regex(/^[a-z]+\/[a-z-]+$/, "is written ROOM/VERB")
      .describe("ROOM/VERB of what may take long, such as intake/read-manifest"),
    input: z.record(z.string(), z.unknown()).describe("what that takes"),
  }),
  example: {
    use_case: "column/design",
    input: {
      feed: { mole_fractions: { Nd: 0.8, Pr: 0.2 } },
      affinities: { Nd: 1, Pr: 2.04 },
      specifications: { Nd: { purity_min: 0.99 }, Pr: { purity_min: 0.99 } },
    },
  },
  async run(ports, { input: { use_case, input }, request }) {
    const useCase = await ports.loadUseCase?.(use_case);
    if (!useCase) return refuse("use_case_unknown", "use_case", `there is no ${use_case}`);
    if (!useCase.long)
      return refuse("job_not_long", "use_case", `${use_case} is not long: ask for it directly`);
    const read = parseInput(useCase, input);
    if (!read.ok) return refusedAt(read.refusal, `input.${read.refusal.at}`);
    // A room that reads its own contract would say it only when the job runs.
    const strange = fieldNotIn(inputSchema(useCase), input, ["input"]);
    if (strange) return strange;
    if (useCase.type === "command" && request.key === undefined)
      return refuse("key_missing", "Idempotency-Key", "what goes on the books carries a request key");
    const key = request.key ?? ports.ids.nonce();
    if (!/^[\x21-\x7e]{1,200}$/.test(key))
      return refuse("key_malformed", "key", "a request key is 1 to 200 printable characters without spaces");
    const queue = queueOf(ports);
    if (!queue.ok) return queue;
    const added = await queue.value.add({
      job: `J-${shortName(key)}`,
      key,
      request: digestOf({ use_case, input }),
      use_case,
      input,
      about: aboutOf(input),
      actor: request.actor,
    });
    if (!added.ok) return added;
    if (!isTheirs(added.value.job, request.actor))
      return refuse("key_reused", "key", `the request key ${key} was used before for other content`);
    return done({ ...viewOf(added.value.job), repeated: added.value.repeated });
  },
});

export const listJobs = query({
  room: "jobs",
  verb: "list",
  summary: "Long work, the newest first: what waits, runs and ended, how far it is and the time left.",
  input: z.strictObject({
    state: z.enum(STATES).optional(),
    use_case: z.string().max(100).optional().describe("ROOM/VERB"),
    after: z.coerce.number().int().positive().optional().describe("the `next` of the page before"),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  example: { limit: 50 },
  async answer(ports, { state, use_case, after, limit }) {
    const queue = queueOf(ports);
    if (!queue.ok) return queue;
    const party = partyOf(ports.asker);
    // One more than is asked for tells whether there is a next page.
    const found = await queue.value.list({
      limit: limit + 1,
      ...(party === undefined ? {} : { party }),
      ...(after === undefined ? {} : { before: after }),
      ...(state === undefined ? {} : { state }),
      ...(use_case === undefined ? {} : { use_case }),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return done({ items: items.map(viewOf), ...(found.length > limit && last ? { next: last.nth } : {}) });
  },
});

export const showJob = query({
  room: "jobs",
  verb: "show",
  summary: "One job: how far it is, and what came of it.",
  input: z.strictObject({ job: AJob }),
  word: "job",
  example: { job: "J-7K2M9QXA" },
  async answer(ports, { job }) {
    const queue = queueOf(ports);
    if (!queue.ok) return queue;
    const found = await queue.value.find(job);
    const party = partyOf(ports.asker);
    return found && (party === undefined || found.job.actor.party === party)
      ? done({ ...viewOf(found.job), ...(found.job.state === "done" ? { result: found.result } : {}) })
      : unknown(job);
  },
});

export const cancelJob = action({
  room: "jobs",
  verb: "cancel",
  summary: "Stop a job that waits or runs. What was written before it stopped stays, and the job says so.",
  input: z.strictObject({ job: AJob }),
  word: "job",
  example: { job: "J-7K2M9QXA" },
  async run(ports, { input: { job }, request }) {
    const queue = queueOf(ports);
    if (!queue.ok) return queue;
    const before = await queue.value.find(job);
    if (before && !isTheirs(before.job, request.actor)) return unknown(job);
    const found: Job | undefined = await queue.value.cancel(job);
    return found ? done(viewOf(found)) : unknown(job);
  },
});

export const jobsUseCases = [startJob, listJobs, showJob, cancelJob] as const;
