import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import type pg from "pg";
import { FOLDING } from "../../src/app/apply.ts";
import { backup } from "../../src/store/backup.ts";
import { restore } from "../../src/store/restore.ts";
import { freshPool } from "../support/database.ts";
import { ownSeal } from "../support/sealing.ts";

/** A line of a backup, as far as forgers look at it. */
export interface BackupLine {
  readonly request?: { answer: string };
  readonly document?: { name: string };
  end?: { sha256: string };
}

export async function backupOf(pool: pg.Pool): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), backup(pool, out)]);
  return bytes;
}

/** The seal over the file holds again. */
export function reseal(file: Buffer, change: (line: BackupLine) => void): Buffer {
  const hash = createHash("sha256");
  const lines = gunzipSync(file)
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((text) => {
      const line = JSON.parse(text) as BackupLine;
      change(line);
      if (line.end) line.end.sha256 = hash.copy().digest("hex");
      const written = JSON.stringify(line);
      hash.update(`${written}\n`);
      return written;
    });
  return gzipSync(`${lines.join("\n")}\n`);
}

/** The books that come of a backup which somebody changed and sealed anew. */
export async function resealed(pool: pg.Pool, change: (line: BackupLine) => void): Promise<pg.Pool> {
  const other = await freshPool(4);
  const file = reseal(await backupOf(pool), change);
  const restored = await restore({ pool: other, ...FOLDING, seal: ownSeal() }, Readable.from([file]));
  if (!restored.ok) throw new Error(restored.refusal.message);
  return other;
}
