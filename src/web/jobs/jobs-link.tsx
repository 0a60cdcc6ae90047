import { IconProgressCheck } from "@tabler/icons-react";
import { Go } from "../kit/show/go.tsx";
import { isLive, useJobs } from "./use-jobs.ts";

/** Live jobs looked for at most: more than that are many. */
const LOOKED_AT = 20;

/** In the bar: the way to all work, and how much of it is under way. */
export function JobsLink() {
  const live = (useJobs({ limit: LOOKED_AT }).data ?? []).filter(isLive).length;
  return (
    <Go to="/jobs" className="find">
      <IconProgressCheck size={16} stroke={1.8} aria-hidden="true" />
      <span className="wide">Work</span>
      {live > 0 ? (
        <span className="tag warn" title="under way">
          {live}
        </span>
      ) : null}
      <span className="sr-only">{live === 0 ? "all work" : `${live} under way`}</span>
    </Go>
  );
}
