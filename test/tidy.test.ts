import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { findUntidy } from "../tools/tidy.ts";

test("the house is tidy", () => {
  const found = findUntidy(fileURLToPath(new URL("..", import.meta.url)));
  assert.deepEqual(
    found.map(({ file, line, rule, why }) => `${file}:${line} ${rule}: ${why.slice(0, 160)}`),
    [],
  );
});

describe("an untidy house is found out", () => {
  const base = mkdtempSync(join(tmpdir(), "didym-tidy-"));
  after(() => rmSync(base, { recursive: true, force: true }));
  let houses = 0;

  /** Puts files into an empty checkout and says which rules they break. */
  const rulesBrokenBy = (files: Record<string, string>): string[] => {
    const root = join(base, String(++houses));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return findUntidy(root).map(({ rule, file, line }) => `${rule} ${file}:${line}`);
  };
  const todo = `TO${"DO"}`;

  for (const [what, file, text, broken] of [
    ["an import upwards", "src/ledger/a.ts", 'import { x } from "../settle/index.ts";', "floor"],
    ["an import sideways", "src/settle/a.ts", 'import { x } from "../refine/index.ts";', "floor"],
    ["a type imported sideways", "src/api/a.ts", 'import type { X } from "../cli/index.ts";', "floor"],
    ["a re-export upwards", "src/quantity/a.ts", 'export * from "../chemistry/oxides.ts";', "floor"],
    ["a late import upwards", "src/app/a.ts", 'const x = await import("../main/a.ts");', "floor"],
    ["contract standing on app", "src/contract/a.ts", 'import "../app/a.ts";', "floor"],
    [
      "test material in the product",
      "src/main/a.ts",
      'import { x } from "../../test/support/a.ts";',
      "floor",
    ],
    [
      "an import over several lines",
      "src/ledger/a.ts",
      '\nimport {\n  x,\n  y,\n} from "../app/a.ts";',
      "floor",
    ],
    ["a room entered by the window", "src/app/a.ts", 'import { x } from "../settle/price.ts";', "door"],
    ["a room without a floor", "src/attic/a.ts", "export const x = 1;", "room"],
    ["an import without extension", "src/app/a.ts", 'import { x } from "./b";', "extension"],
    ["a Node module in a pure room", "src/column/a.ts", 'import { readFileSync } from "node:fs";', "package"],
    ["an unknown package in a pure room", "src/ledger/a.ts", 'import x from "left-pad";', "package"],
    ["the clock", "src/orders/a.ts", "export const now = () => Date.now();", "impure"],
    ["today", "src/orders/a.ts", "export const now = () => new Date( );", "impure"],
    ["dice", "src/identify/a.ts", "export const x = Math.random();", "impure"],
    ["the console", "src/quantity/a.ts", 'console.log("x");', "impure"],
    ["a long file", "src/web/a.tsx", "x();\n".repeat(401), "length"],
    ["a long test", "src/web/a.test.ts", "x();\n".repeat(401), "length"],
    ["something unfinished", "src/web/a.tsx", `// ${todo}: later`, "leftover"],
    ["something unfinished in a document", "docs/a.md", `${todo} write this`, "leftover"],
    ["a silenced compiler", "tools/a.ts", `// @ts-${"ignore"}`, "leftover"],
    ["a path of one machine", "README.md", `see /${"home"}/anna/didym`, "machine_path"],
  ] as const) {
    test(`${what} is ${broken}`, () => {
      const found = rulesBrokenBy({ [file]: text });
      assert.equal(found.length, 1, found.join());
      assert.match(found[0] ?? "", new RegExp(`^${broken} ${file}:\\d+$`));
    });
  }

  test("what is allowed is not found", () => {
    const found = rulesBrokenBy({
      "src/app/a.ts":
        'import { x } from "../settle/index.ts";\nimport { y } from "../contract/fields.ts";\nimport "./b.ts";',
      "src/app/deep/c.ts": 'import { x } from "../../settle/index.ts";',
      "src/settle/a.ts": 'import { add } from "../quantity/money.ts";\nimport { D } from "decimal.js";',
      "src/settle/b.ts":
        "// Date.now is not used\n/* nor Math.random\n */\nexport const at = (text: string) => new Date(text);",
      "src/settle/a.test.ts":
        'import { readFileSync } from "node:fs";\nimport { x } from "../refine/cut.ts";\nconsole.log(Date.now());',
      "src/main/a.ts":
        'import { v } from "../../package.json";\nconsole.log("https://example.org/home/x", Date.now());',
      "src/web/a.tsx": "x();\n".repeat(400),
      "docs/a.md": "Open http://127.0.0.1:4680/home/1 and `src/../home/a`.",
      "node_modules/x/a.ts": `// ${todo}`,
    });
    assert.deepEqual(found, []);
  });

  test("the line is the line", () => {
    assert.deepEqual(rulesBrokenBy({ "src/ledger/a.ts": '/* a\n b */\n\nimport "node:fs";\n' }), [
      "package src/ledger/a.ts:4",
    ]);
  });
});
