import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import type pg from "pg";

const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

const urlOf = ({ host, database, user }: pg.PoolConfig) =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}`;

/** A program of `src/main` as a process of its own, which ends with the tests at the latest. */
export function startProgram(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const { PATH, HOME } = process.env;
  const program = fileURLToPath(new URL(`../../src/main/${file}`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { env: { PATH, HOME, ...environment } });
  running.add(child);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (said.err += text));
  const ended = new Promise<number | null>((resolve) =>
    child.once("close", (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return { child, said, ended };
}

/** A server as anybody starts one, on a database of its own, once it says where it is. */
export async function serverProcess(config: pg.PoolConfig, folder: string) {
  const args = ["--empty", "--port", "0", "--sign-in", "required", "--log", "off"];
  const { child, said, ended } = startProgram("serve.ts", args, {
    XDG_CONFIG_HOME: folder,
    DATABASE_URL: urlOf(config),
    DIDYM_KEY_FILE: join(folder, "didym.key"),
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on("data", () => {
      const found = /Didym is at http:\/\/127\.0\.0\.1:(\d+)/.exec(said.out)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${said.err}`)));
  });
  return { port, child, ended, origin: `http://127.0.0.1:${port}` };
}
