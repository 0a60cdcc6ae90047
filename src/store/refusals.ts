import type pg from "pg";
import type { RefusalCount, RefusalsAsked, RefusalsKept, TurnedAway } from "../app/core/refusals-kept.ts";
import {
  type BatchCounter,
  batchCounter,
  type Counted,
  type CounterOptions,
  columnsOf,
  KEEP_DAYS,
  MORE,
} from "./batch-counter.ts";

export type RefusalCounter = BatchCounter<TurnedAway>;

/** Counts who was turned away, by day, route, code and who (trust Z52). */
export const refusalCounter = (pool: Pick<pg.Pool, "query">, options: CounterOptions = {}): RefusalCounter =>
  batchCounter<TurnedAway>(
    {
      nameOf: ({ code, route, by = "" }) => [code, route, by].join("\n"),
      more: ({ code }) => ({ code, route: MORE }),
      write: (batch) => addTo(pool, batch),
    },
    options,
  );

async function addTo(pool: Pick<pg.Pool, "query">, batch: readonly Counted<TurnedAway>[]): Promise<void> {
  const rows = batch.map(({ by = "", party = "", ...rest }) => ({ ...rest, by, party }));
  await pool.query(
    `insert into didym.refusal (day, code, route, speaker, party, count, last_at)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
     on conflict (day, code, route, speaker) do update
       set count = refusal.count + excluded.count, last_at = greatest(refusal.last_at, excluded.last_at)`,
    columnsOf(rows, ["day", "code", "route", "by", "party", "count", "last_at"]),
  );
  await pool.query("delete from didym.refusal where day < current_date - $1::int", [KEEP_DAYS]);
}

interface Row {
  readonly day: string;
  readonly code: string;
  readonly route: string;
  readonly speaker: string;
  readonly party: string;
  readonly count: string;
  readonly last_at: Date;
}

/** By day, then by code, route and who. */
export const postgresRefusals = (pool: Pick<pg.Pool, "query">): RefusalsKept => ({
  async page({ limit, since, party, after }: RefusalsAsked) {
    const { rows } = await pool.query<Row>(
      `select to_char(day, 'YYYY-MM-DD') as day, code, route, speaker, party, count, last_at from didym.refusal
       where ($1::date is null or day >= $1) and ($2::text is null or party = $2)
         and ($3::text[] is null or (to_char(day, 'YYYY-MM-DD'), code collate "C", route collate "C", speaker collate "C")
           > (($3::text[])[1], ($3::text[])[2], ($3::text[])[3], ($3::text[])[4]))
       order by refusal.day, code collate "C", route collate "C", speaker collate "C" limit $4`,
      [since ?? null, party ?? null, after === undefined ? null : placeOf(after), limit + 1],
    );
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items: items.map(countOf), ...(last ? { next: nextOf(last) } : {}) };
  },
});

const countOf = ({ day, code, route, speaker, party, count, last_at }: Row): RefusalCount => ({
  ...{ day, code, route, by: speaker === "" ? null : speaker, party: party === "" ? null : party },
  ...{ count: Number(count), last_at: last_at.toISOString() },
});

const nextOf = ({ day, code, route, speaker }: Row): string => [day, code, route, speaker].join(" ");

/** Neither a code nor a route holds a space; what is no place begins nowhere beyond the last. */
function placeOf(after: string): readonly string[] {
  const [day = "", code = "", route = "", ...speaker] = after.split(" ");
  return [day, code, route, speaker.join(" ")];
}
