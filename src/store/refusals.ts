import type pg from "pg";
import type { RefusalCount, RefusalsAsked, RefusalsKept, TurnedAway } from "../app/core/refusals-kept.ts";

/** A crash loses this much, and a read is this much behind. */
const EVERY_MS = 5000;
/** Kinds of one batch: who asks for ever new things fills neither memory nor table. */
const KINDS_MAX = 1000;
const KEEP_DAYS = 400;
/** What came when a batch was full. */
const MORE = "(more)";

type Kind = Required<TurnedAway>;

interface Counted extends Kind {
  readonly day: string;
  readonly count: number;
  readonly last_at: string;
}

export interface RefusalCounter {
  note(refusal: TurnedAway): void;
  /** Writes what was counted; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes the rest and counts no more. */
  stop(): Promise<void>;
}

const nameOf = ({ day, code, route, by }: Pick<Counted, "day" | "code" | "route" | "by">): string =>
  [day, code, route, by].join("\n");

/** Counts in memory and adds to the table in batches. Who answers a request never waits for it. */
export function refusalCounter(
  pool: Pick<pg.Pool, "query">,
  {
    now = () => new Date(),
    onLost,
  }: { readonly now?: () => Date; readonly onLost?: (why: Error) => void } = {},
): RefusalCounter {
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  const add = (one: Counted): void => {
    const before = counted.get(nameOf(one));
    counted.set(nameOf(one), before ? sumOf(before, one) : one);
  };
  const write = async (): Promise<void> => {
    const batch = [...counted.values()];
    if (batch.length === 0) return;
    counted = new Map();
    try {
      await addTo(pool, batch);
    } catch (cause) {
      for (const one of batch) add(one);
      onLost?.(cause as Error);
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  return {
    note({ code, route, by = "", party = "" }) {
      if (stopped) return;
      const at = now().toISOString();
      const one: Counted = { day: at.slice(0, 10), code, route, by, party, count: 1, last_at: at };
      const isFull = counted.size >= KINDS_MAX && !counted.has(nameOf(one));
      add(isFull ? { ...one, route: MORE, by: "", party: "" } : one);
      timer ??= setInterval(() => void flush(), EVERY_MS).unref();
    },
    flush,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await flush();
    },
  };
}

const sumOf = (before: Counted, one: Counted): Counted => ({
  ...before,
  count: before.count + one.count,
  last_at: before.last_at > one.last_at ? before.last_at : one.last_at,
});

async function addTo(pool: Pick<pg.Pool, "query">, batch: readonly Counted[]): Promise<void> {
  await pool.query(
    `insert into didym.refusal (day, code, route, speaker, party, count, last_at)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
     on conflict (day, code, route, speaker) do update
       set count = refusal.count + excluded.count, last_at = greatest(refusal.last_at, excluded.last_at)`,
    (["day", "code", "route", "by", "party", "count", "last_at"] as const).map((name) =>
      batch.map((one) => one[name]),
    ),
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
