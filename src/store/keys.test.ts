import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { test } from "node:test";
import { freshPool } from "../../test/support/database.ts";
import { ownSeal } from "../../test/support/sealing.ts";
import { publicKeyOf } from "../certify/index.ts";
import type { Refusal, Result } from "../quantity/index.ts";
import { keysKept, postgresKeys, sealPlainKeys } from "./keys.ts";

/** DER of an Ed25519 SubjectPublicKeyInfo before its 32 bytes (RFC 8410, section 10.1). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const MESSAGE = new TextEncoder().encode("a drum of oxide");

const madeOf = <T>(result: Result<T, Refusal>): T => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
const codeOf = (result: Result<unknown, Refusal>) => (result.ok ? "done" : result.refusal.code);

function isSignedBy(key: string, signature: Uint8Array, message = MESSAGE): boolean {
  const raw = publicKeyOf(key);
  assert.ok(raw);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  return verify(null, message, publicKey, signature);
}

test("P60: a key that was made and never told of is made once, however many ask at once; each party has its own", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const made = await Promise.all(
    Array.from({ length: 12 }, async () => madeOf(await postgresKeys(pool, seal).make("sample-refiner"))),
  );
  assert.equal(new Set(made).size, 1);
  assert.match(made[0] ?? "", /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);
  assert.notEqual(madeOf(await postgresKeys(pool, seal).make("sample-recycler")), made[0]);
  const told = "insert into didym.record (collection, id, seq, body) values ('signing_key', $1, 1, '{}')";
  await pool.query(told, [made[0]]);
  const next = madeOf(await postgresKeys(pool, seal).make("sample-refiner"));
  const held = await postgresKeys(pool, seal).held("sample-refiner");
  assert.deepEqual(
    held.map(({ key }) => key),
    [made[0], next],
  );
});

test("P60: what is signed is verified by the key its did:key names, also after a restart", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const key = madeOf(await postgresKeys(pool, seal).make("sample-refiner"));
  const signature = madeOf(await postgresKeys(pool, seal).sign(key, MESSAGE));
  assert.ok(isSignedBy(key, signature));
  assert.ok(!isSignedBy(key, signature, new TextEncoder().encode("two drums")));
  assert.equal(codeOf(await postgresKeys(pool, seal).sign("did:key:zNobody", MESSAGE)), "keys_absent");
});

/** DER of a SubjectPublicKeyInfo of P-256 before its compressed point (RFC 5480). */
const SPKI_P256 = Buffer.from("3039301306072a8648ce3d020106082a8648ce3d030107032200", "hex");

test("Z55 Z56: a key of P-256 is made where it is asked for, signs with the lower s, and stands beside the one of Ed25519", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const keys = postgresKeys(pool, seal);
  const [edwards, key] = [madeOf(await keys.make("r")), madeOf(await keys.make("r", "P-256"))];
  assert.match(key, /^did:key:zDn[1-9A-HJ-NP-Za-km-z]{46}$/);
  assert.deepEqual([madeOf(await keys.make("r", "P-256")), madeOf(await keys.make("r"))], [key, edwards]);
  const der = Buffer.concat([SPKI_P256, publicKeyOf(key) ?? Buffer.alloc(0)]);
  const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
  for (let i = 0; i < 40; i++) {
    const signature = madeOf(await postgresKeys(pool, seal).sign(key, MESSAGE));
    assert.equal(signature.length, 64);
    assert.ok(verify("sha256", MESSAGE, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature));
    assert.ok((signature[32] ?? 255) < 0x80, "the lower s");
  }
  assert.ok(isSignedBy(edwards, madeOf(await keys.sign(edwards, MESSAGE))));
  assert.deepEqual(
    (await keysKept(pool)).map(({ did }) => did),
    [edwards, key],
  );
});

test("P60: a database that could not be asked is asked again", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const keys = postgresKeys(pool, seal);
  const key = madeOf(await keys.make("sample-refiner"));
  await pool.query("alter table didym.secret rename to hidden");
  const late = postgresKeys(pool, seal);
  await assert.rejects(late.sign(key, MESSAGE));
  await pool.query("alter table didym.hidden rename to secret");
  assert.ok(isSignedBy(key, madeOf(await late.sign(key, MESSAGE))));
});

test("P61: what stands in the database signs nothing without the key file, and a secret in another's place signs nothing", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const [mine, other] = [
    madeOf(await postgresKeys(pool, seal).make("mine")),
    madeOf(await postgresKeys(pool, seal).make("other")),
  ];
  const { rows } = await pool.query<{ private_key: unknown }>("select private_key from didym.secret");
  assert.ok(rows.every(({ private_key }) => private_key === null));
  assert.equal(codeOf(await postgresKeys(pool, ownSeal()).sign(mine, MESSAGE)), "keys_locked");
  await pool.query(
    "update didym.secret set sealed = (select sealed from didym.secret where key = $1) where key = $2",
    [other, mine],
  );
  assert.equal(codeOf(await postgresKeys(pool, seal).sign(mine, MESSAGE)), "keys_locked");
  assert.ok(isSignedBy(other, madeOf(await postgresKeys(pool, seal).sign(other, MESSAGE))));
});

test("P61: keys that an earlier release kept in the clear are sealed once, and sign as they did", async () => {
  const [pool, seal] = [await freshPool(), ownSeal()];
  const { privateKey } = generateKeyPairSync("ed25519");
  const der = privateKey.export({ format: "der", type: "pkcs8" });
  await pool.query("insert into didym.secret (party, private_key) values ('old', $1)", [der]);
  const sealed = await Promise.all([sealPlainKeys(pool, seal), sealPlainKeys(pool, seal)]);
  assert.deepEqual(sealed.sort(), [0, 1]);
  const [held] = await postgresKeys(pool, seal).held("old");
  assert.ok(held?.adopted);
  const jwk = privateKey.export({ format: "jwk" });
  assert.deepEqual(Buffer.from(publicKeyOf(held.key) ?? []).toString("base64url"), jwk.x);
  assert.ok(isSignedBy(held.key, madeOf(await postgresKeys(pool, seal).sign(held.key, MESSAGE))));
  const { rows } = await pool.query("select 1 from didym.secret where private_key is not null");
  assert.equal(rows.length, 0);
  // The key that was in use is not given out as the next one.
  assert.notEqual(madeOf(await postgresKeys(pool, seal).make("old")), held.key);
});
