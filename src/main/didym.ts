import { EXIT, runCli } from "../cli/index.ts";
import { upkeep } from "./upkeep.ts";
import { VERSION } from "./version.ts";

const terminal = {
  stdin: process.stdin,
  stdout: (text: string) => void process.stdout.write(text),
  stderr: (text: string) => void process.stderr.write(text),
};

// A reader that has seen enough (didym … | head) is not a fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.fault),
);

try {
  // Loaded late, so that a calculation does not wait for the database's code.
  const { useCases } = await import("../app/use-cases.ts");
  process.exitCode = await runCli(process.argv.slice(2), {
    useCases,
    upkeep,
    terminal,
    bare: { version: VERSION, clock: { now: () => new Date() } },
    async openBooks(dataDir, log) {
      const { openDatabase, portsOn } = await import("./ports.ts");
      const database = await openDatabase({ dataDir, log, attach: true });
      return { ports: portsOn(database.pool), close: () => database.close() };
    },
  });
} catch (cause) {
  process.stderr.write(`didym: ${(cause as Error).message}\n`);
  process.exitCode = EXIT.fault;
}
