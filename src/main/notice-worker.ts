import type { LedgerStore } from "../app/core/ports.ts";
import { type BackupState, backupFailure, backupNotices } from "../app/notices/backups.ts";
import { type Carriers, deliverNext } from "../app/notices/deliver.ts";
import { followOnce } from "../app/notices/follow.ts";

const TURN_MS = 2000;
/** Backups and the news of a day are looked for once a minute. */
const SLOW_MS = 60_000;
/** So many are on their way at once: a webhook that is slow holds one of them. */
const CARRIERS = 4;

export interface Telling extends Omit<Carriers, "store"> {
  readonly store: LedgerStore;
  /** Absent where no backups are kept here. */
  readonly backups?: () => BackupState;
  readonly onFault: (error: Error, of?: string) => void;
  /** How long after a turn the next begins. */
  readonly turn_ms?: number;
  /** A database that is away is said elsewhere. */
  readonly isDatabaseAway: (error: unknown) => boolean;
}

/** Does something in turns until it is stopped, each a while after the one before ended. */
function inTurns(turn: (stopped: () => boolean) => Promise<void>, every_ms: number, given: Telling) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const next = () => {
    running = turn(() => stopped)
      .catch((cause) => {
        if (!given.isDatabaseAway(cause)) given.onFault(cause as Error, "notices");
      })
      .then(() => {
        if (!stopped) timer = setTimeout(next, every_ms).unref();
      });
  };
  timer = setTimeout(next, every_ms).unref();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * Follows the log, and carries what it tells, beside every other server of the database. Nothing of it is on the way of a request.
 */
export function keepTelling(given: Telling): { stop(): Promise<void> } {
  const { notices, store, now, mail, turn_ms = TURN_MS } = given;
  const how = () => ({ at: now(), mail: mail !== undefined });
  const following = inTurns(
    async (stopped) => {
      while (!stopped() && (await followOnce(notices, { store, ...how() })));
    },
    turn_ms,
    given,
  );
  const carrying = inTurns(
    async (stopped) => {
      const carry = async () => {
        while (!stopped() && (await deliverNext(given)));
      };
      await Promise.all(Array.from({ length: CARRIERS }, carry));
    },
    turn_ms,
    given,
  );
  const watching = inTurns((stopped) => watchOnce(given, stopped), SLOW_MS, given);
  return {
    async stop() {
      await Promise.all([following.stop(), carrying.stop(), watching.stop()]);
    },
  };
}

async function watchOnce(given: Telling, stopped: () => boolean): Promise<void> {
  const { notices, store, now, mail, backups } = given;
  while (!stopped() && mail && (await notices.makeDigest(now())));
  const source = backups && backupFailure(backups(), Date.parse(now()));
  if (source === undefined) return;
  await notices.tell(await backupNotices(store, { source, at: now() }), {
    at: now(),
    mail: mail !== undefined,
  });
}
