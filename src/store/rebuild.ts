import type pg from "pg";
import type { ApplyEntry } from "../app/ports.ts";
import { inTransaction } from "./transaction.ts";
import { digestRecords, refold } from "./views.ts";

export interface Rebuilt {
  readonly entries: number;
  readonly records: number;
  readonly digest_before: string;
  readonly digest_after: string;
  /** Whether the views were what the entries fold to before anything was done. */
  readonly same: boolean;
}

/** The head is locked as an append locks it, so that nobody appends between the fold and the swap. */
const UNDER_LOCK = "begin; select seq from didym.head for update";

/**
 * Folds all entries again into fresh records and swaps them in, in one transaction: readers see the old views or the new ones,
 * appends wait. Records that come out the same are not written again.
 */
export const rebuildViews = ({
  pool,
  apply,
}: {
  readonly pool: pg.Pool;
  readonly apply: ApplyEntry;
}): Promise<Rebuilt> =>
  inTransaction(
    pool,
    async (client) => {
      const before = await digestRecords(client);
      const entries = await refold(client, apply);
      await swapIn(client);
      const after = await digestRecords(client);
      return {
        entries,
        records: after.records,
        digest_before: before.digest,
        digest_after: after.digest,
        same: before.digest === after.digest,
      };
    },
    { open: UNDER_LOCK },
  );

/** Makes the views what `refold` holds. */
export async function swapIn(client: pg.PoolClient): Promise<void> {
  await client.query(
    `delete from didym.record r
     where not exists (select 1 from refold f where f.collection = r.collection and f.id = r.id)`,
  );
  await client.query(
    `insert into didym.record as r (collection, id, seq, body)
     select f.collection, f.id, f.seq, f.body from refold f
     left join didym.record o using (collection, id)
     where o.seq is distinct from f.seq or o.body is distinct from f.body
     on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body`,
  );
}
