import { useLocation, useNavigate } from "@tanstack/react-router";
import { isLive, type JobShown, refusedBy, useJob, useStartJob } from "../jobs/use-jobs.ts";
import { Refused } from "../kit/client/client.ts";
import { useCommandAt } from "../kit/client/hooks.ts";
import type { Act } from "./use-act.ts";

type Answer = Readonly<Record<string, unknown>>;

export interface Sent {
  readonly send: (body: object) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** The place in the input that was refused. */
  readonly refusedAt: string | undefined;
  /** Long work that was asked for here and has not done what was asked: it runs, or how it ended. */
  readonly job: JobShown | undefined;
  readonly written: { readonly answer: Answer; readonly seq: number } | undefined;
  readonly told: unknown;
  readonly workedOut: { readonly job: string; readonly result: unknown } | undefined;
  readonly again: () => void;
}

/** Sends what a form says: at once, or as a job whose name stays in the address, so that a reload finds it. */
export function useSend(act: Act, path: string): Sent {
  const { job: named } = useLocation().search as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const keep = (job: string | undefined) =>
    void navigate({ to: ".", search: ((old: object) => ({ ...old, job })) as never, replace: true });
  const command = useCommandAt(path);
  const start = useStartJob(path, { onDone: ({ job }) => keep(job) });
  const asked = useJob(act.long && typeof named === "string" ? named : undefined);
  const sending = act.long ? start : command;
  const job = act.long ? asked.data : undefined;
  const error = sending.error ?? asked.error ?? (job && refusedBy(job)) ?? null;
  const over = job?.state === "done" ? job.result : undefined;
  return {
    send: (body) => sending.mutate(body),
    pending: sending.isPending || (act.long && asked.isLoading),
    error,
    refusedAt: error instanceof Refused ? error.problem.at.replace(/^input\./, "") : undefined,
    job: job && (isLive(job) || job.state === "failed" || job.state === "cancelled") ? job : undefined,
    written: act.writes ? ((act.long ? over : command.data) as Sent["written"]) : undefined,
    // What an action did is told once, and has no entry of its own by which it could be said.
    told: act.long || act.writes ? undefined : command.data,
    workedOut: job && over !== undefined && !act.writes ? { job: job.job, result: over } : undefined,
    again: () => {
      command.reset();
      start.reset();
      if (act.long) keep(undefined);
    },
  };
}
