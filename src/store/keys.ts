import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type pg from "pg";
import type { Keys } from "../app/core/ports.ts";
import { didKeyOf } from "../certify/index.ts";

/** Signing keys of the parties, in the database. The private part never leaves this file. */
export function postgresKeys(pool: pg.Pool): Keys {
  const known = new Map<string, KeyObject>();
  const keyOf = async (party: string): Promise<KeyObject> => {
    const key = known.get(party) ?? (await load(pool, party)) ?? (await make(pool, party));
    known.set(party, key);
    return key;
  };
  return {
    issuerOf: async (party) => didKeyOf(rawPublicKey(await keyOf(party))),
    sign: async (party, message) => new Uint8Array(sign(null, message, await keyOf(party))),
  };
}

async function load(pool: pg.Pool, party: string): Promise<KeyObject | undefined> {
  const { rows } = await pool.query<{ private_key: Buffer }>(
    "select private_key from didym.secret where party = $1",
    [party],
  );
  return rows[0] && createPrivateKey({ key: rows[0].private_key, format: "der", type: "pkcs8" });
}

/** Makes a party's key at first use; when two processes do so at once, the first to write wins and both use it. */
async function make(pool: pg.Pool, party: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync("ed25519");
  await pool.query("insert into didym.secret (party, private_key) values ($1, $2) on conflict do nothing", [
    party,
    privateKey.export({ format: "der", type: "pkcs8" }),
  ]);
  const key = await load(pool, party);
  if (!key) throw new Error(`the key of ${party} is missing`);
  return key;
}

/** The 32 bytes of an Ed25519 public key: the end of its SubjectPublicKeyInfo (RFC 8410, section 4). */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return new Uint8Array(spki.subarray(spki.length - 32));
}

/** The did:key of every key that is kept, by party; undefined where what is kept is no Ed25519 key. */
export async function keysKept(client: pg.PoolClient): Promise<ReadonlyMap<string, string | undefined>> {
  const { rows } = await client.query<{ party: string; private_key: Buffer }>(
    "select party, private_key from didym.secret order by party",
  );
  return new Map(rows.map(({ party, private_key }) => [party, didOf(private_key)]));
}

function didOf(der: Buffer): string | undefined {
  try {
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? didKeyOf(rawPublicKey(key)) : undefined;
  } catch {
    // Bytes that are no key are a finding of the audit, not a fault of ours.
    return undefined;
  }
}
