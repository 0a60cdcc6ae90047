import type pg from "pg";
import type { Session, Sessions } from "../app/core/ports.ts";

/** Sessions in a table beside the books: every server knows them, no backup keeps them. */
export const postgresSessions = (pool: Pick<pg.Pool, "query">): Sessions => ({
  async start({ digest, person, until }) {
    await pool.query("delete from didym.session where until < now()");
    await pool.query("insert into didym.session (digest, person, until) values ($1, $2, $3)", [
      ...[digest, person, until],
    ]);
  },
  async find(digest) {
    const { rows } = await pool.query<{ person: string; until: Date }>(
      "select person, until from didym.session where digest = $1",
      [digest],
    );
    const row = rows[0];
    return row && { digest, person: row.person, until: row.until.toISOString() };
  },
  async end(digest) {
    await pool.query("delete from didym.session where digest = $1", [digest]);
  },
});

/** For tests and small programmes. */
export function memorySessions(): Sessions {
  const all = new Map<string, Session>();
  return {
    start: async (session) => void all.set(session.digest, session),
    find: async (digest) => all.get(digest),
    end: async (digest) => void all.delete(digest),
  };
}
