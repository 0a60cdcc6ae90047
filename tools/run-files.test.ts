import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runFiles, told } from "./run-files.ts";

const IMPORT = 'import { after, describe, test } from "node:test";\n';

describe("running test files", { timeout: 60_000 }, () => {
  const base = mkdtempSync(join(tmpdir(), "didym-run-"));
  after(() => rmSync(base, { recursive: true, force: true }));
  let made = 0;

  async function run(text: string, given: { fileSeconds?: number; signal?: AbortSignal } = {}) {
    const file = join(base, `${++made}.test.mjs`);
    writeFileSync(file, text);
    const lines: string[] = [];
    // A test inside a test is told so by this variable, and would then not run its files.
    const { NODE_TEST_CONTEXT } = process.env;
    delete process.env["NODE_TEST_CONTEXT"];
    try {
      return { counts: told(await runFiles([file], { print: (line) => lines.push(line), ...given })), lines };
    } finally {
      if (NODE_TEST_CONTEXT !== undefined) process.env["NODE_TEST_CONTEXT"] = NODE_TEST_CONTEXT;
    }
  }

  test("leaf tests are counted, suites and parents are not; a reason for skipping is told", async () => {
    const { counts, lines } = await run(`${IMPORT}
      test("a", () => {});
      describe("suite", () => { test("b", () => {}); test("c", { skip: "no laboratory here" }, () => {}); });
      describe("bad suite", () => { test("d", () => { throw new Error("boom in d"); }); });
    `);
    assert.equal(counts, "2 passed, 1 failed, 1 skipped");
    assert.match(lines.join("\n"), /no laboratory here/);
    assert.match(lines.join("\n"), /boom in d\n.*at /);
  });

  test("a suite skipped as a whole is one that was skipped, with its reason, and no empty file", async () => {
    const { counts, lines } = await run(`${IMPORT}
      describe("far away", { skip: "no cases here" }, () => { test("a", () => {}); test("b", () => {}); });
    `);
    assert.equal(counts, "0 passed, 0 failed, 1 skipped");
    assert.match(lines.join("\n"), /skipped: far away: no cases here/);
    const within = await run(`${IMPORT}
      describe("outer", () => {
        describe.skip("inner", () => { test("a", () => {}); });
        describe("other", () => { test("b", { skip: true }, () => {}); test("c", () => {}); });
      });
    `);
    assert.equal(within.counts, "1 passed, 0 failed, 2 skipped");
  });

  for (const [what, text, why] of [
    ["is empty", "export {};", /no test/],
    ["holds a suite without a test", `${IMPORT} describe("suite", () => {});`, /no test/],
    ["cannot be parsed", "import {", /SyntaxError/],
    ["throws while it loads", `${IMPORT} test("a", () => {}); throw new Error("at load");`, /at load/],
    [
      "leaves with code 0",
      `${IMPORT} test("a", () => {}); test("b", () => process.exit(0));`,
      /no test|before its tests/,
    ],
    [
      "is killed",
      `${IMPORT} test("a", () => {}); test("b", () => process.kill(process.pid, "SIGKILL"));`,
      /ended badly/,
    ],
    [
      "rejects after its test",
      `${IMPORT} test("a", () => { setTimeout(() => Promise.reject(new Error("late")), 5); }); test("b", () => new Promise((r) => setTimeout(r, 50)));`,
      /late/,
    ],
    [
      "fails when it clears up",
      `${IMPORT} after(() => { throw new Error("not cleared"); }); test("a", () => {});`,
      /not cleared/,
    ],
    [
      "hangs",
      `${IMPORT} test("a", () => {}); test("b", () => new Promise(() => setInterval(() => {}, 1000)));`,
      /longer than 2 s/,
    ],
  ] as const) {
    test(`a file that ${what} has failed`, async () => {
      const { counts, lines } = await run(text, { fileSeconds: 2 });
      assert.match(counts, / [1-9]\d* failed/);
      assert.match(lines.join("\n"), why);
    });
  }

  test("an ended run ends its files", async () => {
    const { counts } = await run(
      `${IMPORT} test("a", () => new Promise(() => setInterval(() => {}, 1000)));`,
      {
        signal: AbortSignal.timeout(500),
      },
    );
    assert.equal(counts, "0 passed, 1 failed, 0 skipped");
  });
});
