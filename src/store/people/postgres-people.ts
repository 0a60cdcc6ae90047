import type pg from "pg";
import type { KeySeal } from "../../app/core/keys.ts";
import type { Challenge, Challenges, PeopleBeside, Profiles } from "../../app/core/people-beside.ts";
import { postgresWaysIn } from "./postgres-ways-in.ts";

type Pool = Pick<pg.Pool, "query">;

/** What is known of people beside the books, in the same database. */
export const postgresPeople = (pool: Pool, seal: KeySeal): PeopleBeside => ({
  ways: postgresWaysIn(pool),
  profiles: postgresProfiles(pool),
  challenges: postgresChallenges(pool),
  seal,
});

const postgresProfiles = (pool: Pool): Profiles => ({
  async keep({ person, name, mail }) {
    await pool.query(
      `insert into didym.profile (person, name, mail) values ($1, $2, $3)
       on conflict (person) do update set name = $2, mail = $3`,
      [person, name, mail ?? null],
    );
  },
  async of(persons) {
    const { rows } = await pool.query<{ person: string; name: string; mail: string | null }>(
      "select person, name, mail from didym.profile where person = any($1) order by person",
      [[...persons]],
    );
    return rows.map(({ person, name, mail }) => ({ person, name, ...(mail === null ? {} : { mail }) }));
  },
  async erase(person) {
    await pool.query("delete from didym.profile where person = $1", [person]);
  },
});

interface Row extends Omit<Challenge, "until"> {
  readonly until: Date;
}

const HELD = "purpose = $2 and until > $3";

function postgresChallenges(pool: Pool): Challenges {
  const first = async (sql: string, { digest, purpose, now }: Parameters<Challenges["find"]>[0]) => {
    const { rows } = await pool.query<Row>(sql, [digest, purpose, now]);
    const row = rows.find((one) => one.digest === digest);
    return row && { ...row, until: row.until.toISOString() };
  };
  return {
    async keep({ digest, purpose, body, until }) {
      await pool.query("delete from didym.challenge where until < now() - interval '1 hour'");
      await pool.query("insert into didym.challenge (digest, purpose, body, until) values ($1, $2, $3, $4)", [
        digest,
        purpose,
        JSON.stringify(body),
        until,
      ]);
    },
    find: (sought) => first(`select * from didym.challenge where digest = $1 and ${HELD}`, sought),
    take: (sought) => first(`delete from didym.challenge where digest = $1 and ${HELD} returning *`, sought),
    // Rows that another takes at the same moment are waited for, and then gone.
    takeAll: (sought) =>
      first(
        `delete from didym.challenge where purpose = $2 and
         exists (select from didym.challenge where digest = $1 and ${HELD}) returning *`,
        sought,
      ),
  };
}
