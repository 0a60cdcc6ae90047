import type { NewNotice, Notices } from "../../src/app/core/notices.ts";
import type { LedgerStore } from "../../src/app/core/ports.ts";
import { booksOf } from "../../src/app/notices/belongs.ts";
import { noticesOf } from "../../src/app/notices/waits.ts";

/** What the log tells, followed when it is asked for: for servers that keep everything in memory, and send nothing anywhere. */
export function memoryNotices(store: LedgerStore): Notices {
  const told: NewNotice[] = [];
  let reached = 0;
  let following = Promise.resolve();
  const follow = () => {
    following = following.then(async () => {
      for (const entry of await store.entries({ after: reached, limit: 100_000 })) {
        reached = entry.seq;
        for (const notice of await noticesOf(entry, booksOf(store)))
          if (!told.some(({ source, party }) => source === notice.source && party === notice.party))
            told.push(notice);
      }
    });
    return following;
  };
  const kept: Pick<Notices, "list" | "reached"> = {
    async list({ to, before = Number.POSITIVE_INFINITY, limit }) {
      await follow();
      return told
        .map((notice, at) => ({ ...notice, nth: at + 1 }))
        .filter(
          ({ party, roles, nth }) => nth < before && (!to || (party === to.party && roles.includes(to.role))),
        )
        .reverse()
        .slice(0, limit);
    },
    reached: async () => reached,
  };
  return kept as Notices;
}
