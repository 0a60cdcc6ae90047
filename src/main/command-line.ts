import { ROOMS } from "../app/rooms.ts";
import { EXIT, runCli } from "../cli/index.ts";
import { isFipsAsked } from "../outside/validated-hash.ts";
import { workerPool } from "../outside/worker-pool.ts";
import { requireFips } from "./fips.ts";
import { hiddenLine } from "./hidden-line.ts";
import { upkeepOn } from "./upkeep.ts";
import { VERSION } from "./version.ts";
import { withDatabase } from "./with-database.ts";

/** Runs the command line of this process and answers its exit code. */
export async function commandLine(argv: readonly string[]): Promise<number> {
  // A reader that has seen enough (didym … | head) is not a fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
  try {
    if (isFipsAsked()) requireFips();
    return await runCli(argv, {
      rooms: ROOMS,
      upkeep: upkeepOn(withDatabase),
      terminal: {
        stdin: process.stdin,
        stdout: (text) => void process.stdout.write(text),
        stderr: (text) => void process.stderr.write(text),
        ...(process.stdin.isTTY
          ? { askHidden: (question: string) => hiddenLine(process.stdin, process.stderr, question) }
          : {}),
      },
      environment: process.env,
      bare: { version: VERSION, clock: { now: () => new Date() }, pool: workerPool },
      withBooks: (dataDir, work) =>
        withDatabase(dataDir, async ({ pool, sealing }) => {
          const { portsOn } = await import("./ports.ts");
          const { evidenceOf } = await import("./evidence-sources.ts");
          const evidence = evidenceOf({ pool, configuration: { face: "command line" } });
          return work({ ...portsOn(pool, undefined, sealing), asker: "owner", evidence });
        }),
    });
  } catch (cause) {
    process.stderr.write(`didym: ${oneSentence(cause)}\n`);
    return EXIT.fault;
  }
}

function oneSentence(cause: unknown): string {
  const { message, code } = cause as { message?: string; code?: string };
  return (message || code || String(cause)).split("\n")[0] ?? "";
}
