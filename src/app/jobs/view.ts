import type { Job } from "../core/job-queue.ts";

/** A job as the faces show it. */
export interface JobView extends Omit<Job, "nth" | "ran_s"> {
  /** Seconds still to go, were the rest as quick as what is done; null while nobody can say. */
  readonly left_s: number | null;
}

/** Below this part done, time so far says little of the time left. */
const TELLING = 0.03;

export function viewOf({ nth: _, ran_s, ...job }: Job): JobView {
  const { state, progress } = job;
  const telling = state === "running" && ran_s !== null && progress !== null && progress >= TELLING;
  return { ...job, left_s: telling ? Math.round((ran_s * (1 - progress)) / progress) : null };
}

/** Longer texts are the work itself, not what it is about. */
const ABOUT_CHARACTERS = 80;

/** The short texts of an input: the consignment, the name of the file. */
export function aboutOf(input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(input)
      .filter((e): e is [string, string] => typeof e[1] === "string" && e[1].length <= ABOUT_CHARACTERS)
      .filter(([, text]) => !text.includes("\n"))
      .slice(0, 8),
  );
}
