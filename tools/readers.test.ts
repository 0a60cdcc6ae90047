import assert from "node:assert/strict";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readersOf } from "./readers.ts";

const base = mkdtempSync(join(tmpdir(), "didym-readers-"));
after(() => rmSync(base, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(base, name), text);
  return join(base, name);
};

test("those that import a module themselves or through others are found, in a circle too", () => {
  const wanted = file("wanted.ts", "export const where = 1;");
  const direct = file("direct.test.ts", 'import { where } from "./wanted.ts";');
  file("between.ts", 'import "./circle.ts";\nexport { where } from "./wanted.ts";');
  file("circle.ts", 'import "./between.ts";');
  const through = file("through.test.ts", 'const { where } = await import("./circle.ts");');
  const stranger = file("stranger.test.ts", 'import "node:fs";\nimport "./missing.ts";');
  assert.deepEqual(readersOf(wanted, [direct, through, stranger]), [direct, through]);
});

test("one module says where the cases are, so that its readers are all that read them", () => {
  const told = "test/support/cases.ts";
  const spelled = new RegExp(`shared["'],\\s*["']${"cases"}|shared/${"cases"}`);
  const others = globSync("{src,test,tools,bench,prove}/**/*.{ts,tsx,mjs}").filter(
    (name) => name !== told && spelled.test(readFileSync(name, "utf8")),
  );
  assert.deepEqual(others, []);
});
