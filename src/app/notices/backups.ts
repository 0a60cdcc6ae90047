import { FIRMS } from "../core/concerns.ts";
import type { NewNotice } from "../core/notices.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore } from "../core/ports.ts";
import { NOTICE_KINDS } from "./kinds.ts";

/** What is known of backups where they are kept. */
export interface BackupState {
  /** When the last one was tried, and whether it could be restored. */
  readonly last?: { readonly at: string; readonly restored: boolean };
  /** When the newest one that is there was made. */
  readonly newest_ms?: number;
  readonly every_ms: number;
}

/** Twice the time between two: one may have begun late, or still run. */
const LATE = 2;

/** By what name a failure of backups is told; nothing where there is none. */
export function backupFailure(
  { last, newest_ms, every_ms }: BackupState,
  now_ms: number,
): string | undefined {
  if (newest_ms !== undefined && now_ms - newest_ms > LATE * every_ms)
    return `backup late since ${new Date(newest_ms).toISOString()}`;
  return last && !last.restored ? `backup ${last.at} not restored` : undefined;
}

/** A failure as the administrators of both firms are told of it: the books are everyone's. Once by its name, and to who is there then. */
export async function backupNotices(
  store: Pick<LedgerStore, "list" | "load">,
  { source, at }: { readonly source: string; readonly at: string },
): Promise<readonly NewNotice[]> {
  const kind = "backup_failed";
  const parties = new Set<string>();
  for (const { party, role, ended_at } of await everyRecord(store, "person"))
    if (role === "administrator" && ended_at === undefined) parties.add(party);
  const notices: NewNotice[] = [];
  for (const party of parties) {
    const of = (await store.load("party", party))?.record.kind;
    if (of === undefined || !FIRMS.includes(of)) continue;
    notices.push({ source, seq: 0, kind, party, roles: NOTICE_KINDS[kind].roles, link: "/", at });
  }
  return notices;
}
