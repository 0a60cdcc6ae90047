import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { selfSigned } from "../../test/support/self-signed.ts";
import { readTls } from "./tls.ts";

const now = new Date("2026-06-01T00:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "didym-tls-"));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const good = selfSigned({ until: new Date("2040-01-01T00:00:00Z") });
const other = selfSigned({ until: new Date("2040-01-01T00:00:00Z") });
const ended = selfSigned({ until: new Date("2025-01-01T00:00:00Z") });
const cert = file("cert.pem", good.cert);
const key = file("key.pem", good.key);

test.after(() => rmSync(folder, { recursive: true }));

for (const [what, given, why] of [
  ["a key alone", { cert: undefined, key }, /needs --tls-cert/],
  ["a certificate alone", { cert, key: undefined }, /needs --tls-key/],
  ["no such file", { cert: join(folder, "none"), key }, /cannot be read/],
  ["a text that is no certificate", { cert: file("no.pem", "hello"), key }, /not a certificate/],
  ["a text that is no key", { cert, key: file("nokey.pem", good.cert) }, /not an unencrypted private key/],
  ["another one's key", { cert, key: file("other.pem", other.key) }, /does not belong/],
  [
    "one that has ended",
    { cert: file("old.pem", ended.cert), key: file("oldkey.pem", ended.key) },
    /ended on/,
  ],
] as const) {
  test(`TLS: ${what} is one clear sentence`, () => {
    const read = readTls({ ...given, now });
    assert.ok(!read.ok);
    assert.match(read.why, why);
    assert.doesNotMatch(read.why, /\n/);
  });
}

test("TLS: neither is plain HTTP; both serve HTTPS", async () => {
  assert.deepEqual(readTls({ cert: undefined, key: undefined, now }), { ok: true, tls: undefined });
  const read = readTls({ cert, key, now });
  assert.ok(read.ok && read.tls);
  const server = createServer(read.tls, (_request, response) => response.end("over TLS"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const text = await new Promise<string>((resolve, reject) => {
      const asked = get(
        { port, host: "127.0.0.1", ca: good.cert, checkServerIdentity: () => undefined },
        (answer) => {
          answer.setEncoding("utf8").on("data", resolve);
        },
      );
      asked.on("error", reject);
    });
    assert.equal(text, "over TLS");
  } finally {
    server.close();
  }
});
