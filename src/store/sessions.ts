import type pg from "pg";
import type { Session, Sessions } from "../app/core/ports.ts";

const LISTED_MAX = 1000;

interface Row {
  readonly digest: string;
  readonly person: string;
  readonly until: Date;
  readonly began_at: Date;
  readonly seen_at: Date;
  readonly device: string;
}

const sessionOf = ({ until, began_at, seen_at, ...rest }: Row): Session => ({
  ...rest,
  until: until.toISOString(),
  began_at: began_at.toISOString(),
  seen_at: seen_at.toISOString(),
});

const COLUMNS = "digest, person, until, began_at, seen_at, device";

/** Sessions in a table beside the books: every server knows them, no backup keeps them. */
export const postgresSessions = (pool: Pick<pg.Pool, "query">): Sessions => ({
  async start({ digest, person, until, began_at, seen_at, device }) {
    await pool.query("delete from didym.session where until < now()");
    await pool.query(`insert into didym.session (${COLUMNS}) values ($1, $2, $3, $4, $5, $6)`, [
      ...[digest, person, until, began_at, seen_at, device],
    ]);
  },
  async find(digest) {
    const { rows } = await pool.query<Row>(`select ${COLUMNS} from didym.session where digest = $1`, [
      digest,
    ]);
    return rows[0] && sessionOf(rows[0]);
  },
  async seen(digest, at) {
    await pool.query("update didym.session set seen_at = $2 where digest = $1 and seen_at < $2", [
      ...[digest, at],
    ]);
  },
  async list(persons) {
    const { rows } = await pool.query<Row>(
      `select ${COLUMNS} from didym.session where $1::text[] is null or person = any($1)
       order by began_at desc, digest limit ${LISTED_MAX}`,
      [persons ?? null],
    );
    return rows.map(sessionOf);
  },
  async end(digest) {
    await pool.query("delete from didym.session where digest = $1", [digest]);
  },
  async endOf(person) {
    await pool.query("delete from didym.session where person = $1", [person]);
  },
});

/** For tests and small programmes. */
export function memorySessions(): Sessions {
  const all = new Map<string, Session>();
  return {
    start: async (session) => void all.set(session.digest, session),
    find: async (digest) => all.get(digest),
    async seen(digest, at) {
      const session = all.get(digest);
      if (session && session.seen_at < at) all.set(digest, { ...session, seen_at: at });
    },
    list: async (persons) =>
      [...all.values()]
        .filter(({ person }) => persons === undefined || persons.includes(person))
        .sort((a, b) => (a.began_at < b.began_at ? 1 : -1))
        .slice(0, LISTED_MAX),
    end: async (digest) => void all.delete(digest),
    async endOf(person) {
      for (const [digest, session] of all) if (session.person === person) all.delete(digest);
    },
  };
}
