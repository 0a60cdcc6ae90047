import type pg from "pg";
import type { Ports } from "../app/core/ports.ts";

/** Erases in the database, by the function that its owner keeps: who serves deletes no document itself (P114). */
export const erasedOn = (pool: pg.Pool): NonNullable<Ports["documents"]> => ({
  async erase() {
    const { rows } = await pool.query<{ gone: string }>("select didym.erase_documents() as gone");
    return Number(rows[0]?.gone ?? 0);
  },
});
