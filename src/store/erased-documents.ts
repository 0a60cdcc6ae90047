import type pg from "pg";
import type { Ports } from "../app/core/ports.ts";
import { ERASURE } from "./named-documents.ts";
import { inTransaction, SNAPSHOT } from "./transaction.ts";

const LEFT_OF = `
  select count(*) as mine from didym.document d where d.digest in (
    select jsonb_array_elements_text(e.body::jsonb->'digests')
    from didym.entry e where e.kind = '${ERASURE}' and e.body::jsonb->>'party' = $1)`;

/** Erases in the database, by the function that its owner keeps: who serves deletes no document itself (P114). */
export const erasedOn = (pool: pg.Pool): NonNullable<Ports["documents"]> => ({
  // In one snapshot: where another takes the same bytes away meanwhile, this begins anew and counts none of them.
  erase: (party) =>
    inTransaction(
      pool,
      async (client) => {
        const { rows } = await client.query<{ mine: string }>(LEFT_OF, [party]);
        await client.query("select didym.erase_documents()");
        return Number(rows[0]?.mine ?? 0);
      },
      { open: SNAPSHOT },
    ),
});
