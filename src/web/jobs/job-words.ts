import type { JobView } from "../../app/jobs/view.ts";

/** How long is left, as roughly as it is known. */
export function leftText(left_s: number): string {
  if (left_s < 5) return "a few seconds left";
  if (left_s < 90) return `about ${Math.round(left_s / 5) * 5} s left`;
  if (left_s < 90 * 60) return `about ${Math.round(left_s / 60)} min left`;
  return `about ${Math.round(left_s / 3600)} h left`;
}

/** "intake/read-manifest" as words. */
export const workText = (use_case: string): string => use_case.replace("/", ": ").replaceAll("-", " ");

/** What it is about: the texts of its input, the most telling first as they were given. */
export const aboutText = ({ about }: Pick<JobView, "about">): string => Object.values(about).join(", ");

export const STATE_WORDS = {
  queued: "waiting",
  running: "at work",
  done: "done",
  refused: "refused",
  failed: "failed",
  cancelled: "cancelled",
} as const satisfies Readonly<Record<JobView["state"], string>>;

/** One sentence on how far it is, and how long it still takes. */
export function progressText(job: JobView): string {
  if (job.cancel_asked && job.state === "running") return "stopping at the next step";
  if (job.state === "queued") return "waiting for its turn; this page may be left or reloaded";
  const said = job.said ?? "at work";
  return job.left_s === null ? said : `${said} · ${leftText(job.left_s)}`;
}
