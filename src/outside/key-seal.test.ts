import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { keySeal } from "./key-seal.ts";

const SECRET = new Uint8Array(Array.from({ length: 48 }, (_, i) => i));

test("P61: what was sealed is opened by the same file for the same place, and by nothing else", async () => {
  const [mine, other] = [ownKeyFile(), ownKeyFile()];
  const sealed = await keySeal(mine).seal(SECRET, "A key-1");
  assert.deepEqual(new Uint8Array((await keySeal(mine).open(sealed, "A key-1")) ?? []), SECRET);
  assert.equal(await keySeal(mine).open(sealed, "B key-1"), undefined);
  assert.equal(await keySeal(other).open(sealed, "A key-1"), undefined);
  const parts = JSON.parse(sealed);
  for (const name of ["iv", "tag", "text", "salt"]) {
    const bytes = Buffer.from(parts[name], "base64");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const changed = JSON.stringify({ ...parts, [name]: bytes.toString("base64") });
    assert.equal(await keySeal(mine).open(changed, "A key-1"), undefined, name);
  }
  assert.notEqual(await keySeal(mine).seal(SECRET, "A key-1"), sealed);
  assert.ok(!sealed.includes(Buffer.from(SECRET).toString("base64").slice(0, 20)));
});

test("P61: the key file is made once, for its owner alone, however many ask at once; nothing is made to look", async () => {
  const { file } = ownKeyFile();
  assert.equal(await keySeal({ file }).open(JSON.stringify({ v: 1, under: "file x" }), "A"), undefined);
  assert.deepEqual(readdirSync(dirname(file)), []);
  const sealed = await Promise.all(Array.from({ length: 8 }, () => keySeal({ file }).seal(SECRET, "A")));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(dirname(file)), ["data.key"]);
  for (const one of sealed) assert.ok(await keySeal({ file }).open(one, "A"));
});

test("P61: a passphrase takes the place of the file, and none is made", async () => {
  const { file } = ownKeyFile();
  const seal = keySeal({ file, passphrase: "correct horse" });
  const sealed = await seal.seal(SECRET, "A");
  assert.deepEqual(new Uint8Array((await seal.open(sealed, "A")) ?? []), SECRET);
  assert.equal(await keySeal({ file, passphrase: "wrong horse" }).open(sealed, "A"), undefined);
  assert.equal(await keySeal({ file }).open(sealed, "A"), undefined);
  assert.deepEqual(readdirSync(dirname(file)), []);
});

test("P61: a file that is no key file is said to be none, and left as it is", async () => {
  const { file } = ownKeyFile();
  writeFileSync(file, "something else");
  await assert.rejects(keySeal({ file }).seal(SECRET, "A"), /is not a key file/);
  assert.equal(readFileSync(file, "utf8"), "something else");
  const nowhere = join(dirname(file), "missing", "data.key");
  await assert.rejects(keySeal({ file: nowhere }).seal(SECRET, "A"), /cannot be made \(ENOENT\)/);
  chmodSync(file, 0o600);
});
