import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CRYPTOGRAPHY } from "./cryptography.ts";

const SRC = fileURLToPath(new URL("..", import.meta.url));
/** In two parts, so that what is searched is not found here. */
const USES = new RegExp(
  `from "(?:node:)?cryp${"to"}"|import\\("node:cryp${"to"}"\\)|from "@noble/(?:curves|ciphers|hashes/(?!utils))|from "age-encryption|\\bcrypto\\.(?:subtle|getRandomValues|randomUUID)`,
);

const using = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
  .filter((file) => USES.test(readFileSync(join(SRC, file), "utf8")))
  .map((file) => `src/${file.replaceAll("\\", "/")}`);

test("Z54: no file uses cryptography that does not stand in the list, and no file of the list does without", () => {
  const listed = [...new Set(CRYPTOGRAPHY.flatMap(({ files }) => files))];
  assert.deepEqual(using.toSorted(), listed.toSorted());
});

test("Z54: what a validated module would not do is refused with it, or said to be outside of it, with the reason", () => {
  for (const { use, approved, with_fips, why = "" } of CRYPTOGRAPHY) {
    if (!approved) assert.equal(with_fips, "refused", use);
    if (with_fips !== "module") assert.ok(why.length > 10, use);
  }
});
