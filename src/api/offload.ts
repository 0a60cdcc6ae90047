import type { Context } from "hono";
import type { Claim, Outcome, Runner } from "../app/core/job-queue.ts";
import { FAULT } from "../app/jobs/carry-out.ts";
import { refuse } from "../quantity/index.ts";
import { json } from "./json.ts";
import { type Asker, type Lanes, lanes } from "./lanes.ts";
import { problem } from "./problem.ts";

/** Does long work beside the thread that answers requests, and gives up a calculation that nobody waits for any more. */
export type Offload = (
  claim: Claim,
  asker: Asker & { readonly gone?: AbortSignal },
) => Promise<Outcome | "stopped" | "full">;

export function offloadTo(run: Runner, turns: Lanes = lanes()): Offload {
  return async (claim, { gone, ...asker }) => {
    const entered = turns.enter({ ...asker, large: claim.unread !== undefined });
    if (!entered) return "full";
    const leave = await entered;
    try {
      if (gone?.aborted) return "stopped";
      const work = run(claim, () => {});
      gone?.addEventListener("abort", work.end);
      return await work.outcome.finally(() => gone?.removeEventListener("abort", work.end));
    } finally {
      leave();
    }
  };
}

const TOO_BUSY = refuse(
  "too_busy",
  "server",
  "too many long requests wait for their turn: send it again later, or ask for it as a job",
).refusal;

const GONE = refuse("asker_gone", "server", "nobody waits for the answer any more").refusal;

/** What came of work that was done beside: the answer is what it would be in this thread. */
export function answerOutcome(
  c: Context,
  ended: Outcome | "stopped" | "full",
  status: { readonly done: 200 | 201 | 202; readonly repeated?: 200 },
): Response {
  if (ended === "full") return problem(c, TOO_BUSY);
  if (ended === "stopped" && c.req.raw.signal.aborted) return problem(c, GONE);
  const outcome = ended === "stopped" ? FAULT : ended;
  if (outcome.state === "refused") return problem(c, outcome.refusal);
  if (outcome.state !== "done") return problem(c, { code: "fault", at: "server", message: outcome.said });
  const answer = outcome.result as { readonly repeated?: boolean };
  return json(c, answer, (answer.repeated && status.repeated) || status.done);
}
