import { spawnSync } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { NoPostgres } from "./binaries.ts";
import type { DataFolder } from "./folder.ts";

/** How the server is run: PostgreSQL refuses the super-user, so a root needs a way to be someone else. */
export interface Runner {
  readonly binaries: Binaries;
  /** Prefixes a command so that it does not run as the super-user. */
  readonly command: (program: string, args: readonly string[]) => readonly [string, readonly string[]];
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

/** The traditional uid and gid of "nobody" on Linux (Debian policy 9.2.2). */
const NOBODY = 65534;

const plain = (program: string, args: readonly string[]) => [program, args] as const;

/**
 * Finds a way that works here: as we are when not root; inside a user namespace that maps root to an ordinary number
 * (files stay root's, private folders work); or as nobody, with a readable copy of the binaries.
 */
export function chooseRunner(binaries: Binaries, folder: DataFolder): Runner {
  if (process.getuid?.() !== 0) return { binaries, command: plain, ids: {} };
  const namespaced = (program: string, args: readonly string[]) =>
    ["unshare", ["--user", "--map-user=1000", "--map-group=1000", program, ...args]] as const;
  const [program, args] = namespaced(binaries.postgres, ["--version"]);
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0 && ownedByUs(folder)) {
    return { binaries, command: namespaced, ids: {} };
  }
  const ids = { uid: NOBODY, gid: NOBODY };
  for (const path of [folder.cluster, folder.sockets]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (path === folder.cluster || path !== folder.root) chownSync(path, NOBODY, NOBODY);
  }
  const readable = readableCopy(binaries, ids);
  if (spawnSync(readable.postgres, ["--version"], { ...ids, stdio: "ignore" }).status !== 0) {
    throw new NoPostgres(
      "PostgreSQL cannot run as root and no other way was found here; start as an ordinary user, or set DATABASE_URL",
    );
  }
  return { binaries: readable, command: plain, ids };
}

const ownedByUs = (folder: DataFolder): boolean =>
  !existsSync(folder.cluster) || statSync(folder.cluster).uid === 0;

/** Binaries under a private folder cannot be read by nobody: they are copied once to a place that can. */
function readableCopy(binaries: Binaries, ids: { uid: number; gid: number }): Binaries {
  if (!binaries.root || spawnSync(binaries.postgres, ["--version"], { ...ids, stdio: "ignore" }).status === 0)
    return binaries;
  const { mtimeMs, size } = statSync(binaries.postgres);
  const copy = join(tmpdir(), `didym-postgres-${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    mkdirSync(dirname(partial), { recursive: true });
    cpSync(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch (cause) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(copy)) throw cause;
    }
  }
  return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres"), root: copy };
}
