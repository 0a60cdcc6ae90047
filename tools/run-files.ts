// Runs test files with node:test, each in a process of its own, and counts what really ran.
import { relative, resolve } from "node:path";
import { run } from "node:test";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface RunOptions {
  readonly print: (line: string) => void;
  /** Files at a time. */
  readonly concurrency?: number;
  /** A file that takes longer is ended, and has failed. */
  readonly fileSeconds?: number;
  /** Ends the run: what is running is killed, what waits does not start. */
  readonly signal?: AbortSignal;
}

interface FileRun {
  readonly counts: { passed: number; failed: number; skipped: number };
  readonly lines: string[];
}

const FILE_SECONDS = 15 * 60;

/** Runs the files, says a line for each as it ends and its failures in full at once, and adds up the leaf tests. */
export async function runFiles(files: readonly string[], options: RunOptions): Promise<Counts> {
  const { print, concurrency = 2 } = options;
  const started = Date.now();
  let all: Counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...files];
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (options.signal?.aborted) return;
      const began = Date.now();
      const { counts, lines } = await runFile(file, options);
      all = sumOf(all, counts);
      print(
        `[${seconds(started)} s] ${counts.failed > 0 ? "FAILED " : ""}${relative(".", file)}: ${told(counts)} in ${seconds(began)} s`,
      );
      for (const line of lines) print(line);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return all;
}

export const sumOf = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

export const told = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);

/**
 * One file. It has failed when a test of it did, when it ended badly, and also when it ended well without having said
 * how its tests went: that is a file without tests, or one that left before they were done.
 */
async function runFile(file: string, { fileSeconds = FILE_SECONDS, signal }: RunOptions): Promise<FileRun> {
  const result: FileRun = { counts: { passed: 0, failed: 0, skipped: 0 }, lines: [] };
  const fail = (name: string, why: string) => {
    result.counts.failed++;
    result.lines.push(`  FAILED: ${name}`, ...why.split("\n").map((line) => `    ${line}`));
  };
  const tooLong = AbortSignal.timeout(fileSeconds * 1000);
  const stream = run({
    files: [resolve(file)],
    isolation: "process",
    signal: signal ? AbortSignal.any([signal, tooLong]) : tooLong,
  });
  let summed = false;
  let complaint = "";
  stream.on("test:pass", ({ name, details, file: from, skip }) => {
    const skipped = skip !== undefined && skip !== false;
    // A suite skipped as a whole tells nothing of the tests in it: it counts as one.
    if ((details.type === "suite" && !skipped) || isFile(name, from)) return;
    if (!skipped) {
      result.counts.passed++;
      return;
    }
    result.counts.skipped++;
    result.lines.push(`  skipped: ${name}${typeof skip === "string" ? `: ${skip}` : ""}`);
  });
  stream.on("test:fail", ({ name, details, file: from }) => {
    const error = details.error as Error & { failureType?: string };
    if (error.failureType === "subtestsFailed") return;
    if (!isFile(name, from)) fail(name, reasonOf(error));
    else if (tooLong.aborted) complaint = `took longer than ${fileSeconds} s and was ended`;
    else if (error.failureType === "testAborted") complaint = "the run was ended";
    else complaint = error.failureType === "hookFailed" ? reasonOf(error) : "the process ended badly";
  });
  stream.on("test:summary", ({ file: from }) => {
    summed ||= from !== undefined;
  });
  const errors: string[] = [];
  stream.on("test:stderr", ({ message }) => {
    errors.push(message);
    if (errors.length > 200) errors.shift();
  });
  // What goes wrong after its test has ended is told here only.
  stream.on("test:diagnostic", ({ message }) => {
    if (/^\w*Error\b/.test(message)) errors.push(`${message}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    stream.on("end", resolve);
    stream.on("error", reject);
    stream.resume();
  });
  // A file that fails because of its tests ends badly too; that is told already.
  if (complaint && (result.counts.failed === 0 || tooLong.aborted)) {
    fail(relative(".", file), `${complaint}\n${errors.join("")}`.trimEnd());
  } else if (result.counts.passed + result.counts.failed + result.counts.skipped === 0) {
    fail(relative(".", file), "it holds no test");
  } else if (!summed && !complaint) {
    fail(relative(".", file), "it left before its tests were done");
  }
  return result;
}

/** Node reports the file itself as a test by its path. */
const isFile = (name: string, file: string | undefined): boolean => file !== undefined && name === file;

function reasonOf(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return String(cause ?? error.stack ?? error.message);
}
