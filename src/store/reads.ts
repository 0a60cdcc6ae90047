import type pg from "pg";
import type { CompartmentRead, ReadCount, ReadsKept, ToldTo } from "../app/core/reads-kept.ts";
import {
  type BatchCounter,
  batchCounter,
  type Counted,
  type CounterOptions,
  columnsOf,
  KEEP_DAYS,
  MORE,
} from "./batch-counter.ts";

type Queries = Pick<pg.Pool, "query">;

export type ReadCounter = BatchCounter<ToldTo>;

/** Counts what was told to whom, by day, query and who (trust Z100). */
export const readCounter = (pool: Queries, options: CounterOptions = {}): ReadCounter =>
  batchCounter<ToldTo>(
    {
      nameOf: ({ query, by }) => [by, query].join("\n"),
      more: () => ({ query: MORE, by: "", party: "" }),
      write: (batch) => addTo(pool, batch),
    },
    options,
  );

async function addTo(pool: Queries, batch: readonly Counted<ToldTo>[]): Promise<void> {
  await pool.query(
    `insert into didym.read_count (day, query, speaker, party, count, last_at)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[])
     on conflict (day, speaker, query) do update
       set count = read_count.count + excluded.count, last_at = greatest(read_count.last_at, excluded.last_at)`,
    columnsOf(batch, ["day", "query", "by", "party", "count", "last_at"]),
  );
  await pool.query("delete from didym.read_count where day < current_date - $1::int", [KEEP_DAYS]);
}

/** Who read what, as it was counted and noted. */
export const postgresReads = (pool: Queries): ReadsKept => ({
  async counts({ limit, since, party, after }) {
    const { rows } = await pool.query<CountRow>(
      `select to_char(day, 'YYYY-MM-DD') as day, query, speaker, party, count, last_at from didym.read_count
       where ($1::date is null or day >= $1) and ($2::text is null or party = $2)
         and ($3::text[] is null or (to_char(day, 'YYYY-MM-DD'), query collate "C", speaker collate "C")
           > (($3::text[])[1], ($3::text[])[2], ($3::text[])[3]))
       order by read_count.day, query collate "C", speaker collate "C" limit $4`,
      [since ?? null, party ?? null, after === undefined ? null : placeOf(after), limit + 1],
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(countOf),
      ...(last ? { next: [last.day, last.query, last.speaker].join(" ") } : {}),
    };
  },

  async ofCompartments({ compartments, limit, since, party, after }) {
    const { rows } = await pool.query<CompartmentRow>(
      `select nth, at, speaker, party, query, compartments from didym.compartment_read
       where compartments && $1::text[] and nth > $2::bigint
         and ($3::date is null or at >= $3::date::timestamp at time zone 'utc') and ($4::text is null or party = $4)
       order by nth limit $5`,
      [compartments, nthOf(after), since ?? null, party ?? null, limit + 1],
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map((row) => compartmentReadOf(row, compartments)),
      ...(last ? { next: last.nth } : {}),
    };
  },

  async noteCompartments({ at, by, party, query, compartments }) {
    await pool.query(
      "insert into didym.compartment_read (at, speaker, party, query, compartments) values ($1, $2, $3, $4, $5)",
      [at, by, party, query, compartments],
    );
  },
});

interface CountRow {
  readonly day: string;
  readonly query: string;
  readonly speaker: string;
  readonly party: string;
  readonly count: string;
  readonly last_at: Date;
}

const countOf = ({ day, query, speaker, party, count, last_at }: CountRow): ReadCount => ({
  ...{ day, query, by: speaker === "" ? null : speaker, party: party === "" ? null : party },
  ...{ count: Number(count), last_at: last_at.toISOString() },
});

/** Neither a query nor an id holds a space; what is no place begins nowhere beyond the last. */
function placeOf(after: string): readonly string[] {
  const [day = "", query = "", ...speaker] = after.split(" ");
  return [day, query, speaker.join(" ")];
}

interface CompartmentRow {
  readonly nth: string;
  readonly at: Date;
  readonly speaker: string | null;
  readonly party: string | null;
  readonly query: string;
  readonly compartments: readonly string[];
}

const compartmentReadOf = (
  { at, speaker, party, query, compartments }: CompartmentRow,
  shown: readonly string[],
): CompartmentRead => ({
  ...{ at: at.toISOString(), by: speaker, party, query },
  compartments: compartments.filter((one) => shown.includes(one)),
});

/** What is no place is none that follows. */
const nthOf = (after: string | undefined): string =>
  after === undefined ? "0" : /^\d{1,18}$/.test(after) ? after : "999999999999999999";
