import type pg from "pg";
import {
  CANCELLED_WAITING,
  type Claim,
  givenUp,
  JOBS_MAX,
  type Job,
  type JobQueue,
  type JobState,
} from "../app/core/job-queue.ts";
import { done, type Refusal, refuse } from "../quantity/index.ts";

interface JobRow {
  readonly id: string;
  readonly nth: string;
  readonly key: string;
  readonly request: string;
  readonly use_case: string;
  readonly about: Readonly<Record<string, string>>;
  readonly actor: Job["actor"];
  readonly state: JobState;
  readonly progress: number | null;
  readonly said: string | null;
  readonly refusal: Refusal | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly ran_s: number | null;
  readonly attempts: number;
  readonly cancel_asked: boolean;
}

/** All but the input and the result, which may be large. */
const COLUMNS = `id, nth, key, request, use_case, about, actor, state, progress, said, refusal, created_at, started_at,
  ended_at, attempts, cancel_asked,
  case state when 'running' then extract(epoch from clock_timestamp() - started_at)::float8 end as ran_s`;

const jobOf = (row: JobRow): Job => ({
  job: row.id,
  use_case: row.use_case,
  about: row.about,
  actor: row.actor,
  state: row.state,
  progress: row.progress,
  said: row.said,
  ran_s: row.ran_s,
  created_at: row.created_at.toISOString(),
  started_at: row.started_at?.toISOString() ?? null,
  ended_at: row.ended_at?.toISOString() ?? null,
  attempts: row.attempts,
  cancel_asked: row.cancel_asked,
  refusal: row.refusal,
  nth: Number(row.nth),
});

const MINE = "id = $1 and worker = $2 and attempts = $3 and state = 'running'";
const mine = ({ job, worker, attempt }: Claim) => [job, worker, attempt];

/**
 * Long work in a table of PostgreSQL. Claims skip rows that another is just taking, and the database's clock is the only one;
 * every statement is a transaction of its own.
 */
export function postgresQueue(pool: pg.Pool): JobQueue {
  const jobs = async (sql: string, values: readonly unknown[]) =>
    (await pool.query<JobRow>(sql, [...values])).rows;
  return {
    add: (asked) => add(pool, asked),
    async find(job) {
      const { rows } = await pool.query<JobRow & { result: string | null }>(
        `select ${COLUMNS}, result from didym.job where id = $1`,
        [job],
      );
      const row = rows[0];
      return row && { job: jobOf(row), result: row.result === null ? undefined : JSON.parse(row.result) };
    },
    list: async ({ limit, before, state, use_case, party }) =>
      (
        await jobs(
          `select ${COLUMNS} from didym.job
           where ($2::bigint is null or nth < $2) and ($3::text is null or state = $3) and ($4::text is null or use_case = $4)
           and ($5::text is null or actor->>'party' = $5)
           order by nth desc limit $1`,
          [limit, before ?? null, state ?? null, use_case ?? null, party ?? null],
        )
      ).map(jobOf),
    recent: async (seconds) =>
      (
        await jobs(
          `select ${COLUMNS} from didym.job
           where state in ('queued', 'running') or ended_at > clock_timestamp() - make_interval(secs => $1) order by nth`,
          [seconds],
        )
      ).map(jobOf),
    async cancel(job) {
      const [changed] = await jobs(
        `update didym.job set cancel_asked = true,
           said = case state when 'queued' then $2 else said end,
           ended_at = case state when 'queued' then clock_timestamp() end,
           state = case state when 'queued' then 'cancelled' else state end
         where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
        [job, CANCELLED_WAITING],
      );
      const found = changed ?? (await jobs(`select ${COLUMNS} from didym.job where id = $1`, [job]))[0];
      return found && jobOf(found);
    },
    claim: (worker, patience) => claim(pool, worker, patience),
    async beat(of, { progress, said }) {
      const [row] = await jobs(
        `update didym.job set beat_at = clock_timestamp(), progress = $4, said = $5 where ${MINE} returning ${COLUMNS}`,
        [...mine(of), progress, said],
      );
      return row === undefined ? "lost" : row.cancel_asked ? "cancel" : "go on";
    },
    finish: (of, outcome) => finish(pool, of, outcome),
    async release(of) {
      await pool.query(
        `update didym.job set state = 'queued', worker = null, attempts = attempts - 1, progress = null, said = null
         where ${MINE}`,
        mine(of),
      );
    },
    async forget(days) {
      const { rowCount } = await pool.query(
        "delete from didym.job where ended_at < clock_timestamp() - make_interval(days => $1)",
        [days],
      );
      return rowCount ?? 0;
    },
  };
}

const add = async (pool: pg.Pool, asked: Parameters<JobQueue["add"]>[0]): ReturnType<JobQueue["add"]> => {
  const { job, key, request, use_case, input, about, actor } = asked;
  const { rows } = await pool.query<JobRow>(
    `insert into didym.job (id, key, request, use_case, input, about, actor)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from didym.job where state in ('queued', 'running')) < $8
     on conflict (id) do nothing returning ${COLUMNS}`,
    [
      job,
      key,
      request,
      use_case,
      JSON.stringify(input),
      JSON.stringify(about),
      JSON.stringify(actor),
      JOBS_MAX,
    ],
  );
  if (rows[0]) return done({ job: jobOf(rows[0]), repeated: false });
  const before = (await pool.query<JobRow>(`select ${COLUMNS} from didym.job where id = $1`, [job])).rows[0];
  if (!before)
    return refuse("too_many_jobs", "jobs", `${JOBS_MAX} jobs are waiting; let some of them end first`);
  return before.key === key && before.request === request
    ? done({ job: jobOf(before), repeated: true })
    : refuse("key_reused", "key", `the request key ${key} was used before for other content`);
};

const finish = async (
  pool: pg.Pool,
  ...[of, outcome]: Parameters<JobQueue["finish"]>
): ReturnType<JobQueue["finish"]> => {
  const { rowCount } = await pool.query(
    `update didym.job set state = $4, result = $5, refusal = $6, said = $7, ended_at = clock_timestamp(),
       progress = case $4 when 'done' then 1 else progress end
     where ${MINE}`,
    [
      ...mine(of),
      outcome.state,
      outcome.state === "done" ? JSON.stringify(outcome.result ?? null) : null,
      outcome.state === "refused" ? JSON.stringify(outcome.refusal) : null,
      "said" in outcome ? outcome.said : null,
    ],
  );
  return rowCount === 1;
};

const SILENT = "state = 'running' and beat_at < clock_timestamp() - make_interval(secs => $1)";

const claim: (pool: pg.Pool, ...of: Parameters<JobQueue["claim"]>) => ReturnType<JobQueue["claim"]> = async (
  pool,
  worker,
  { silent_ms, attempts_max },
) => {
  const silent_s = silent_ms / 1000;
  await pool.query(
    `update didym.job set state = 'failed', ended_at = clock_timestamp(), said = $3 where ${SILENT} and attempts >= $2`,
    [silent_s, attempts_max, givenUp(attempts_max)],
  );
  const { rows } = await pool.query<JobRow & { input: string }>(
    `update didym.job set state = 'running', worker = $2, attempts = attempts + 1, progress = null, said = null,
       started_at = clock_timestamp(), beat_at = clock_timestamp()
     where id = (
       select id from didym.job where state = 'queued' or (${SILENT}) order by nth limit 1 for update skip locked
     ) returning ${COLUMNS}, input`,
    [silent_s, worker],
  );
  const row = rows[0];
  return (
    row && {
      ...{
        job: row.id,
        worker,
        attempt: row.attempts,
        key: row.key,
        use_case: row.use_case,
        actor: row.actor,
      },
      ...{ input: JSON.parse(row.input), cancel_asked: row.cancel_asked },
    }
  );
};
