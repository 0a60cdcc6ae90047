import type pg from "pg";
import type { Progress, Rebuilt } from "../app/core/ports.ts";
import type { Folding } from "./fold.ts";
import { inTransaction } from "./transaction.ts";
import { digestRecords, refold } from "./views.ts";

/** Parts of the time that the first digest and the fold take. */
const DIGESTING = 0.1;
const FOLDING = 0.75;

/** The head is locked as an append locks it, so that nobody appends between the fold and the swap. */
const UNDER_LOCK = "begin; select seq from didym.head for update";

/**
 * Folds all entries again into fresh records and swaps them in, in one transaction: readers see the old views or the new ones,
 * appends wait. Records that come out the same are not written again.
 */
export const rebuildViews = <R>({
  pool,
  progress = () => {},
  ...folding
}: Folding<R> & {
  readonly pool: pg.Pool;
  readonly progress?: Progress;
}): Promise<Rebuilt> =>
  inTransaction(
    pool,
    async (client, opened) => {
      const { seq = 0 } = opened.at(-1)?.rows[0] ?? {};
      progress(0, "reading the views as they are");
      const before = await digestRecords(client);
      const entries = await refold(client, folding, (count) =>
        progress(DIGESTING + (FOLDING * count) / Number(seq), `${count} of ${seq} entries folded`),
      );
      progress(DIGESTING + FOLDING, "putting the views in their place");
      await swapIn(client);
      const after = await digestRecords(client);
      if (before.digest !== after.digest) await client.query("update didym.head set rebuilt = rebuilt + 1");
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
    `insert into didym.record as r (collection, id, seq, body, readers)
     select f.collection, f.id, f.seq, f.body, f.readers from refold f
     left join didym.record o using (collection, id)
     where o.seq is distinct from f.seq or o.body is distinct from f.body or o.readers is distinct from f.readers
     on conflict (collection, id) do update set seq = excluded.seq, body = excluded.body, readers = excluded.readers`,
  );
  await client.query(
    "delete from didym.entry_reader r where not exists (select 1 from refold_reader f where f.seq = r.seq)",
  );
  await client.query(
    `insert into didym.entry_reader as r (seq, readers, documents)
     select f.seq, f.readers, f.documents from refold_reader f left join didym.entry_reader o using (seq)
     where o.readers is distinct from f.readers or o.documents is distinct from f.documents
     on conflict (seq) do update set readers = excluded.readers, documents = excluded.documents`,
  );
}
