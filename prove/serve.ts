import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Serving {
  readonly base: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The program as people start it, on an empty data folder and a port of the system's choice. */
export async function serve(dataDir: string): Promise<Serving> {
  const program = new URL("../src/main/serve.ts", import.meta.url).pathname;
  const child: ChildProcess = spawn(
    process.execPath,
    [program, "--empty", "--port", "0", "--data", dataDir],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const base = /http:\/\/\S+/.exec(line)?.[0];
    if (base && child.pid !== undefined)
      return {
        base,
        pid: child.pid,
        async stop() {
          child.kill("SIGTERM");
          await ended;
        },
      };
  }
  throw new Error("the server ended before it served");
}
