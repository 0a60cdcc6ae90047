import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check, worldWith } from "../support/passport-world.ts";
import type { Fraud } from "./museum.ts";

const here = import.meta.dirname;
const names = readdirSync(here).filter((name) => !name.startsWith("museum"));

const frauds = await Promise.all(
  names.map(async (name) => ({
    name,
    fraud: ((await import(join(here, name))) as { readonly default: Fraud }).default,
  })),
);

/** What a line of code says, without the numbers and names it says it of. */
const lineOf = (why: string): string =>
  why
    .replace(/did:key:\w+/g, "#")
    .replace(/[0-9a-f]{16,}/g, "#")
    .replace(/\b[A-Z]{1,3}-[\w-]+/g, "#")
    .replace(/\d[\w.,:+-]*/g, "#");

test("an honest passport is accepted, and nothing is found but what is not known", async () => {
  const { accepted, findings } = check(await worldWith());
  assert.deepEqual([accepted, [...new Set(findings.map(({ code }) => code))]], [true, ["not_stated"]]);
});

const said = new Map<string, string>();
for (const { name, fraud } of frauds) {
  const { forged, by, named, looks } = fraud;
  test(`${by}: ${forged}: ${typeof named === "string" ? named : "open"}`, async () => {
    const { accepted, said: words } = await fraud.forge();
    if (typeof named !== "string") {
      assert.ok(accepted, `it is said to be open, and was found: ${JSON.stringify(words)}`);
      return;
    }
    assert.equal(accepted, false, "it got through");
    const word = words.find((w) => w.name === named);
    assert.ok(word, `not named ${named}: ${JSON.stringify(words, null, 1)}`);
    said.set(name, `${looks}: ${named}: ${lineOf(word.why)}`);
  });
}

test("at least thirty are found, no two by the same line of code; what cannot be found offline stands there too", () => {
  const lines = new Map<string, string>();
  for (const [name, line] of said) {
    assert.equal(lines.get(line), undefined, `${name} and ${lines.get(line)} are found by one line: ${line}`);
    lines.set(line, name);
  }
  assert.ok(lines.size >= 30, `${lines.size} found`);
  assert.ok(frauds.some(({ fraud }) => typeof fraud.named !== "string"));
});
