import assert from "node:assert/strict";
import { test } from "node:test";
import { hmacHex } from "./index.ts";

const bytes = (length: number, byte: number) => new Uint8Array(length).fill(byte);

test("N53: a keyed digest is that of RFC 4231, test cases 1, 2 and 6", () => {
  for (const [key, text, digest] of [
    [bytes(20, 0x0b), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [
      new TextEncoder().encode("Jefe"),
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      bytes(131, 0xaa),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
  ] as const)
    assert.equal(hmacHex(key, text), digest);
});
