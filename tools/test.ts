// Runs the tests: one PostgreSQL for all, one database a file, a real browser. `node tools/test.ts [FILE, FOLDER or PATTERN…]`
// Files that read the cases beside the checkout run a second time without them, as in a stranger's clone.
import { existsSync, globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startPostgres } from "../src/outside/postgres/index.ts";
import { CASES } from "../test/support/cases.ts";
import { makeTemplate } from "../test/support/database.ts";
import { readersOf } from "./readers.ts";
import { type Counts, runFiles, sumOf, told } from "./run-files.ts";

const EVERYTHING = ["src", "test", "tools", "prove"];

const asked = process.argv.slice(2);
const unknown: string[] = [];
const files = [...new Set((asked.length > 0 ? asked : EVERYTHING).flatMap(filesOf))].sort();

// The tests make databases of their own; they never touch one that the user works with.
for (const variable of ["DATABASE_URL", "DIDYM_APP_URL"]) delete process.env[variable];

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopped.abort();
    process.exitCode = 128 + constants.signals[signal];
  });
}

let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const dataDir = mkdtempSync(join(tmpdir(), "didym-test-"));
const server = await startPostgres({ dataDir, durable: false });
try {
  await makeTemplate(server.config);
  process.env["DIDYM_TEST_PG"] = JSON.stringify(server.config);
  console.log(`${files.length} test files`);
  const options = { print: (line: string) => console.log(line), signal: stopped.signal };
  counts = await runFiles(files, options);
  const readers = readersOf("test/support/cases.ts", files);
  if (readers.length > 0 && existsSync(CASES) && !stopped.signal.aborted) {
    console.log(
      `once more without ${relative(".", CASES)}, those that read it: ${readers.length} test files`,
    );
    process.env["DIDYM_CASES"] = join(dataDir, "no-cases-here");
    counts = sumOf(counts, await runFiles(readers, options));
  }
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
for (const pattern of unknown) console.log(`no test file matches ${pattern}`);
const nothingRan = counts.passed + counts.failed === 0;
if (nothingRan) console.log("no test ran");
if (stopped.signal.aborted) console.log("the run was ended before it was done");
if (counts.failed > 0 || nothingRan || unknown.length > 0) process.exitCode ||= 1;
console.log(told(counts));

/** A folder stands for the tests in it, a file for itself, anything else is a pattern. */
function filesOf(pattern: string): string[] {
  const isFolder = statSync(pattern, { throwIfNoEntry: false })?.isDirectory();
  const found = globSync(isFolder ? join(pattern, "**", "*.test.ts") : pattern);
  if (found.length === 0) unknown.push(pattern);
  return found;
}
