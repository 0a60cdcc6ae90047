import type pg from "pg";

/** What stands before the 32 bytes of an Ed25519 secret key in its PKCS #8 form (RFC 8410, section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Keeps the keys of who signed passports on books that were told with keys from elsewhere: an audit asks for them. */
export async function keepKeys(pool: pg.Pool, secretOf: (party: string) => Uint8Array): Promise<void> {
  const { rows } = await pool.query<{ party: string }>(
    "select distinct body::jsonb->>'issued_by' as party from didym.entry where kind = 'passport_issued'",
  );
  for (const { party } of rows)
    await pool.query("insert into didym.secret (party, private_key) values ($1, $2)", [
      ...[party, Buffer.concat([PKCS8, secretOf(party)])],
    ]);
}
