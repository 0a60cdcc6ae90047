import type { Context } from "hono";
import type { Ports } from "../app/core/ports.ts";
import { json } from "./json.ts";
import { withPatience } from "./patience.ts";
import { problem } from "./problem.ts";

/** Whether this process runs: nothing else is asked, so that whoever restarts processes does not restart one for its database. */
export const live = (ports: Ports) => (c: Context) => json(c, { status: "ok", version: ports.version });

/** When a backup was last made by this server, and one last restored to try it; null before the first. */
export interface BackupHealth {
  readonly last_at: string | null;
  readonly last_restored_at: string | null;
}
export type AskBackups = (() => BackupHealth) | undefined;

/** Whether it can serve: the database is asked, now. Backups that fail are told and stand in nobody's way. */
export const ready = (ports: Ports, backups?: AskBackups) => async (c: Context) => {
  const answered = await withPatience(ports.store.head());
  if (answered)
    return json(c, { status: "ok", version: ports.version, ...(backups ? { backup: backups() } : {}) });
  return problem(c, DATABASE_AWAY);
};

export const DATABASE_AWAY = {
  code: "database_away",
  at: "server",
  message:
    "the database does not answer; ask again with the same key in a moment: what was done is not done twice",
} as const;
