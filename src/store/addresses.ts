import type pg from "pg";
import type { Ports } from "../app/core/ports.ts";

/** Addresses of people as their profiles hold them; nobody's where this database has no profiles. */
export const addressesOn =
  (pool: Pick<pg.Pool, "query">): NonNullable<Ports["addressOf"]> =>
  async (person) => {
    const { rows: there } = await pool.query<{ is: boolean }>(
      "select to_regclass('didym.profile') is not null as is",
    );
    if (!there[0]?.is) return undefined;
    const { rows } = await pool.query<{ mail: string | null }>(
      "select mail from didym.profile where person = $1",
      [person],
    );
    return rows[0]?.mail ?? undefined;
  };
