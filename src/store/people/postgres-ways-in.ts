import type pg from "pg";
import type { Passkey, Password, WaysIn } from "../../app/core/people-beside.ts";

interface PasskeyRow extends Omit<Passkey, "sign_count" | "made_at" | "used_at"> {
  /** A bigint, which the driver gives as text. */
  readonly sign_count: string;
  readonly made_at: Date;
  readonly used_at: Date | null;
}

const passkeyOf = ({ sign_count, made_at, used_at, ...rest }: PasskeyRow): Passkey => ({
  ...{ ...rest, sign_count: Number(sign_count), made_at: made_at.toISOString() },
  ...(used_at === null ? {} : { used_at: used_at.toISOString() }),
});

interface PasswordRow extends Omit<Password, "step" | "made_at"> {
  readonly step: string;
  readonly made_at: Date;
}

const passwordOf = ({ step, made_at, ...rest }: PasswordRow): Password => ({
  ...{ ...rest, step: Number(step), made_at: made_at.toISOString() },
});

const PASSKEY = "id, person, public_key, sign_count, transports, made_under, device, made_at, used_at";
const PASSWORD = "person, login, hash, totp, step, recovery, made_at";

/** unique_violation (PostgreSQL appendix A). */
const TAKEN = "23505";

type Pool = Pick<pg.Pool, "query">;

/** Ways in, in tables beside the books. What is used once is used by one statement, so that one of several at once uses it. */
export const postgresWaysIn = (pool: Pool): WaysIn => ({
  async any() {
    const { rows } = await pool.query<{ any: boolean }>(
      "select exists (select from didym.passkey) or exists (select from didym.password) as any",
    );
    return rows[0]?.any === true;
  },
  ...passkeysOn(pool),
  ...passwordsOn(pool),
  async endOf(person) {
    await pool.query(
      "with ended as (delete from didym.passkey where person = $1) delete from didym.password where person = $1",
      [person],
    );
  },
});

const changing = (pool: Pool) => async (sql: string, values: readonly unknown[]) =>
  ((await pool.query(sql, [...values])).rowCount ?? 0) > 0;

type PasskeyWays = Pick<WaysIn, "addPasskey" | "passkey" | "passkeysOf" | "passkeyUsed" | "endPasskey">;

function passkeysOn(pool: Pool): PasskeyWays {
  const passkeys = async (where: "id" | "person", value: string) => {
    const { rows } = await pool.query<PasskeyRow>(
      `select ${PASSKEY} from didym.passkey where ${where} = $1 order by made_at, id`,
      [value],
    );
    return rows.map(passkeyOf);
  };
  return {
    async addPasskey({ id, person, public_key, sign_count, transports, made_under, device, made_at }) {
      await pool.query(
        `insert into didym.passkey (${PASSKEY}) values ($1, $2, $3, $4, $5, $6, $7, $8, null)`,
        [id, person, Buffer.from(public_key), sign_count, [...transports], made_under, device, made_at],
      );
    },
    passkey: async (id) => (await passkeys("id", id))[0],
    passkeysOf: (person) => passkeys("person", person),
    passkeyUsed: (id, { sign_count, at }) =>
      changing(pool)(
        `update didym.passkey set sign_count = $2, used_at = $3
         where id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0))`,
        [id, sign_count, at],
      ),
    async endPasskey(person, id) {
      await pool.query("delete from didym.passkey where person = $1 and id = $2", [person, id]);
    },
  };
}

function passwordsOn(pool: Pool): Omit<WaysIn, keyof PasskeyWays | "any" | "endOf"> {
  const changed = changing(pool);
  const password = async (where: "login" | "person", value: string) => {
    const { rows } = await pool.query<PasswordRow>(
      `select ${PASSWORD} from didym.password where ${where} = $1`,
      [value],
    );
    return rows[0] && passwordOf(rows[0]);
  };
  return {
    passwordOf: (person) => password("person", person),
    passwordBy: (login) => password("login", login),
    async setPassword({ person, login, hash, totp, step, recovery, made_at }) {
      try {
        await pool.query(
          `insert into didym.password (${PASSWORD}) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (person) do update set login = $2, hash = $3, totp = $4, step = $5, recovery = $6, made_at = $7`,
          [person, login, hash, totp, step, [...recovery], made_at],
        );
        return true;
      } catch (cause) {
        if ((cause as { code?: string }).code === TAKEN) return false;
        throw cause;
      }
    },
    async endPassword(person) {
      await pool.query("delete from didym.password where person = $1", [person]);
    },
    takeStep: (person, step) =>
      changed("update didym.password set step = $2 where person = $1 and step < $2", [person, step]),
    takeRecovery: (person, digest) =>
      changed(
        `update didym.password set recovery = array_remove(recovery, $2)
         where person = $1 and $2 = any(recovery)`,
        [person, digest],
      ),
    async setRecovery(person, digests) {
      await pool.query("update didym.password set recovery = $2 where person = $1", [person, [...digests]]);
    },
  };
}
