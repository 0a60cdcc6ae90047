import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry } from "../../src/app/apply.ts";
import type { ApplyEntry } from "../../src/app/core/ports.ts";
import type { Collection, Records } from "../../src/app/core/records.ts";
import type { Book } from "../../src/ledger/index.ts";
import { FOLD } from "./books.ts";
import { lifeOf, tell } from "./life.ts";
import { Red } from "./red.ts";
import { STARTS, startAt } from "./start.ts";

/** So many lives are told until one is red. */
const LIVES = 40;

/** A fold that leaves records of a collection as they were, for some kinds of entry. */
const leaving =
  (collection: Collection, ...kinds: string[]): ApplyEntry =>
  async (book, entry) => {
    if (!kinds.includes(entry.kind)) return applyEntry(book, entry);
    const kept: Book<Records> = {
      get: (of, id) => book.get(of, id),
      put: (of, id, record) => {
        if ((of as string) !== collection) book.put(of, id, record);
      },
    };
    await applyEntry(kept, entry);
  };

/** A fold by which a lot that is measured anew keeps the shares it had. */
const unscaled: ApplyEntry = async (book, entry) => {
  if (entry.kind !== "lot_restated") return applyEntry(book, entry);
  const { before, after, ...rest } = entry.body as Record<string, Record<string, unknown>>;
  const body = { ...rest, before, after: { ...after, feeds_mg: before?.["feeds_mg"] } };
  await applyEntry(book, { ...entry, body } as typeof entry);
};

const BROKEN: Readonly<Record<string, ApplyEntry>> = {
  "what goes back is not taken of its lot": leaving("taking", "account_posted"),
  "what left is still promised": leaving("taking", "order_shipped"),
  "a division leaves the promises of its lot behind": leaving("order", "step_recorded"),
  "what is measured anew keeps the shares it had": unscaled,
  "a passport that is revoked keeps its claims on the feeds": leaving("feed_claims", "passport_revoked"),
};

for (const [what, apply] of Object.entries(BROKEN))
  test(`the auditor sees it where ${what}`, async () => {
    for (const start of STARTS) await startAt(start);
    FOLD.apply = apply;
    try {
      await assert.rejects(
        async () => {
          for (let seed = 1; seed <= LIVES; seed++) await tell(lifeOf(seed));
        },
        (cause) => cause instanceof Red,
      );
    } finally {
      FOLD.apply = applyEntry;
    }
  });
