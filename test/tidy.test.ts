import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { INSIDE, PURE_ROOMS } from "../tools/tidy/floors.ts";
import { longFunctionsOf } from "../tools/tidy/functions.ts";
import { findUntidy } from "../tools/tidy.ts";

test("the house is tidy", () => {
  const found = findUntidy(fileURLToPath(new URL("..", import.meta.url)));
  assert.deepEqual(
    found.map(({ file, line, rule, why }) => `${file}:${line} ${rule}: ${why.slice(0, 160)}`),
    [],
  );
});

test("the floors name what is there: no room and no folder of one is forgotten", () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const foldersOf = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  for (const [room, { floors }] of Object.entries(INSIDE))
    assert.deepEqual(foldersOf(join(src, room)).sort(), Object.keys(floors).sort(), room);
  const rooms = foldersOf(src);
  for (const room of PURE_ROOMS) assert.ok(rooms.includes(room), room);
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
    ["a web room that uses the routes", "src/web/books/a.ts", 'import { r } from "../routes.tsx";', "floor"],
    ["the kit using a form", "src/web/kit/show/a.ts", 'import type { F } from "../../act/a.ts";', "floor"],
    ["a form using a page", "src/web/act/a.ts", 'const page = () => import("../lots/a.tsx");', "floor"],
    ["a step of the loop beside another", "src/web/lots/a.ts", 'import { x } from "../ship/a.ts";', "floor"],
    ["a pair turned round", "src/web/column/a.ts", 'import { x } from "../refine/a.ts";', "floor"],
    ["a web folder without a floor", "src/web/attic/a.ts", 'import { x } from "../kit/a.ts";', "room"],
    ["the core using a room", "src/app/core/a.ts", 'import { x } from "../settle/index.ts";', "floor"],
    ["a room of app using the list", "src/app/jobs/a.ts", 'import { x } from "../rooms.ts";', "floor"],
    ["the whole books opened", "src/app/orders/a.ts", 'import { wholeOf } from "../core/seen.ts";', "seen"],
    ["a long function", "src/app/a.ts", `export function f() {\n${"  x();\n".repeat(69)}}\n`, "function"],
    [
      "a long arrow in a page",
      "src/web/a.tsx",
      `const A = () => (\n<p>\n${"x\n".repeat(68)}</p>\n);\n`,
      "function",
    ],
    ["a long test", "src/app/a.test.ts", `test("a", () => {\n${"  x();\n".repeat(69)}});\n`, "function"],
    ["an element in a list", "src/web/lots/a.ts", 'export const SHOWN = ["Pd"];', "word"],
    ["an element as a key", "src/web/lots/a.ts", "export const of = { Pd: 1 };", "word"],
    ["an element looked up", "src/web/lots/a.ts", 'export const pd = (of: F) => of["Pd"];', "word"],
    ["an element by itself", "src/web/lots/a.ts", 'const FIRST = "Nd";', "word"],
    ["an oxide in a set", "src/web/lots/a.ts", 'export const SOLD = new Set(["Nd2O3"]);', "word"],
    ["an oxide in a map", "src/web/lots/a.ts", 'export const SOLD = new Map([["Nd2O3", 1]]);', "word"],
    ["an oxide looked for", "src/web/lots/a.ts", 'export const is = (of: S) => of.has("CeO2");', "word"],
    [
      "a kind of entry compared",
      "src/web/books/a.tsx",
      'export const is = (k: string) => k === "lot_opened";',
      "word",
    ],
    ["a kind of entry in a case", "src/web/books/a.tsx", 'switch (k) {\n  case "step_reversed":\n}', "word"],
    ["a kind of step as a type", "src/web/floor/a.ts", 'export type Kind = "shred";', "word"],
    [
      "a kind of step in a template",
      "src/web/floor/a.ts",
      "export const is = (k: string) => k !== `calcine`;",
      "word",
    ],
    ["a plain table", "src/app/a.ts", "const OF: Readonly<Record<string, number>> = { a: 1 };", "table"],
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

  test("a circle of values is found, however long and however late; one of types is none", () => {
    const circle = {
      "src/store/a.ts": 'import { b } from "./b.ts";',
      "src/store/b.ts": 'export * from "./c.ts";',
      "src/store/c.ts": 'export const a = () => import("./a.ts");',
    };
    assert.deepEqual(rulesBrokenBy(circle), ["circle src/store/a.ts:1"]);
    assert.deepEqual(rulesBrokenBy({ ...circle, "src/store/b.ts": 'import type { C } from "./c.ts";' }), []);
    assert.deepEqual(
      rulesBrokenBy({ ...circle, "src/store/b.ts": 'import { type C } from "./c.ts";' }),
      ["circle src/store/a.ts:1"],
      "the file is loaded all the same",
    );
    assert.deepEqual(rulesBrokenBy({ "tools/a.ts": 'import "./a.ts";' }), ["circle tools/a.ts:1"]);
  });

  test("rooms of app use each other one way, types too", () => {
    const ship = { "src/app/ship/a.ts": 'import { step } from "../prepare/a.ts";' };
    assert.deepEqual(rulesBrokenBy(ship), []);
    const mutual = { ...ship, "src/app/prepare/b.ts": 'import type { S } from "../ship/b.ts";' };
    assert.deepEqual(rulesBrokenBy(mutual), ["circle src/app/prepare:1"]);
  });

  test("a pure room that the pure configuration forgets is found, and so is one that is not pure", () => {
    const all = PURE_ROOMS.map((room) => `src/${room}/**/*.ts`);
    const include = (globs: readonly string[]) =>
      rulesBrokenBy({ "tsconfig.pure.json": JSON.stringify({ include: globs }) });
    assert.deepEqual(include(all), []);
    assert.deepEqual(include(all.slice(1)), ["pure tsconfig.pure.json:1"]);
    assert.deepEqual(include([...all, "src/app/**/*.ts"]), ["pure tsconfig.pure.json:1"]);
  });

  test("a long function that is listed may only shrink, and its entry with it", () => {
    const text = `function f() {\n${"  x();\n".repeat(78)}}\n`;
    const source = { file: "src/app/a.ts", text };
    const found = (lines?: number) =>
      longFunctionsOf(source, lines ? { "src/app/a.ts f": lines } : {}).length;
    assert.deepEqual([found(), found(79), found(80), found(81)], [1, 1, 0, 1]);
    const short = { file: "src/app/a.ts", text: "function f() {}" };
    assert.equal(longFunctionsOf(short, { "src/app/a.ts f": 80 }).length, 1, "gone: off the list");
    assert.equal(longFunctionsOf(short, { "src/app/b.ts f": 80 }).length, 0);
  });

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
      "src/web/lots/b.ts": 'import { x } from "../kit/show/a.ts";\nimport { y } from "../act/a.ts";',
      "src/web/refine/b.ts": 'import { x } from "../column/a.ts";\nimport { y } from "../lots/a.ts";',
      "src/web/lots/prose.tsx":
        'export const A = () => <p title="Nd">Nd2O3 is made of Nd: shred, split, dry.</p>;\nexport const says = "in it is Nd";',
      "src/web/lots/c.test.ts": 'const SHOWN = ["Nd", "Nd2O3", "lot_opened", "shred"];',
      "src/app/d.ts": `describe("a", () => {\n${"  x();\n".repeat(100)}});\nconst SHOWN = ["Nd"];\n`,
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
