import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Ports } from "../../src/app/core/ports.ts";
import { ROOMS } from "../../src/app/rooms.ts";
import { type CliOptions, runCli } from "../../src/cli/index.ts";
import { upkeepOn } from "../../src/main/upkeep.ts";
import { memoryPorts } from "./memory-ports.ts";

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  /** A folder of its own, gone after the tests: its user's folder of settings too. */
  readonly folder: string;
  run(
    argv: readonly string[],
    given?: {
      readonly stdin?: string;
      readonly environment?: Readonly<Record<string, string>>;
      readonly books?: Ports;
      readonly askHidden?: (question: string) => Promise<string>;
    },
  ): Promise<Ran>;
}

/** The command line as somebody has it before them, in this process: on books that are given, or on none. */
export function ownShell(): Shell {
  const folder = mkdtempSync(join(tmpdir(), "didym-shell-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    async run(argv, { stdin = "", environment = {}, books, askHidden } = {}) {
      const said = { out: "", err: "" };
      const options: CliOptions = {
        rooms: ROOMS,
        upkeep: upkeepOn(() => Promise.reject(new Error("the data folder was opened"))),
        terminal: {
          stdin: (async function* () {
            yield Buffer.from(stdin);
          })(),
          stdout: (text) => void (said.out += text),
          stderr: (text) => void (said.err += text),
          ...(askHidden ? { askHidden } : {}),
        },
        bare: books ?? memoryPorts(),
        environment: { XDG_CONFIG_HOME: folder, ...environment },
        withBooks: (_dataDir, work) =>
          books
            ? work({ ...books, asker: "owner" })
            : Promise.reject(new Error("the data folder was opened")),
      };
      const exit = await runCli(argv, options);
      return { exit, ...said };
    },
  };
}
