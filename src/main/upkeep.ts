import { createReadStream, existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Upkeep } from "../cli/index.ts";
import { done, refuse } from "../quantity/index.ts";
import type { Database } from "./ports.ts";

/** Opens the books for one piece of work and closes them after it. */
type WithDatabase = <T>(dataDir: string | undefined, work: (database: Database) => Promise<T>) => Promise<T>;

/** The verbs that keep the books in order. They are the command line's alone: a face for people at the machine. */
export const upkeepOn = (withDatabase: WithDatabase): readonly Upkeep[] => [
  auditOn(withDatabase),
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
        const opened = await open(partial, "w", 0o600).catch((cause: NodeJS.ErrnoException) => cause);
        if (opened instanceof Error)
          return refuse("file_unwritable", file, `${file} cannot be written (${opened.code})`);
        try {
          const written = await backup(pool, opened.createWriteStream());
          renameSync(partial, file);
          return done({ file, ...written });
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
    flags: { head: "HEAD" },
    example: ["books.gz", "--data", "other"],
    summary:
      "Read a backup into an empty database, checking the chain as it comes; all of it or nothing. HEAD was noted elsewhere, as seq:hash, as JSON {seq, hash}, or as a file of such lines: a backup that does not hold it is refused.",
    async run({ words: [file], flags: { head }, dataDir, stdin }) {
      if (file === undefined || !existsSync(file))
        return refuse("file_missing", file ?? "FILE", "name a backup that exists");
      const { headsOfWord } = await import("./noted.ts");
      const heads = head === undefined ? done([]) : await headsOfWord(head, stdin);
      if (!heads.ok) return heads;
      return withDatabase(dataDir, async ({ pool }) => {
        const { restore } = await import("../store/restore.ts");
        const { applyEntry } = await import("../app/apply.ts");
        return restore({ pool, apply: applyEntry, heads: heads.value }, createReadStream(file));
      });
    },
  },
];

const auditOn = (withDatabase: WithDatabase): Upkeep => ({
  room: "ledger",
  verb: "audit",
  takes: [],
  flags: { heads: "FILE" },
  example: [],
  summary:
    "Walk the chain from the first entry, redo every closure, and name the first entry that is wrong. FILE holds heads that were noted elsewhere, one JSON {seq, hash} a line: whatever was written anew, set back or cut off before them is found.",
  async run({ flags: { heads: file }, dataDir, stdin }) {
    const { headsOfFile } = await import("./noted.ts");
    const heads = file === undefined ? done([]) : await headsOfFile(file, stdin);
    if (!heads.ok) return heads;
    return withDatabase(dataDir, async ({ pool }) => {
      const { auditBooks } = await import("../store/audit.ts");
      const { applyEntry } = await import("../app/apply.ts");
      return done(await auditBooks({ pool, apply: applyEntry, heads: heads.value }));
    });
  },
});
