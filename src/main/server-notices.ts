import { keySeal } from "../outside/key-seal.ts";
import { smtpMail } from "../outside/mail.ts";
import { systemClock } from "../outside/system.ts";
import { webhookPost } from "../outside/webhook-post.ts";
import { addressesOn } from "../store/addresses.ts";
import { isDatabaseAway } from "../store/away.ts";
import { postgresNotices } from "../store/notices.ts";
import type { Flags } from "./flags.ts";
import { lastBackup, newestBackup } from "./kept-backups.ts";
import { keepTelling } from "./notice-worker.ts";
import { type Database, portsOn } from "./ports.ts";

/** Tells what waits from this server, beside every other one of its database. `address` is where it answers. */
export function tellNotices(
  { notices: { mail, base, webhooksInside }, backups }: Pick<Flags, "notices" | "backups">,
  { pool, readers, sealing }: Pick<Database, "pool" | "readers" | "sealing">,
  { address, onFault }: { readonly address: string; readonly onFault: (error: Error, of?: string) => void },
): { stop(): Promise<void> } {
  const { store } = portsOn(pool, undefined, sealing, readers);
  return keepTelling({
    ...{ notices: postgresNotices(pool, keySeal(sealing)), store, onFault, isDatabaseAway },
    base: base ?? address,
    now: () => systemClock.now().toISOString(),
    addressOf: addressesOn(pool),
    post: webhookPost({ inside: webhooksInside }),
    ...(mail ? { mail: smtpMail(mail) } : {}),
    ...(backups ? { backups: () => backupState(backups.folder, backups.every_ms) } : {}),
  });
}

/** Read anew each time: another process makes them. */
function backupState(folder: string, every_ms: number) {
  const last = lastBackup(folder);
  const newest_ms = newestBackup(folder);
  return {
    every_ms,
    ...(last ? { last: { at: last.at, restored: last.restore.ok } } : {}),
    ...(newest_ms === undefined ? {} : { newest_ms }),
  };
}
