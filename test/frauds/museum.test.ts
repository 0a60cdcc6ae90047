import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isFatal } from "../../src/certify/index.ts";
import { check, worldWith } from "../support/passport-world.ts";
import type { Fraud } from "./museum.ts";
import { restOn } from "./museum-analysis.ts";

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

test("C19: one that says what it rests on is accepted where the log shows it", async () => {
  const { accepted, findings } = check(await worldWith({ bodies: (b) => restOn(b, () => {}) }));
  assert.deepEqual([accepted, findings.filter(isFatal)], [true, []]);
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

/** How many forgeries a finding of this name was found for. */
const foundAs = (...codes: string[]): number[] =>
  codes.map((code) => frauds.filter(({ fraud, name }) => fraud.named === code && said.has(name)).length);

test("C14: what two readers could read differently is refused, in five ways and more", () => {
  const [ambiguous = 0, malformed = 0, shape = 0] = foundAs(
    "json_ambiguous",
    "json_malformed",
    "well_formed failed",
  );
  assert.ok(ambiguous >= 5 && malformed >= 1 && shape >= 3);
});

const atLeast = (least: Readonly<Record<string, number>>) => {
  for (const [code, count] of Object.entries(least)) assert.ok((foundAs(code)[0] ?? 0) >= count, code);
};

test("C15: shares above content are named wherever they stand, and elements that outweigh their lot", () =>
  atLeast({ share_above_content: 7, content_above_mass: 4 }));

test("C16: matter that two passports describe is named", () => atLeast({ promised_twice: 6 }));

test("C17: a passport of what is no longer there is named", () => atLeast({ passport_of_reversed_lot: 6 }));

test("C18: what happened before it could, or is told before it happened, is named", () =>
  atLeast({ time_before_input: 5, time_after_entry: 2 }));

test("C19: certificates that were never released, serve two lots, or were replaced are named", () =>
  atLeast({ certificate_not_released: 3, certificate_used_twice: 2, certificate_superseded: 2 }));

test("C20: what no record states is a note, and does not stand in the way", async () => {
  const { accepted, findings } = check(await worldWith());
  assert.ok(accepted && findings.length > 0 && !findings.some(isFatal));
});

test("at least thirty are found, no two by the same line of code; what cannot be found offline stands there too", () => {
  const lines = new Map<string, string>();
  for (const [name, line] of said) {
    assert.equal(lines.get(line), undefined, `${name} and ${lines.get(line)} are found by one line: ${line}`);
    lines.set(line, name);
  }
  assert.ok(lines.size >= 30, `${lines.size} found`);
  assert.ok(frauds.some(({ fraud }) => typeof fraud.named !== "string"));
});
