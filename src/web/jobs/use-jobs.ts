import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { JobView } from "../../app/jobs/view.ts";
import { act, ask, Refused } from "../kit/client/client.ts";
import { useKeyed } from "../kit/client/hooks.ts";

export type JobShown = JobView & { readonly result?: unknown };

export const isLive = ({ state }: Pick<JobView, "state">) => state === "queued" || state === "running";

/** The news of jobs come by themselves; where they do not, what runs is looked at now and then. */
const LOOK_MS = 3000;

const lookWhile = (live: boolean | undefined) => (live ? LOOK_MS : false);

/** One job, as long as its name is known. */
export function useJob(job: string | undefined) {
  return useQuery({
    queryKey: ["jobs/show", { job }],
    enabled: job !== undefined,
    queryFn: ({ signal }) => ask("jobs/show", { job }, signal),
    refetchInterval: ({ state }) => lookWhile(state.data && isLive(state.data)),
  });
}

/** The newest jobs, of one use case or of all. */
export function useJobs(given: { readonly use_case?: string; readonly limit?: number } = {}) {
  const { use_case, limit = 50 } = given;
  const asked = { use_case, limit };
  return useQuery({
    queryKey: ["jobs/list", asked],
    queryFn: async ({ signal }) => (await ask("jobs/list", asked, signal)).items,
    refetchInterval: ({ state }) => lookWhile(state.data?.some(isLive)),
  });
}

/** Asks for long work. Its key is kept until an answer came, as that of a command is. */
export const useStartJob = (use_case: string, options: { onDone?: (job: JobView) => void } = {}) =>
  useKeyed(
    (key, input) => act("jobs/start", { key, body: { use_case, input: input as Record<string, unknown> } }),
    options,
  );

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => act("jobs/cancel", { body: { job } }),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => isOfJobs(queryKey) }),
  });
}

const isOfJobs = ([path]: readonly unknown[]) => path === "jobs/list" || path === "jobs/show";

/** What the trade refused of a job, as a refused request is shown. */
export function refusedBy({ refusal }: JobView): Refused | undefined {
  if (!refusal) return undefined;
  const { code, at, message, numbers } = refusal;
  const title = code.replaceAll("_", " ");
  return new Refused({ title, detail: message, code, at, status: 422, ...(numbers ? { numbers } : {}) });
}
