import { useParams } from "@tanstack/react-router";
import type { JobView } from "../../app/jobs/view.ts";
import { Actor } from "../kit/show/actor.tsx";
import { timeText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { JobFailure, JobProgress } from "./job-progress.tsx";
import { aboutText, STATE_WORDS, workText } from "./job-words.ts";
import { ResultOf } from "./result-of.tsx";
import { isLive, type JobShown, useJob, useJobs } from "./use-jobs.ts";

const MOODS = { done: "good", refused: "bad", failed: "bad" } as const;

const StateTag = ({ state }: Pick<JobView, "state">) => (
  <Tag mood={MOODS[state as keyof typeof MOODS] ?? "mute"}>{STATE_WORDS[state]}</Tag>
);

/** Long work of everybody: what runs, with its progress, and what came of the rest. */
export function Jobs() {
  const asked = useJobs();
  return (
    <Page title="Work" says="Long work goes on whoever leaves the page. What came of it is kept seven days.">
      <Answered asked={asked}>
        {(jobs) => {
          const live = jobs.filter(isLive);
          const over = jobs.filter((job) => !isLive(job));
          return (
            <>
              <Panel title="Under way">
                {live.length === 0 ? <Empty>Nothing waits or runs.</Empty> : null}
                {live.map((job) => (
                  <section key={job.job} aria-label={`${workText(job.use_case)} ${aboutText(job)}`}>
                    <h3>
                      <Go to={`/jobs/${job.job}`}>{workText(job.use_case)}</Go>{" "}
                      <span className="dim">{aboutText(job)}</span>
                    </h3>
                    <JobProgress job={job} listed />
                  </section>
                ))}
              </Panel>
              <Panel title="Ended">
                {over.length === 0 ? (
                  <Empty>Nothing ended in the last seven days.</Empty>
                ) : (
                  <Over of={over} />
                )}
              </Panel>
            </>
          );
        }}
      </Answered>
    </Page>
  );
}

const Over = ({ of }: { of: readonly JobView[] }) => (
  <Table
    caption="work that ended"
    rows={of}
    keyOf={(job) => job.job}
    columns={[
      { head: "Work", cell: (job) => <Go to={`/jobs/${job.job}`}>{workText(job.use_case)}</Go> },
      { head: "About", cell: aboutText },
      { head: "By", cell: ({ actor }) => <Actor of={actor} /> },
      { head: "Ended", cell: ({ ended_at }) => (ended_at ? timeText(ended_at) : ""), kind: "keep" },
      { head: "So", cell: StateTag },
    ]}
  />
);

/** One job, by its address: its progress, or what came of it. */
export function JobPage() {
  const { job: id = "" } = useParams({ strict: false }) as { job?: string };
  const asked = useJob(id);
  return (
    <Page title={`Work ${id}`} actions={<Go to="/jobs">All work</Go>}>
      <Answered asked={asked}>{(job) => <OneJob job={job} />}</Answered>
    </Page>
  );
}

function OneJob({ job }: { job: JobShown }) {
  const facts: (readonly [string, React.ReactNode])[] = [
    ["work", workText(job.use_case)],
    ["about", aboutText(job) || "see what came of it"],
    ["so far", <StateTag key="state" state={job.state} />],
    ["asked for", timeText(job.created_at)],
    ["by", <Actor key="actor" of={job.actor} />],
  ];
  if (job.ended_at) facts.push(["ended", timeText(job.ended_at)]);
  if (job.attempts > 1) facts.push(["begun", `${job.attempts} times`]);
  return (
    <>
      <Panel title="What was asked">
        <Facts of={facts} />
      </Panel>
      <Panel title={isLive(job) ? "Under way" : "What came of it"}>
        {isLive(job) ? <JobProgress job={job} /> : <JobFailure job={job} />}
        {job.state === "done" ? <ResultOf job={job.job} result={job.result} /> : null}
      </Panel>
    </>
  );
}
