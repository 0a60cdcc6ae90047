import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf } from "./tell-first.ts";

const TLS = { cert: "", key: "" };

test("Z31 Z39: the first administrator's link is by a name, where this server has one", () => {
  for (const [flags, address] of [
    [{ tls: undefined, host: "127.0.0.1", name: [] }, "http://localhost:4680"],
    [{ tls: undefined, host: "::1", name: [] }, "http://localhost:4680"],
    [{ tls: TLS, host: "0.0.0.0", name: ["books.example", "b.example"] }, "https://books.example:4680"],
    [{ tls: undefined, host: "127.0.0.1", name: ["books.example"] }, "https://books.example"],
    [{ tls: undefined, host: "192.0.2.7", name: [] }, "http://192.0.2.7:4680"],
    [{ tls: undefined, host: "2001:db8::7", name: [] }, "http://[2001:db8::7]:4680"],
  ] as const)
    assert.equal(addressOf(flags, 4680), address);
});
