import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  getFips,
  type KeyObject,
  sign as signWith,
} from "node:crypto";
import { promisify } from "node:util";
import type pg from "pg";
import type { HeldKey, KeySeal, Keys, KeysRefusal } from "../app/core/keys.ts";
import { didKeyOf, keyNamed, type SignatureAlgorithm } from "../certify/index.ts";
import { assert, done, type Result, refuse } from "../quantity/index.ts";
import { withLowerS } from "./lower-s.ts";
import { inTransaction } from "./transaction.ts";

/** Makers take turns with each other, and with who tells of a birth. */
const UNDER_LOCK = "begin; select seq from didym.head for update";

/** A connection or the pool, whichever is at hand. */
type Asked = Pick<pg.Pool, "query">;

/** Signing keys of the parties, sealed in the database. The private part never leaves this file but sealed, or in an encrypted backup. */
export function postgresKeys(pool: pg.Pool, seal: KeySeal): Keys {
  const opened = new Map<string, KeyObject>();
  return {
    held: (party) => heldBy(pool, party),

    async make(party, as = usual()) {
      const key = await inTransaction(pool, (client) => unborn(client, seal, { party, as }), {
        open: UNDER_LOCK,
      });
      return (await open(pool, seal, key)).ok ? done(key) : locked(key);
    },

    async sign(key, message) {
      const known = opened.get(key);
      const found = known ? done(known) : await open(pool, seal, key);
      if (!found.ok) return found;
      opened.set(key, found.value);
      return done(signatureOf(message, found.value));
    },
  };
}

async function heldBy(pool: Asked, party: string): Promise<HeldKey[]> {
  const { rows } = await pool.query<HeldKey>(
    "select key, adopted from didym.secret where party = $1 order by nth",
    [party],
  );
  return rows;
}

/** On a validated module what every such module signs with; else what most verifiers know. */
const usual = (): SignatureAlgorithm => (getFips() === 1 ? "P-256" : "Ed25519");

interface Unborn {
  readonly party: string;
  readonly as: SignatureAlgorithm;
}

/** The newest key of its kind that no entry tells of, made where there is none; those who ask at once get the same one. */
async function unborn(client: pg.PoolClient, seal: KeySeal, { party, as }: Unborn): Promise<string> {
  const { rows } = await client.query<{ key: string }>(
    `select key from didym.secret where party = $1 and not adopted and not exists
       (select 1 from didym.record where collection = 'signing_key' and id = key)
     order by nth desc`,
    [party],
  );
  const before = rows.find(({ key }) => keyNamed(key)?.algorithm === as);
  if (before) return before.key;
  const { privateKey } = await newPair(as);
  return (await keepSecret(client, seal, { party, privateKey, adopted: false })).key;
}

const newPair = (as: SignatureAlgorithm) =>
  as === "P-256"
    ? promisify(generateKeyPair)("ec", { namedCurve: "prime256v1" })
    : promisify(generateKeyPair)("ed25519");

/** Of P-256 r and s, of which the lower s is taken: with it the other one would hold as well. */
function signatureOf(message: Uint8Array, key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === "ed25519") return new Uint8Array(signWith(null, message, key));
  return withLowerS(new Uint8Array(signWith("sha256", message, { key, dsaEncoding: "ieee-p1363" })));
}

interface Secret {
  readonly party: string;
  readonly privateKey: KeyObject;
  readonly adopted: boolean;
}

/** Seals a secret and keeps it; answers its did:key. One that is there is left as it is. */
export async function keepSecret(
  client: Asked,
  seal: KeySeal,
  { party, privateKey, adopted }: Secret,
): Promise<{ readonly key: string; readonly is_new: boolean }> {
  const key = didOfPair(privateKey);
  const sealed = await seal.seal(derOf(privateKey), placeOf(party, key));
  const { rowCount } = await client.query(
    "insert into didym.secret (key, party, sealed, adopted) values ($1, $2, $3, $4) on conflict do nothing",
    [key, party, sealed, adopted],
  );
  return { key, is_new: rowCount === 1 };
}

/** Seals what an earlier release kept in the clear, once, when the books are opened. */
export async function sealPlainKeys(pool: pg.Pool, seal: KeySeal): Promise<number> {
  const asked = await pool.query("select 1 from didym.secret where private_key is not null limit 1");
  if (asked.rows.length === 0) return 0;
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ party: string; private_key: Buffer }>(
      "delete from didym.secret where private_key is not null returning party, private_key",
    );
    for (const { party, private_key } of rows)
      await keepSecret(client, seal, { party, privateKey: privateKeyOf(private_key), adopted: true });
    return rows.length;
  });
}

interface SealedRow {
  readonly party: string;
  readonly sealed: string;
}

async function open(pool: Asked, seal: KeySeal, key: string): Promise<Result<KeyObject, KeysRefusal>> {
  const { rows } = await pool.query<SealedRow>("select party, sealed from didym.secret where key = $1", [
    key,
  ]);
  const row = rows[0];
  if (!row) return refuse("keys_absent", "key", `the secret of ${key} is not kept here`);
  const der = await seal.open(row.sealed, placeOf(row.party, key));
  const secret = der && privateKeyOf(der);
  // A secret under another's name would sign what nobody can verify.
  return secret && didOfPair(secret) === key ? done(secret) : locked(key);
}

const locked = (key: string) =>
  refuse(
    "keys_locked",
    "key",
    `${key} cannot be opened: it is sealed under another key file or passphrase, or was changed; say which by DIDYM_KEY_FILE or DIDYM_PASSPHRASE`,
  );

export interface OpenedSecret {
  readonly party: string;
  readonly key: string;
  readonly adopted: boolean;
  readonly der: Uint8Array;
}

/** Every secret in the clear, for a backup that is encrypted on its way; the first that cannot be opened ends it. */
export async function* everySecret(
  client: Asked,
  seal: KeySeal,
): AsyncGenerator<Result<OpenedSecret, KeysRefusal>> {
  const { rows } = await client.query<SealedRow & HeldKey>(
    "select key, party, sealed, adopted from didym.secret order by nth",
  );
  for (const { key, party, sealed, adopted } of rows) {
    const der = await seal.open(sealed, placeOf(party, key));
    yield der ? done({ key, party, adopted, der }) : locked(key);
  }
}

const placeOf = (party: string, key: string): string => `${party} ${key}`;

const derOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: "der", type: "pkcs8" }));

export const privateKeyOf = (der: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });

/** The public key is the end of its SubjectPublicKeyInfo: 32 bytes of Ed25519 (RFC 8410), of P-256 two coordinates (RFC 5480). */
function didOfPair(key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  if (key.asymmetricKeyType === "ed25519") return didKeyOf(new Uint8Array(spki.subarray(-32)));
  assert(key.asymmetricKeyDetails?.namedCurve === "prime256v1", "a signing key is of Ed25519 or P-256");
  // The point compressed: one coordinate, and whether the other is odd.
  return didKeyOf(Uint8Array.from([2 + ((spki.at(-1) ?? 0) & 1), ...spki.subarray(-64, -32)]), "P-256");
}

/** A key that is kept, of whom; its did:key is undefined where what is kept is no signing key. */
export interface KeptKey {
  readonly party: string;
  readonly did: string | undefined;
}

/** Every key that is kept, as it is named: what is sealed is opened by who signs, not by who looks. */
export async function keysKept(client: Asked): Promise<readonly KeptKey[]> {
  const { rows } = await client.query<{ party: string; key: string | null; private_key: Buffer | null }>(
    "select party, key, private_key from didym.secret order by party, nth",
  );
  return rows.map(({ party, key, private_key }) => ({
    party,
    did: private_key === null ? namedKey(key) : didOf(private_key),
  }));
}

const namedKey = (key: string | null): string | undefined =>
  key !== null && /^did:key:z[1-9A-HJ-NP-Za-km-z]{40,}$/.test(key) ? key : undefined;

function didOf(der: Buffer): string | undefined {
  try {
    const key = privateKeyOf(der);
    return key.asymmetricKeyType === "ed25519" ? didOfPair(key) : undefined;
  } catch {
    // Bytes that are no key are a finding of the audit, not a fault of ours.
    return undefined;
  }
}
