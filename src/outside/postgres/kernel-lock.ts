import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** SQLite's result code for a file that holds something else (sqlite.org/rescode.html, SQLITE_NOTADB). */
const NOT_A_DATABASE = 26;
/** SQLITE_BUSY: someone else has it. */
const BUSY = 5;

const BEGIN = {
  exclusive: "begin exclusive",
  // A read transaction holds SQLite's shared lock; an empty file is an empty database.
  shared: "begin; select count(*) from sqlite_master",
} as const;

/**
 * Locks a file until the returned function is called or this process ends, however it ends: the lock is the kernel's, so
 * none is ever stale. Undefined when another process (or caller) has it. Node opens no such lock itself; its SQLite does.
 * Throws when the file cannot be opened for writing.
 */
export function tryLock(path: string, kind: keyof typeof BEGIN): (() => void) | undefined {
  for (let emptied = false; ; emptied = true) {
    const file = new DatabaseSync(path, { timeout: 0 });
    try {
      file.exec(BEGIN[kind]);
      return () => {
        if (file.isOpen) file.close();
      };
    } catch (cause) {
      file.close();
      const code = (cause as { errcode?: number }).errcode;
      if (code === BUSY) return undefined;
      if (code !== NOT_A_DATABASE || emptied) throw cause;
      // Nothing is ever kept in the file. It is emptied and not replaced, so that all lock the same one.
      writeFileSync(path, "");
    }
  }
}
