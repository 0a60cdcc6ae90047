import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { quickTests, SLOW } from "./quick-tests.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const quick = quickTests(root);
const roomOf = (file: string): string => file.split("/")[1] ?? "";

test("the quick tests reach every room that has a test without a server; what is slow is named and is there", () => {
  for (const file of SLOW) assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
  assert.equal(new Set(SLOW).size, SLOW.length);
  for (const file of quick) assert.ok(!SLOW.includes(file), file);
  const tested = new Set(globSync("src/*/**/*.test.ts", { cwd: root }).map(roomOf));
  const reached = new Set(quick.map(roomOf));
  const left = [...tested].filter((room) => !reached.has(room)).sort();
  assert.deepEqual(left, ["main", "outside", "store"], "what starts processes or a database");
});
