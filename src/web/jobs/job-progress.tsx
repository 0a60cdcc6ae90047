import type { JobView } from "../../app/jobs/view.ts";
import { Go } from "../kit/show/go.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { aboutText, progressText, workText } from "./job-words.ts";
import { isLive, refusedBy, useCancelJob } from "./use-jobs.ts";

/** A job under way: how far, how long still, and the way to stop it. `listed` where it stands among all work. */
export function JobProgress({ job, listed }: { job: JobView; listed?: boolean }) {
  const cancel = useCancelJob();
  const name = `${workText(job.use_case)} ${aboutText(job)}`;
  return (
    <div className="job" data-state={job.state}>
      <progress aria-label={name} max={1} {...(job.progress === null ? {} : { value: job.progress })} />
      <p className="job-says" role="status">
        {progressText(job)}
      </p>
      <div className="acts">
        <button
          type="button"
          className="plain"
          disabled={job.cancel_asked || cancel.isPending}
          onClick={() => cancel.mutate(job.job)}
        >
          Cancel
        </button>
        {listed ? null : <Go to="/jobs">All work</Go>}
      </div>
      <RefusedNote error={cancel.error} />
    </div>
  );
}

/** How a job ended that did not do what was asked; nothing for one that is live or done. */
export function JobFailure({ job }: { job: JobView }) {
  if (isLive(job) || job.state === "done") return null;
  if (job.state === "refused") return <RefusedNote error={refusedBy(job)} />;
  return (
    <p className={job.state === "failed" ? "note bad" : "note"} role="status">
      {job.said ?? job.state}
    </p>
  );
}
