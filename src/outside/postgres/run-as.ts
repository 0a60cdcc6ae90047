import { spawnSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type Binaries, NoPostgres } from "./binaries.ts";
import type { DataFolder } from "./folder.ts";

/** How the server is run: PostgreSQL refuses the super-user, so a root needs a way to be someone else. */
export interface RunAs {
  readonly binaries: Binaries;
  /** What stands before the program's name. */
  readonly before: readonly string[];
  /** The user that spawn itself turns into. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
  /** Who the database's files belong to, seen from outside; undefined for whoever we are. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

type Way = Required<Omit<RunAs, "binaries">>;

/** The traditional uid and gid of "nobody" on Linux (Debian policy 9.2.2). */
const NOBODY = 65534;

/**
 * Our files look like nobody's own from inside: nothing changes hands, and private folders can be walked. It must be a
 * user that the system knows, because initdb looks up its name; nobody always is.
 */
const NAMESPACE: Way = {
  before: ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
  ids: {},
  owner: { uid: 0, gid: 0 },
};

/** Another user, at best with leave to walk through private folders such as root's home (capabilities(7)). */
const waysToBe = (uid: number, gid: number): Way[] => [
  {
    before: [
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
    ],
    ids: {},
    owner: { uid, gid },
  },
  { before: [], ids: { uid, gid }, owner: { uid, gid } },
];

/** Finds a way that works here by trying each; files of the database change hands if the way asks for it. */
export function chooseRunAs(binaries: Binaries, folder: DataFolder): RunAs {
  const asWeAre = { binaries, before: [], ids: {} };
  if (process.getuid?.() !== 0) {
    const { before, ids } = NAMESPACE;
    return hasName() || !works(NAMESPACE, binaries.postgres, ["--version"])
      ? asWeAre
      : { binaries, before, ids };
  }
  const home = existsSync(folder.cluster) ? folder.cluster : folder.root;
  const { uid, gid } = statSync(home);
  const ways = uid === 0 || uid === NOBODY ? [NAMESPACE, ...waysToBe(NOBODY, NOBODY)] : waysToBe(uid, gid);
  for (const way of ways) {
    const runnable = runnableBinaries(binaries, way);
    if (!runnable || !canWrite(folder, way)) continue;
    if (existsSync(folder.cluster) && statSync(folder.cluster).uid !== way.owner.uid) {
      giveTree(folder.cluster, way.owner);
    }
    return { binaries: runnable, ...way };
  }
  throw new NoPostgres(
    `PostgreSQL does not run as root, and no other user could be used for ${folder.root}; start as an ordinary user, or set DATABASE_URL`,
  );
}

/** Whether the system knows us by name; a container may run under any number. */
function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

/** A command made ready for spawn. */
export function commandFor(
  runAs: Pick<RunAs, "before">,
  program: string,
  args: readonly string[],
): [string, string[]] {
  const [first = program, ...rest] = [...runAs.before, program, ...args];
  return [first, rest];
}

function works(way: Way, program: string, args: readonly string[]): boolean {
  const [first, rest] = commandFor(way, program, args);
  return spawnSync(first, rest, { ...way.ids, stdio: "ignore" }).status === 0;
}

/** Binaries under a private folder cannot be read by everyone: they are copied once to a place that can. */
function runnableBinaries(binaries: Binaries, way: Way): Binaries | undefined {
  if (works(way, binaries.postgres, ["--version"])) return binaries;
  if (!binaries.root || way.ids.uid === undefined) return undefined;
  const copy = copyOf(binaries.root, binaries.postgres);
  const copied = { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres"), root: copy };
  return works(way, copied.postgres, ["--version"]) ? copied : undefined;
}

function copyOf(from: string, postgres: string): string {
  const { mtimeMs, size } = statSync(postgres);
  const copy = join(tmpdir(), `didym-postgres-${size}-${Math.round(mtimeMs)}`);
  // What someone else put there is not run.
  if (existsSync(copy) && statSync(copy).uid === 0) return copy;
  const partial = `${copy}.${process.pid}`;
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true, force: true });
  renameSync(partial, copy);
  return copy;
}

/** Whether a file can be made where the database is to be. A way that cannot walk there at all may be given the data folder. */
function canWrite(folder: DataFolder, way: Way): boolean {
  const probe = join(folder.root, `.probe-${process.pid}`);
  const tries = () => works(way, "sh", ["-c", ': > "$1/file"', "sh", probe]);
  const before = statSync(folder.root);
  try {
    mkdirSync(probe, { mode: 0o700 });
    chownSync(probe, way.owner.uid, way.owner.gid);
    if (tries()) return true;
    if (way.ids.uid === undefined || before.uid === way.owner.uid) return false;
    chownSync(folder.root, way.owner.uid, way.owner.gid);
    if (tries()) return true;
    chownSync(folder.root, before.uid, before.gid);
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

function giveTree(path: string, { uid, gid }: { uid: number; gid: number }): void {
  for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" }))
    lchownSync(join(path, entry), uid, gid);
  lchownSync(path, uid, gid);
}
