import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Serving {
  readonly base: string;
  readonly pid: number;
  /** What it said of faults, the first of them. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
  /** Ends it at once, wherever it is (SIGKILL). */
  kill(): Promise<void>;
}

interface How {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Empty books where nothing else is said. */
  readonly books?: "empty" | "sample";
  /** Offered where nothing else is said: what is proved there is of anybody. */
  readonly signIn?: "offered" | "required";
}

/** What a server that is well says once in its life, if at all. */
const FAULTS_MAX = 20;

/** The program as people start it, on an empty data folder and a port of the system's choice. */
export async function serve(
  dataDir: string,
  { args = [], env = {}, books = "empty", signIn = "offered" }: How = {},
): Promise<Serving> {
  const program = new URL("../src/main/serve.ts", import.meta.url).pathname;
  const child: ChildProcess = spawn(
    process.execPath,
    [
      program,
      ...(books === "empty" ? ["--empty"] : []),
      "--sign-in",
      signIn,
      "--port",
      "0",
      "--data",
      dataDir,
      ...args,
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const [faults, said]: [string[], string[]] = [[], []];
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
    if (said.push(line) > FAULTS_MAX) said.shift();
    if (line.startsWith("didym: fault:") && faults.length < FAULTS_MAX) faults.push(line);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const base = /http:\/\/\S+/.exec(line)?.[0];
    if (base && child.pid !== undefined)
      return { base, pid: child.pid, faults, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
  }
  throw new Error(`the server ended before it served: ${said.join("; ")}`);
}
