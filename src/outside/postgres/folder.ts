import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity.ts";

export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

/** The places inside a data folder. */
export interface DataFolder {
  readonly root: string;
  readonly cluster: string;
  readonly sockets: string;
  readonly log: string;
  readonly owner: string;
}

/** sun_path holds 108 bytes with its final zero (unix(7)); PostgreSQL appends "/.s.PGSQL.5432.lock". */
const SOCKET_PATH_MAX = 107 - "/.s.PGSQL.5432.lock".length;

export function dataFolder(dataDir: string): DataFolder {
  const root = resolve(dataDir);
  const short = `${tmpdir()}/didym-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;
  return {
    root,
    cluster: join(root, "postgres"),
    sockets: Buffer.byteLength(root) <= SOCKET_PATH_MAX ? root : short,
    log: join(root, "postgres.log"),
    owner: join(root, "owner.json"),
  };
}

/**
 * Takes a data folder for this process. Throws DataFolderInUse when another live process has it; an owner that died is
 * replaced. Returns the release.
 */
export function takeFolder(folder: DataFolder): () => void {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const mine = JSON.stringify(identityOf(process.pid));
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(folder.owner, mine, { flag: "wx", mode: 0o600 });
      return () => {
        if (readOwner(folder)?.pid === process.pid) rmSync(folder.owner, { force: true });
      };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
    const owner = readOwner(folder);
    if (owner && isAlive(owner)) {
      throw new DataFolderInUse(
        `the data folder ${folder.root} is in use by process ${owner.pid}; stop it, or give another folder with --data`,
      );
    }
    rmSync(folder.owner, { force: true });
  }
  throw new DataFolderInUse(`the data folder ${folder.root} is being taken by another process`);
}

/** Who took the folder; undefined when nobody did or the file cannot be read as an owner (then it counts as nobody's). */
export function readOwner(folder: DataFolder): ProcessIdentity | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(folder.owner, "utf8"));
    return typeof pid === "number" && typeof started === "string" ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}
