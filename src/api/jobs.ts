import type { Context, Hono } from "hono";
import type { JobQueue } from "../app/core/job-queue.ts";
import type { Reader } from "../app/core/ports.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { cancelJob, listJobs, showJob, startJob } from "../app/jobs/index.ts";
import { type JobView, viewOf } from "../app/jobs/view.ts";
import { table } from "../quantity/index.ts";
import { answerPosted, answerQuery, runAction } from "./answer.ts";
import type { Face } from "./face.ts";
import { type Watch, watch } from "./head-watch.ts";

/** Jobs as things with an address: the same use cases as under /api/jobs/VERB. */
export const JOB_PATHS: Readonly<Record<string, Readonly<Record<string, UseCase>>>> = table({
  "/api/jobs": { get: listJobs, post: startJob },
  "/api/jobs/{job}": { get: showJob, delete: cancelJob },
});

export function addJobRoutes(
  app: Hono,
  face: Face,
  otherMethod: (c: Context, allowed: string) => Response,
): void {
  app.get("/api/jobs", (c) => answerQuery(c, face, listJobs as never));
  app.post("/api/jobs", (c) => answerPosted(c, face, startJob, { done: 202 }));
  app.all("/api/jobs", (c) => otherMethod(c, "GET, POST"));
  app.get("/api/jobs/:job", (c) => answerQuery(c, face, showJob as never, { job: c.req.param("job") }));
  app.delete("/api/jobs/:job", (c) =>
    runAction(c, face, { useCase: cancelJob, input: { job: c.req.param("job") } }),
  );
  app.all("/api/jobs/:job", (c) => otherMethod(c, "GET, DELETE"));
}

/** Whether a job is one that a reader hears of: their party's. */
export const isJobOf = (job: object, reader: Reader): boolean =>
  reader === "everything" || (job as JobView).actor.party === reader[0];

/** What ended is told for so long, so that a line that was lost for a moment hears of it. */
const TOLD_S = 60;
const POLL_MS = 500;

/** Jobs whose state, progress or words changed since the last look. */
export function jobWatch(queue: JobQueue): Watch<JobView> {
  let known = new Map<string, string>();
  return watch(async () => {
    const views = (await queue.recent(TOLD_S)).map(viewOf);
    const before = known;
    const textOf = ({ job, state, progress, said, cancel_asked }: JobView) =>
      [job, state, progress, said, cancel_asked].join();
    known = new Map(views.map((view) => [view.job, textOf(view)]));
    return views.filter((view) => before.get(view.job) !== textOf(view));
  }, POLL_MS);
}
