import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { NoPostgres } from "./binaries.ts";
import type { DataFolder } from "./folder.ts";
import { commandFor, type RunAs } from "./run-as.ts";

export const USER = "didym";

/**
 * Makes the database files when there are none. They are made beside their place and moved there when complete, so what
 * an interrupted first start leaves is never taken for a database, and what stands in the place is never deleted.
 */
export function ensureCluster(
  folder: DataFolder,
  runAs: RunAs,
  options: { readonly durable: boolean; readonly log: (line: string) => void },
): void {
  if (existsSync(folder.cluster)) return;
  options.log("making the database");
  const partial = `${folder.cluster}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  if (runAs.owner) chownSync(partial, runAs.owner.uid, runAs.owner.gid);
  const [program, args] = commandFor(runAs, runAs.binaries.initdb, [
    `--pgdata=${partial}`,
    `--username=${USER}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--data-checksums",
    ...(options.durable ? [] : ["--no-sync"]),
  ]);
  const made = spawnSync(program, args, { ...runAs.ids, encoding: "utf8", env: plainEnvironment() });
  if (made.status !== 0) {
    const why = made.stderr?.trim().split("\n").at(-1) || made.error?.message || `code ${made.status}`;
    throw new NoPostgres(`PostgreSQL could not make its files in ${folder.cluster}: ${why}`);
  }
  renameSync(partial, folder.cluster);
}

/** Settings of the user's own PostgreSQL (PGPORT, PGDATA, PGOPTIONS) are not meant for this one; nor is what Didym keeps secret (T62). */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PG|LC_|LANG|MALLOC_|DIDYM_|DATABASE_URL$)/.test(name),
  );
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}
