import type pg from "pg";

/**
 * Whether every entry was written for an answered request whose answer names its last entry. A request that lost its answer would
 * be carried out a second time when it is repeated. Within a transaction of the caller's; the first ten in the order of entries.
 */
export async function answerFaults(client: pg.PoolClient): Promise<{ seq: number; why: string }[]> {
  const { rows } = await client.query<{ key: string; seq: string | null; last: string }>(
    `select e.key, r.seq, e.last
     from (select key, max(seq) as last from didym.entry group by key) e
     left join didym.request r using (key)
     where r.seq is distinct from e.last
     order by e.last limit 10`,
  );
  return rows.map(({ key, seq, last }) => ({
    seq: Number(last),
    why:
      seq === null
        ? `the request ${key} of entry ${last} has no answer`
        : `the answer to ${key} names entry ${seq}, its last entry is ${last}`,
  }));
}
