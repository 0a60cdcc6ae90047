import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { NoPostgres } from "./binaries.ts";
import { tryLock } from "./kernel-lock.ts";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity.ts";

export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

/** The places of a data folder. */
export interface DataFolder {
  readonly root: string;
  readonly cluster: string;
  readonly sockets: string;
  readonly log: string;
  readonly owner: string;
  readonly ownerLock: string;
  readonly usersLock: string;
}

/** sun_path holds 108 bytes with its final zero (unix(7)). */
const SOCKET_PATH_MAX = 107;
export const SOCKET_NAME = ".s.PGSQL.5432";
/** What a list of socket folders spells without quoting. */
const PLAIN_PATH = /^[A-Za-z0-9/._@+-]+$/;

export function dataFolder(dataDir: string): DataFolder {
  const root = resolve(dataDir);
  return {
    root,
    cluster: join(root, "postgres"),
    sockets: fitsSocket(root) ? root : shortFolder(root),
    log: join(root, "postgres.log"),
    owner: join(root, "owner.json"),
    ownerLock: join(root, "owner.lock"),
    usersLock: join(root, "users.lock"),
  };
}

const fitsSocket = (folder: string): boolean =>
  PLAIN_PATH.test(folder) && Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_MAX;

/** The same for every process that means this data folder; per user, since a folder of someone else's is of no use. */
function shortFolder(root: string): string {
  const name = createHash("sha256")
    .update(`${process.getuid?.() ?? 0}:${root}`)
    .digest("hex")
    .slice(0, 16);
  const inTemporary = join(tmpdir(), `didym-${name}`);
  return fitsSocket(inTemporary) ? inTemporary : join("/tmp", `didym-${name}`);
}

/**
 * Takes a data folder for this process. Throws DataFolderInUse when another live process has it, NoPostgres when this
 * user cannot write there. Returns the release.
 */
export function takeFolder(folder: DataFolder): () => void {
  const release = lockFolder(folder);
  if (!release) {
    const owner = readOwner(folder);
    const who = owner && isAlive(owner) ? `process ${owner.pid}` : "another process";
    throw new DataFolderInUse(
      `the data folder ${folder.root} is in use by ${who}; stop it, or give another folder with --data`,
    );
  }
  writeOwner(folder, { serving: false });
  for (const path of [folder.ownerLock, folder.usersLock, folder.log]) keepOwner(folder, path);
  return () => {
    rmSync(folder.owner, { force: true });
    release();
  };
}

function lockFolder(folder: DataFolder): (() => void) | undefined {
  try {
    mkdirSync(folder.root, { recursive: true, mode: 0o700 });
    tryLock(folder.usersLock, "shared")?.();
    writeFileSync(folder.log, "", { flag: "a", mode: 0o600 });
    return tryLock(folder.ownerLock, "exclusive");
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const why = code === "ERR_SQLITE_ERROR" ? message : (code ?? message);
    throw new NoPostgres(
      `the data folder ${folder.root} cannot be used by this user (${why}); give another with --data`,
    );
  }
}

/** What root writes into the folder of an ordinary user belongs to that user, who could not start again otherwise. */
function keepOwner(folder: DataFolder, path: string): void {
  if (process.getuid?.() !== 0 || !existsSync(path)) return;
  const { uid, gid } = statSync(folder.root);
  chownSync(path, uid, gid);
}

/** Makes the socket's folder, private, and returns it where it is the socket's alone. Throws NoPostgres when someone else has put something in its place. */
export function makeSocketFolder(
  folder: DataFolder,
  owner: { readonly uid: number; readonly gid: number } | undefined,
): string | undefined {
  if (folder.sockets === folder.root) return undefined;
  mkdirSync(folder.sockets, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder.sockets);
  const ours = [process.getuid?.(), owner?.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new NoPostgres(
      `${folder.sockets}, where the socket of ${folder.root} belongs, is someone else's; give a shorter data folder with --data`,
    );
  }
  chmodSync(folder.sockets, 0o700);
  if (owner) chownSync(folder.sockets, owner.uid, owner.gid);
  return folder.sockets;
}

/** What the owner says of itself. It is for people and for those who attach; who owns the folder is the lock's to say. */
export interface Owner extends ProcessIdentity {
  /** Whether the database can be used; not while it starts. */
  readonly serving: boolean;
}

export function writeOwner(folder: DataFolder, { serving }: { readonly serving: boolean }): void {
  const partial = `${folder.owner}.partial`;
  writeFileSync(partial, JSON.stringify({ ...identityOf(process.pid), serving }), { mode: 0o600 });
  renameSync(partial, folder.owner);
  keepOwner(folder, folder.owner);
}

/** Who took the folder last; undefined when the file is not there or cannot be read as an owner. */
export function readOwner(folder: DataFolder): Owner | undefined {
  try {
    const { pid, started, serving } = JSON.parse(readFileSync(folder.owner, "utf8"));
    if (typeof pid !== "number" || typeof started !== "string") return undefined;
    return { pid, started, serving: serving === true };
  } catch {
    return undefined;
  }
}
