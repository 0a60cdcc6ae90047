import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import crypto, { createHash } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sha256 } from "@noble/hashes/sha2.js";
import { freshPool } from "../../test/support/database.ts";
import { ownSeal } from "../../test/support/sealing.ts";
import { keyNamed } from "../certify/index.ts";
import { hashWith, sha256Hex } from "../quantity/index.ts";
import { decrypted, encrypterTo, newIdentity } from "../store/age.ts";
import { postgresKeys } from "../store/keys.ts";
import { type Module, requireFips } from "./fips.ts";
import { CannotStart, readFlags } from "./flags.ts";

after(() => hashWith(sha256));

const PROGRAM = fileURLToPath(new URL("./didym.ts", import.meta.url));
const SERVER = fileURLToPath(new URL("./serve.ts", import.meta.url));

/** A module as it would answer where a validated one does the work. */
const validated: Module = {
  switchOn() {},
  isOn: () => true,
  digests(name) {
    if (name === "md5") throw new Error("unsupported");
    return createHash(name).update("").digest().length > 0;
  },
};

test("Z57: without a validated module nothing starts: one sentence, exit 1", () => {
  const env = { ...process.env, OPENSSL_CONF: "", OPENSSL_MODULES: "", DIDYM_FIPS: "" };
  const runs = [
    spawnSync(process.execPath, [SERVER, "--fips", "--port", "0"], { env, encoding: "utf8" }),
    spawnSync(process.execPath, [PROGRAM, "trust", "duties"], {
      ...{ env: { ...env, DIDYM_FIPS: "yes" }, encoding: "utf8" },
    }),
  ];
  for (const { status, stdout, stderr } of runs) {
    assert.equal(status, 1, stderr);
    assert.match(stderr, /^didym: --fips: .* brings no validated module: .*\n$/);
    assert.equal(stdout, "");
  }
});

test("Z57: a mode that is on with no provider, or beside another, is not taken for one", () => {
  const refusing = (change: Partial<Module>) => () => requireFips({ ...validated, ...change }, {});
  const no = () => {
    throw new Error("unsupported");
  };
  assert.throws(refusing({ switchOn: no }), /cannot be switched on/);
  assert.throws(refusing({ isOn: () => false }), /is not on/);
  assert.throws(refusing({ digests: no }), /no FIPS provider is loaded/);
  assert.throws(refusing({ digests: () => true }), /MD5 is still done/);
  assert.throws(() => requireFips(validated, { DIDYM_PASSPHRASE: "s3cret" }), /scrypt.*not approved/);
});

test("Z58: where it starts, hashing is the module's, to the same digests", () => {
  const before = sha256Hex("didym");
  let asked = 0;
  requireFips(validated, {});
  assert.equal(sha256Hex("didym"), before);
  hashWith((bytes) => {
    asked++;
    return sha256(bytes);
  });
  assert.equal(sha256Hex("didym"), before);
  assert.equal(asked, 1, "every digest goes the one way");
});

test("Z58: with the mode on no file of age is made or opened, and keys are of P-256 where nothing else is said", async (t) => {
  const { recipient, identity } = await newIdentity();
  const encrypt = encrypterTo([recipient]);
  assert.ok(encrypt.ok);
  const sealed = await encrypt.value(Readable.from([Buffer.from("books")]));
  const keys = postgresKeys(await freshPool(), ownSeal());
  t.mock.method(crypto, "getFips", () => 1);
  syncBuiltinESMExports();
  try {
    const said = [encrypterTo([recipient]), await decrypted(sealed, [identity])];
    assert.deepEqual(
      said.map((one) => (one.ok ? "done" : one.refusal.code)),
      ["not_approved", "not_approved"],
    );
    const made = [await keys.make("r"), await keys.make("r", "Ed25519")];
    assert.deepEqual(
      made.map((one) => one.ok && keyNamed(one.value)?.algorithm),
      ["P-256", "Ed25519"],
    );
  } finally {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  }
  for (const given of [["--fips"], []]) {
    const flags = [...given, "--backup-to", "kept", "--backup-recipient", recipient];
    const read = () => readFlags(flags, given.length > 0 ? {} : { DIDYM_FIPS: "yes" });
    assert.throws(
      read,
      (cause) => cause instanceof CannotStart && /age are not approved/.test(cause.message),
    );
  }
  assert.equal(readFlags(["--fips"], {}).fips, true);
  assert.equal(readFlags([], {}).fips, false);
});
