import { readJsonBody } from "../../contract/json-body.ts";
import type { Actor } from "../../ledger/index.ts";
import { done } from "../../quantity/index.ts";
import type { Claim, Outcome, Runner } from "../core/job-queue.ts";
import { outsideAll } from "../core/noted-read.ts";
import { parseInput, perform } from "../core/perform.ts";
import type { Ports, QueryPorts } from "../core/ports.ts";
import { withRun } from "../core/run.ts";
import { runAction } from "../core/run-action.ts";
import { readerFor } from "../core/seen.ts";
import type { UseCase } from "../core/use-case.ts";

/** Does what a job asks for, as any face would. Bugs are thrown. */
export async function carryOut(ports: Ports, claim: Claim): Promise<Outcome> {
  const useCase = await ports.loadUseCase?.(claim.use_case);
  if (!useCase) return { state: "failed", said: `this version has no ${claim.use_case}` };
  const input = claim.unread ? readJsonBody(claim.unread) : done(claim.input);
  const answer = input.ok ? await answerOf(ports, useCase, { ...claim, input: input.value }) : input;
  return answer.ok ? { state: "done", result: answer.value } : { state: "refused", refusal: answer.refusal };
}

async function answerOf(ports: Ports, useCase: UseCase, claim: Claim) {
  const { key, actor, input } = claim;
  if (useCase.type === "command") return perform(ports, useCase, { request: { key, actor }, input });
  if (useCase.type === "calculation") return withRun(ports, useCase, input);
  const parsed = parseInput(useCase, input);
  if (!parsed.ok) return parsed;
  return useCase.type === "query"
    ? useCase.answer(await seenFor(ports, actor), parsed.value)
    : runAction(ports, useCase, { input: parsed.value, request: { actor, ...(key === "" ? {} : { key }) } });
}

/** The ports of a query that is asked for somebody: what came of a job is shown to their whole firm. */
async function seenFor(ports: Ports, actor: Actor): Promise<QueryPorts> {
  return {
    ...ports,
    store: ports.store.readBy(
      outsideAll(await readerFor(ports.store, actor, ports.clock.now().toISOString())),
    ),
  };
}

/** What a command answered, where it was carried out under the job's key. */
export async function wasDone(ports: Pick<Ports, "store">, claim: Claim): Promise<Outcome | undefined> {
  const before = await ports.store.answerTo(claim.key);
  return before && { state: "done", result: { answer: before.answer, seq: before.seq, repeated: true } };
}

class Stopped extends Error {}

/** Runs jobs in this thread: where work says how far it is, it stops when it was ended. For tests and small programmes. */
export const runHere =
  (ports: Ports, onFault: (error: Error) => void): Runner =>
  (claim, report) => {
    let ended = false;
    const telling = (progress: number, said: string) => {
      if (ended) throw new Stopped();
      report(progress, said);
    };
    const outcome = carryOut({ ...ports, progress: telling }, claim).catch((error: Error) => {
      if (error instanceof Stopped) return "stopped" as const;
      onFault(error);
      return FAULT;
    });
    return {
      outcome,
      end() {
        ended = true;
      },
    };
  };

/** A fault says nothing of its inside; it is told to the log. */
export const FAULT: Outcome = {
  state: "failed",
  said: "something broke on our side; what was asked for was not done",
};
