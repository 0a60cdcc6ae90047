import type pg from "pg";
import type { DirectoriesBeside } from "../../app/core/directories.ts";

interface Row {
  readonly digest: string;
  readonly client: string;
  readonly until: Date;
  readonly sealed: string;
}

/** What is kept of directories, in tables beside the books. */
export const postgresDirectories = (pool: Pick<pg.Pool, "query">): DirectoriesBeside => {
  const linked = async (digest: string) => {
    const { rows } = await pool.query<{ person: string }>(
      "select person from didym.directory_person where digest = $1",
      [digest],
    );
    return rows[0]?.person;
  };
  return {
    async keepSecret(party, sealed) {
      await pool.query(
        `insert into didym.directory_secret (party, sealed) values ($1, $2)
         on conflict (party) do update set sealed = $2`,
        [party, sealed],
      );
    },
    async secretOf(party) {
      const { rows } = await pool.query<{ sealed: string }>(
        "select sealed from didym.directory_secret where party = $1",
        [party],
      );
      return rows[0]?.sealed;
    },
    async forgetSecret(party) {
      await pool.query("delete from didym.directory_secret where party = $1", [party]);
    },
    linked,
    async link(digest, person) {
      await pool.query(
        "insert into didym.directory_person (digest, person) values ($1, $2) on conflict do nothing",
        [digest, person],
      );
      return (await linked(digest)) ?? person;
    },
    ...vouchedOn(pool),
  };
};

type Vouching = Pick<DirectoriesBeside, "vouch" | "vouched" | "takeTurn" | "endTurn">;

const vouchedOn = (pool: Pick<pg.Pool, "query">): Vouching => ({
  async vouch({ digest, client, until, sealed }) {
    // Of a session that was ended meanwhile nothing is kept.
    await pool.query(
      `insert into didym.directory_session (digest, client, until, sealed)
       select $1, $2, $3, $4 where exists (select from didym.session where digest = $1 for key share)
       on conflict (digest) do update set client = $2, until = $3, sealed = $4, turn_until = null`,
      [digest, client, until, sealed],
    );
  },
  async vouched(digest) {
    const { rows } = await pool.query<Row>(
      "select digest, client, until, sealed from didym.directory_session where digest = $1",
      [digest],
    );
    return rows[0] && { ...rows[0], until: rows[0].until.toISOString() };
  },
  async takeTurn(digest, { now, until }) {
    const { rowCount } = await pool.query(
      `update didym.directory_session set turn_until = $3
       where digest = $1 and (turn_until is null or turn_until <= $2)`,
      [digest, now, until],
    );
    return rowCount === 1;
  },
  async endTurn(digest) {
    await pool.query("update didym.directory_session set turn_until = null where digest = $1", [digest]);
  },
});
