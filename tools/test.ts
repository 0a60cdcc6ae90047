// Runs the tests: one PostgreSQL for all, one database a file, a real browser. `node tools/test.ts [FILE…]`
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { run } from "node:test";
import { startPostgres } from "../src/outside/postgres/index.ts";
import { makeTemplate } from "../test/support/database.ts";

const FILE_MINUTES = 15;

const asked = process.argv.slice(2);
const patterns = asked.length > 0 ? asked : ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"];
const files = [...new Set(patterns.flatMap((pattern) => globSync(pattern)))].sort();

const dataDir = mkdtempSync(join(tmpdir(), "didym-test-"));
const server = await startPostgres({ dataDir, durable: false });
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  await makeTemplate(server.config);
  process.env["DIDYM_TEST_PG"] = JSON.stringify(server.config);
  console.log(`${files.length} test files`);
  await runFiles();
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
const nothingRan = counts.passed + counts.failed === 0;
if (nothingRan) console.log("no test ran");
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || nothingRan || interrupted ? 1 : 0;

async function runFiles(): Promise<void> {
  const failures: string[] = [];
  const finished = new Map<string, { passed: number; failed: number; skipped: number }>();
  const tally = (file: string) => {
    const known = finished.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
    finished.set(file, known);
    return known;
  };
  const stream = run({ files, concurrency: 2, isolation: "process", timeout: FILE_MINUTES * 60_000 });
  stream.on("test:pass", (event) => {
    if (isContainer(event)) return;
    const skipped = event.skip !== undefined && event.skip !== false;
    tally(event.file ?? "")[skipped ? "skipped" : "passed"]++;
    counts[skipped ? "skipped" : "passed"]++;
    if (skipped)
      console.log(`  skipped: ${event.name}${typeof event.skip === "string" ? ` (${event.skip})` : ""}`);
  });
  stream.on("test:fail", (event) => {
    if (isContainer(event) && isOnlySubtests(event.details.error)) return;
    tally(event.file ?? "").failed++;
    counts.failed++;
    const { cause, message, stack } = event.details.error as Error;
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? stack ?? message);
    failures.push(`${relative(".", event.file ?? event.name)}: ${event.name}\n${why}`);
    console.log(`  FAILED: ${event.name}`);
  });
  const started = Date.now();
  stream.on("test:summary", ({ file, duration_ms, counts: seen }) => {
    if (file === undefined) return;
    const { passed, failed, skipped } = tally(file);
    const place = relative(".", file);
    console.log(
      `[${Math.round((Date.now() - started) / 1000)} s] ${place}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${(duration_ms / 1000).toFixed(1)} s`,
    );
    if (seen.tests === 0) {
      counts.failed++;
      failures.push(`${place}: holds no test`);
    }
  });
  stream.on("test:stderr", ({ message }) => process.stderr.write(message));
  await new Promise<void>((resolve, reject) => {
    stream.on("end", resolve);
    stream.on("error", reject);
    stream.resume();
  });
  for (const failure of failures) console.log(`\n--- ${failure}`);
}

/** A file or a suite is not itself a test; it counts only when it fails for a reason of its own. */
function isContainer(event: {
  details: { type?: string | undefined };
  nesting: number;
  name: string;
  file?: string | undefined;
}): boolean {
  return (
    event.details.type === "suite" ||
    (event.nesting === 0 && event.file !== undefined && event.name === event.file)
  );
}

function isOnlySubtests(error: Error & { failureType?: string }): boolean {
  return error.failureType === "subtestsFailed";
}
