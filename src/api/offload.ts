import type { Context } from "hono";
import { readActor } from "../app/core/actor.ts";
import type { Claim, Outcome, Runner } from "../app/core/job-queue.ts";
import type { AnyCalculation, AnyCommand } from "../app/core/use-case.ts";
import { FAULT } from "../app/jobs/carry-out.ts";
import { done, refuse } from "../quantity/index.ts";
import { readKey } from "./answer.ts";
import { readJson } from "./body.ts";
import { problem } from "./problem.ts";

/** So many long requests are worked on at a time; others wait for their turn, and short ones for none. */
const AT_A_TIME = 2;

/** Each waits with its body in memory. */
const WAITING_MAX = 100;

/** Does long work beside the thread that answers requests, and gives up a calculation that nobody waits for any more. */
export type Offload = (claim: Claim, gone?: AbortSignal) => Promise<Outcome | "stopped" | "full">;

export function offloadTo(run: Runner): Offload {
  const turns: (() => void)[] = [];
  let running = 0;
  return async (claim, gone) => {
    if (turns.length >= WAITING_MAX) return "full";
    if (running >= AT_A_TIME) await new Promise<void>((turn) => turns.push(turn));
    else running++;
    try {
      if (gone?.aborted) return "stopped";
      const work = run(claim, () => {});
      gone?.addEventListener("abort", work.end);
      return await work.outcome.finally(() => gone?.removeEventListener("abort", work.end));
    } finally {
      const next = turns.shift();
      if (next) next();
      else running--;
    }
  };
}

const TOO_BUSY = refuse(
  "too_busy",
  "server",
  `${WAITING_MAX} long requests wait for their turn: send it again later, or ask for it as a job`,
).refusal;

/** A long use case that was asked for by itself and not as a job: the answer is what it would be in this thread. */
export async function answerOffloaded(
  c: Context,
  offload: Offload,
  useCase: AnyCommand | AnyCalculation,
): Promise<Response> {
  const body = await readJson(c);
  if (!body.ok) return problem(c, body.refusal);
  const key = useCase.type === "command" ? readKey(c) : done("");
  if (!key.ok) return problem(c, key.refusal);
  const actor = readActor(c.req.header("didym-actor"));
  if (!actor.ok) return problem(c, actor.refusal);
  const name = `${useCase.room}/${useCase.verb}`;
  const claim: Claim = {
    ...{ job: name, worker: "request", attempt: 1, cancel_asked: false },
    ...{ use_case: name, input: body.value, key: key.value, actor: actor.value },
  };
  const ended = await offload(claim, useCase.type === "calculation" ? c.req.raw.signal : undefined);
  if (ended === "full") return problem(c, TOO_BUSY);
  const outcome = ended === "stopped" ? FAULT : ended;
  if (outcome.state === "refused") return problem(c, outcome.refusal);
  if (outcome.state !== "done") return problem(c, { code: "fault", at: "server", message: outcome.said });
  const answer = outcome.result as { readonly repeated?: boolean };
  return c.json(answer, useCase.type === "calculation" || answer.repeated ? 200 : 201);
}
