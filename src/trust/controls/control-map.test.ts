import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { controlRows, countControls, type Framework } from "./control-map.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const text = (file: string) => readFileSync(`${ROOT}/${file}`, "utf8");

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}.${i + 1}`);
/** How many there are of each family, by the standards' own numbering. */
const EXPECTED: Readonly<Record<Framework, readonly string[]>> = {
  "ISO/IEC 27001:2022": [37, 8, 14, 34].flatMap((count, i) => numbered(`${i + 5}`, count)),
  "SOC 2": [5, 3, 4, 2, 3, 8, 5, 1, 2].flatMap((count, i) => numbered(`CC${i + 1}`, count)),
  "NIST SP 800-171 r2": [22, 3, 9, 9, 11, 3, 6, 9, 2, 6, 3, 4, 16, 7].flatMap((count, i) =>
    numbered(`3.${i + 1}`, count),
  ),
};

test("Z53: every control of the three stands in the map once, in its order", () => {
  for (const [framework, expected] of Object.entries(EXPECTED))
    assert.deepEqual(
      controlRows().flatMap((row) => (row.framework === framework ? [row.control] : [])),
      expected,
    );
  assert.equal(EXPECTED["NIST SP 800-171 r2"].length, 110);
  assert.equal(EXPECTED["ISO/IEC 27001:2022"].length, 93);
});

test("Z53: every rule that a control rests on stands in its SPEC, and its test names it", () => {
  const proofs = new Map(controlRows().flatMap((row) => row.met_by.map((proof) => [proof.rule, proof])));
  assert.ok(proofs.size > 40);
  for (const { rule, spec, test: file } of proofs.values()) {
    assert.match(text(spec), new RegExp(`^- ${rule}\\b`, "m"), `${spec} has ${rule}`);
    const title = new RegExp(`\\b(?:test|it|describe)\\(\\s*["'\`][^"'\`]*\\b${rule}\\b`);
    assert.match(text(file), title, `a test of ${file} names ${rule}`);
  }
});

test("Z53: the map says plainly how many are met, by whom, and how many by nobody", () => {
  assert.deepEqual(countControls(), {
    "ISO/IEC 27001:2022": { product: 13, partly: 35, operator: 43, gap: 2 },
    "SOC 2": { product: 3, partly: 20, operator: 10, gap: 0 },
    "NIST SP 800-171 r2": { product: 10, partly: 49, operator: 49, gap: 2 },
  });
});

test("Z53: whatever is not met says what is left to do", () => {
  for (const { state, says = "", control } of controlRows())
    if (state !== "product") assert.ok(says.length > 5, control);
});
