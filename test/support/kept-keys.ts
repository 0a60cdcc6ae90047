import type pg from "pg";

/**
 * Keeps the names of the keys that signed passports on books that were told with keys from elsewhere: an audit asks for them, and
 * nothing here signs with them.
 */
export async function keepKeys(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into didym.secret (party, key, sealed)
     select distinct body::jsonb->>'issued_by', body::jsonb->>'signed_by', 'kept elsewhere'
     from didym.entry where kind = 'passport_issued' and body::jsonb ? 'signed_by'
     on conflict do nothing`,
  );
}
