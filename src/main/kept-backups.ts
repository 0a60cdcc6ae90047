import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { done } from "../quantity/index.ts";
import { newIdentity } from "../store/age.ts";
import { type KeepRule, superfluous } from "../store/backup-rule.ts";
import type { Database } from "./ports.ts";
import { type RestoreTested, testRestore } from "./restore-test.ts";
import { writeBackup } from "./write-backup.ts";

/** While a file of this name stands in the folder nothing in it is removed: what it says is why. */
const HOLD = "HOLD";
const REPORT = "last-backup.json";
const NAME = /^didym-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.backup\.gz(?:\.age)?$/;

export interface KeepAsked {
  readonly folder: string;
  readonly with_keys: boolean;
  readonly recipients: readonly string[];
  readonly keep: KeepRule;
  readonly now: Date;
}

/** What the last run in a folder came to. */
export interface BackupReport {
  readonly at: string;
  readonly file: string;
  readonly bytes: number;
  readonly entries: number;
  readonly signed_by: string;
  readonly encrypted: boolean;
  readonly restore: RestoreTested;
  /** When one that was restored, and clean, was last made. */
  readonly last_restored_at: string | null;
  readonly removed: readonly string[];
  readonly held: string | null;
}

/** Writes a backup into a folder, restores it to see that it can be, removes by the rule what is no longer needed, and reports. */
export async function keepBackup(database: Database, asked: KeepAsked) {
  const { folder, with_keys, recipients, now } = asked;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString().replace(".000", "");
  const name = `didym-${at.replace(/[-:]/g, "")}.backup.gz${recipients.length > 0 ? ".age" : ""}`;
  const file = join(folder, name);
  // Whose identity is not here cannot be asked to open it: a key of this run alone opens it too, and is forgotten.
  const trial = recipients.length > 0 ? await newIdentity() : undefined;
  const to = trial ? [...recipients, trial.recipient] : [];
  const written = await writeBackup(database, { file, with_keys, recipients: to });
  if (!written.ok) return written;
  const { entries, signed_by, encrypted } = written.value;
  const identities = trial ? [trial.identity] : [];
  const restore = await testRestore(database, { file, identities, signer: signed_by, entries });
  const held = holdOf(folder);
  // What cannot be restored takes the place of nothing.
  const removed = restore.ok && held === null ? removeOld(folder, asked.keep) : [];
  const report: BackupReport = {
    ...{ at, file: name, bytes: statSync(file).size, entries, signed_by, encrypted, restore },
    last_restored_at: restore.ok ? at : (lastBackup(folder)?.last_restored_at ?? null),
    ...{ removed, held },
  };
  writeWhole(join(folder, REPORT), `${JSON.stringify(report, null, 2)}\n`);
  return done({ ...report, clean: restore.ok });
}

function holdOf(folder: string): string | null {
  const file = join(folder, HOLD);
  return existsSync(file) ? readFileSync(file, "utf8").trim() || "no reason is given" : null;
}

function removeOld(folder: string, keep: KeepRule): string[] {
  const byTime = backupsIn(folder);
  const gone = superfluous([...byTime.keys()], keep).flatMap((time) => byTime.get(time) ?? []);
  for (const name of gone) rmSync(join(folder, name));
  return gone;
}

/** The backups of a folder by the time in their names; what is called otherwise is nobody's to remove. */
function backupsIn(folder: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const name of readdirSync(folder)) {
    const [, ...parts] = NAME.exec(name) ?? [];
    if (parts.length === 0) continue;
    const [year = 0, month = 1, ...rest] = parts.map(Number);
    found.set(Date.UTC(year, month - 1, ...(rest as [number, number, number, number])), name);
  }
  return found;
}

/** What a folder keeps, oldest first. */
export const backupsKept = (folder: string) =>
  (existsSync(folder) ? [...backupsIn(folder)] : [])
    .toSorted(([a], [b]) => a - b)
    .map(([time, file]) => ({
      file,
      at: new Date(time).toISOString(),
      bytes: statSync(join(folder, file)).size,
    }));

/** When a backup was last made there. */
export const newestBackup = (folder: string): number | undefined => {
  const times = existsSync(folder) ? [...backupsIn(folder).keys()] : [];
  return times.length > 0 ? Math.max(...times) : undefined;
};

/** What the last run in the folder came to; undefined before the first. */
export function lastBackup(folder: string): BackupReport | undefined {
  const file = join(folder, REPORT);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as BackupReport) : undefined;
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.partial`, text, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}
