import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { freshPool } from "../../test/support/database.ts";
import { publicKeyOf } from "../certify/index.ts";
import { postgresKeys } from "./keys.ts";

/** DER of an Ed25519 SubjectPublicKeyInfo before its 32 bytes (RFC 8410, section 10.1). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

test("P60: a party's key is made once, however many ask at once, and stays", async () => {
  const pool = await freshPool();
  const issuers = await Promise.all(
    Array.from({ length: 12 }, () => postgresKeys(pool).issuerOf("sample-refiner")),
  );
  assert.equal(new Set(issuers).size, 1);
  assert.match(issuers[0] ?? "", /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);
  assert.equal(await postgresKeys(pool).issuerOf("sample-refiner"), issuers[0]);
  assert.notEqual(await postgresKeys(pool).issuerOf("sample-recycler"), issuers[0]);
});

test("P60: one who did not see the key that was just made takes it, and leaves it as it is", async () => {
  const pool = await freshPool();
  const issuer = await postgresKeys(pool).issuerOf("sample-refiner");
  let blind = true;
  const late = new Proxy(pool, {
    get: (target, name) => {
      if (name !== "query" || !blind) return Reflect.get(target, name).bind?.(target);
      blind = false;
      return async () => ({ rows: [] });
    },
  });
  assert.equal(await postgresKeys(late).issuerOf("sample-refiner"), issuer);
  assert.equal(blind, false);
  assert.equal(await postgresKeys(pool).issuerOf("sample-refiner"), issuer);
});

test("P60: what is signed is verified by the key its did:key names", async () => {
  const keys = postgresKeys(await freshPool());
  const message = new TextEncoder().encode("a drum of oxide");
  const [issuer, signature] = [
    await keys.issuerOf("sample-refiner"),
    await keys.sign("sample-refiner", message),
  ];
  const raw = publicKeyOf(issuer);
  assert.ok(raw);
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  assert.equal(signature.length, 64);
  assert.ok(verify(null, message, key, signature));
  assert.ok(!verify(null, new TextEncoder().encode("two drums"), key, signature));
});

test("P60: a database that could not be asked is asked again", async () => {
  const pool = await freshPool();
  const keys = postgresKeys(pool);
  await pool.query("alter table didym.secret rename to hidden");
  await assert.rejects(keys.issuerOf("sample-refiner"));
  await pool.query("alter table didym.hidden rename to secret");
  assert.match(await keys.issuerOf("sample-refiner"), /^did:key:/);
});
