import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import type { Upkeep } from "../cli/index.ts";
import { done, refuse } from "../quantity/index.ts";
import type { Database } from "./ports.ts";

/** Opens the books for one piece of work and closes them after it. */
type WithDatabase = <T>(dataDir: string | undefined, work: (database: Database) => Promise<T>) => Promise<T>;

/** The verbs that keep the books in order. They are the command line's alone: a face for people at the machine. */
export const upkeepOn = (withDatabase: WithDatabase): readonly Upkeep[] => [
  {
    room: "ledger",
    verb: "audit",
    takes: [],
    example: [],
    summary:
      "Walk the chain from the first entry, redo every closure, and name the first entry that is wrong.",
    run: ({ dataDir }) =>
      withDatabase(dataDir, async ({ pool }) => {
        const { auditBooks } = await import("../store/audit.ts");
        const { applyEntry } = await import("../app/apply.ts");
        return done(await auditBooks({ pool, apply: applyEntry }));
      }),
  },
  {
    room: "ledger",
    verb: "backup",
    formerly: "backup",
    takes: ["FILE"],
    example: ["books.gz"],
    summary: "Write entries, answers and documents to one file.",
    run: ({ words: [file], dataDir }) => {
      if (file === undefined)
        return Promise.resolve(refuse("file_missing", "FILE", "name the file to write"));
      if (existsSync(file))
        return Promise.resolve(refuse("file_exists", file, `${file} exists; a backup is never written over`));
      return withDatabase(dataDir, async ({ pool }) => {
        const { backup } = await import("../store/backup.ts");
        const partial = `${file}.partial`;
        try {
          const written = await backup(pool, createWriteStream(partial, { mode: 0o600 }));
          renameSync(partial, file);
          return done({ file, ...written });
        } catch (cause) {
          const { code, syscall } = cause as NodeJS.ErrnoException;
          if (syscall === undefined) throw cause;
          return refuse("file_unwritable", file, `${file} cannot be written (${code})`);
        } finally {
          rmSync(partial, { force: true });
        }
      });
    },
  },
  {
    room: "ledger",
    verb: "restore",
    formerly: "restore",
    takes: ["FILE"],
    example: ["books.gz", "--data", "other"],
    summary: "Read a backup into an empty database, checking the chain as it comes; all of it or nothing.",
    run: ({ words: [file], dataDir }) => {
      if (file === undefined || !existsSync(file)) {
        return Promise.resolve(refuse("file_missing", file ?? "FILE", "name a backup that exists"));
      }
      return withDatabase(dataDir, async ({ pool }) => {
        const { restore } = await import("../store/restore.ts");
        const { applyEntry } = await import("../app/apply.ts");
        return restore({ pool, apply: applyEntry }, createReadStream(file));
      });
    },
  },
];
