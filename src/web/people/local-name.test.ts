import assert from "node:assert/strict";
import { test } from "node:test";
import { byName, hasName } from "./local-name.ts";

const at = (href: string) => ({ href, hostname: new URL(href).hostname });

test("W33: by an address there is no passkey; on one's own machine the same page is opened by its name", () => {
  assert.equal(byName(at("http://127.0.0.1:4680/join#didym_1")), "http://localhost:4680/join#didym_1");
  assert.equal(byName(at("http://[::1]:4680/sign-in")), "http://localhost:4680/sign-in");
  for (const href of ["http://192.0.2.7:4680/", "http://localhost:4680/", "https://books.example/"])
    assert.equal(byName(at(href)), undefined, href);
  assert.deepEqual(
    [
      "http://127.0.0.1/",
      "http://[::1]/",
      "http://192.0.2.7/",
      "http://localhost/",
      "https://books.example/",
    ].map((href) => hasName(at(href))),
    [false, false, false, true, true],
  );
});
