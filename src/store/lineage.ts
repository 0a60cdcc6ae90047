import type { LedgerStore, LineageNode } from "../app/core/ports.ts";
import type { Lot } from "../ledger/index.ts";
import type { Queries } from "./reader-pool.ts";

type Query = Parameters<LedgerStore["lineage"]>[0];
type Lineage = Awaited<ReturnType<LedgerStore["lineage"]>>;

/** Levels fetched ahead in one query, and how many lots at most: a long thin lineage would cost a round trip a level. */
const LEVELS_AHEAD = 24;
const LOTS_AHEAD = 4000;

/** The lots beside a lot, as its record names them. */
const BESIDE = {
  up: "select parent ->> 'lot' as lot from jsonb_array_elements(r.body -> 'parents') as parent",
  down: "select child as lot from jsonb_array_elements_text(r.body -> 'children') as child",
} as const;

const walkFrom = (direction: "up" | "down", and: string) => `
  with recursive walk (lot, depth) as (
    select lot, 0 from unnest($1::text[]) as start(lot)
    union
    select beside.lot, walk.depth + 1
    from walk
    join didym.record r on r.collection = 'lot' and r.id = walk.lot ${and}
    cross join lateral (${BESIDE[direction]}) as beside
    where walk.depth < $2
  )
  select r.id, r.body from didym.record r
  where r.collection = 'lot' and r.id in (select lot from (select lot from walk limit $3) as bounded) ${and}`;

/**
 * Lots upstream or downstream of a lot, breadth first: each once, at its least distance, ties by id. The database walks ahead and hands over
 * what it met, bounded; the order and the limit are settled here, so that they do not depend on how far it got.
 */
export async function lineage(
  pool: Queries,
  { lot, direction, limit }: Query,
  and: string,
): Promise<Lineage> {
  const nodes: LineageNode[] = [];
  const seen = new Set([lot]);
  const fetched = new Map<string, Lot | undefined>();
  let level = [lot];
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = [];
    for (const [i, id] of level.entries()) {
      if (!fetched.has(id))
        await fetchAhead(pool, {
          from: level.slice(i),
          direction,
          limit: limit - nodes.length,
          fetched,
          and,
        });
      const body = fetched.get(id);
      fetched.delete(id);
      if (!body) continue;
      if (nodes.length === limit) return { nodes, truncated: true };
      nodes.push({ lot: id, depth, record: body });
      for (const other of direction === "up" ? body.parents.map((p) => p.lot) : body.children) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    level = next.sort();
  }
  return { nodes, truncated: false };
}

async function fetchAhead(
  pool: Queries,
  given: {
    from: readonly string[];
    direction: "up" | "down";
    limit: number;
    fetched: Map<string, Lot | undefined>;
    /** What a reader may see, as a condition on `r`. */
    and: string;
  },
): Promise<void> {
  const { from, direction, limit, fetched, and } = given;
  // One more than is asked for tells whether there is more.
  const wanted = Math.min(LOTS_AHEAD, limit + 1);
  const start = from.filter((id) => !fetched.has(id)).slice(0, wanted);
  const { rows } = await pool.query<{ id: string; body: Lot }>({
    name: `lineage_${direction}${and === "" ? "" : "_seen"}`,
    text: walkFrom(direction, and),
    values: [start, LEVELS_AHEAD, wanted],
  });
  for (const id of start) fetched.set(id, undefined);
  for (const { id, body } of rows) fetched.set(id, body);
}
