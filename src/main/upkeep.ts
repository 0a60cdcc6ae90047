import type { Upkeep } from "../cli/index.ts";
import { done } from "../quantity/index.ts";
import { backupVerbs } from "./backup-verbs.ts";
import type { Database } from "./ports.ts";

/** Opens the books for one piece of work and closes them after it. */
export type WithDatabase = <T>(
  dataDir: string | undefined,
  work: (database: Database) => Promise<T>,
) => Promise<T>;

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
  ...backupVerbs(withDatabase),
];
