import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { hookServer, NOW, SECRET } from "../../test/support/notices-world.ts";
import { isPublicAddress } from "./public-address.ts";
import { webhookPost } from "./webhook-post.ts";

const message = { id: "msg_1", at: NOW, body: '{"type":"order_placed"}' };
const inside = webhookPost({ inside: true });
const outside = webhookPost({ inside: false });

test("Z98: a receiver verifies it by the library of Standard Webhooks, and finds a changed one out", async () => {
  const { heard, url } = await hookServer();
  // That library asks that it was sent just now.
  const at = new Date().toISOString();
  assert.deepEqual(await inside({ url, secret: SECRET }, { ...message, at }), { ok: true });
  const [{ headers, body } = { headers: {}, body: "" }] = heard;
  const receiver = new Webhook(Buffer.from(SECRET).toString("base64"));
  const shown = headers as Record<string, string>;
  assert.deepEqual(receiver.verify(body, shown), { type: "order_placed" });
  assert.throws(() => receiver.verify(body.replace("placed", "ended"), shown), /signature/i);
  assert.throws(() => receiver.verify(body, { ...shown, "webhook-id": "msg_2" }), /signature/i);
  assert.equal(headers["content-type"], "application/json");
});

test("Z97: no redirect is followed, and what is answered is told by its status alone", async () => {
  for (const [status, said] of [
    [200, { ok: true }],
    [307, { ok: false, why: "it answered 307; redirects are not followed" }],
    [410, { ok: false, why: "it answered 410", gone: true }],
    [500, { ok: false, why: "it answered 500" }],
  ] as const) {
    const { heard, url } = await hookServer(() => status);
    assert.deepEqual(await inside({ url, secret: SECRET }, message), said);
    assert.deepEqual(
      heard.map(({ path }) => path),
      ["/hook"],
    );
  }
});

test("Z97: addresses inside are not reached, by number or by name, and plain http not at all", async () => {
  const { heard, url } = await hookServer();
  const secured = url.replace("http:", "https:");
  for (const [to, why] of [
    [url, /plain http is for addresses inside/],
    [secured, /is an address inside/],
    [secured.replace("127.0.0.1", "localhost"), /is an address inside/],
    ["https://[::ffff:127.0.0.1]/", /is an address inside/],
    ["https://169.254.169.254/latest/meta-data", /is an address inside/],
    ["https://0x7f000001/", /is an address inside/],
  ] as const) {
    const tried = await outside({ url: to, secret: SECRET }, message);
    assert.match(tried.ok ? "reached" : tried.why, why, to);
  }
  assert.deepEqual(heard, []);
  const tried = await inside({ url: "http://127.0.0.1:9/", secret: SECRET }, message);
  assert.match(tried.ok ? "reached" : tried.why, /^it could not be reached/);
});

test("Z97: which addresses are public", () => {
  for (const address of [
    "1.1.1.1",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "2606:4700::1111",
    "2a00::1",
  ])
    assert.ok(isPublicAddress(address), address);
  for (const address of [
    ...[
      "0.0.0.0",
      "10.1.2.3",
      "100.64.0.1",
      "127.0.0.1",
      "127.255.1.1",
      "169.254.169.254",
      "172.16.0.1",
      "172.31.255.255",
    ],
    ...[
      "192.0.0.8",
      "192.168.0.1",
      "198.18.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "fe80::1",
      "fc00::1",
      "fd12::1",
    ],
    ...[
      "::ffff:10.0.0.1",
      "64:ff9b::a00:1",
      "2002:a00:1::",
      "2001::1",
      "2001:db8::1",
      "ff02::1",
      "localhost",
      "",
    ],
  ])
    assert.ok(!isPublicAddress(address), address);
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.ok(!isPublicAddress(`::ffff:${address}`));
    }),
  );
});
