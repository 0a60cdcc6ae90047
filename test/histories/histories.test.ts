import assert from "node:assert/strict";
import { test } from "node:test";
import { FOLDING } from "../../src/app/apply.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { rebuildViews } from "../../src/store/rebuild.ts";
import { freshPool } from "../support/database.ts";
import { keepKeys } from "../support/kept-keys.ts";
import { checkSameLog, tellAgain } from "./again.ts";
import { numbered } from "./books.ts";
import { lifeOf, tell } from "./life.ts";
import { startAt } from "./start.ts";

/** Lives of many commands, one from each start; `npm run prove -- histories` tells those of other seeds in memory. */
const SEEDS = [2, 3, 5];

test("L20 to L38, S34 to S45, O4 to O14: lives told on PostgreSQL leave the same log, a clean audit, and records that fold to the same bytes", async () => {
  for (const seed of SEEDS) {
    const life = lifeOf(seed);
    const { books } = await tell(life);
    const pool = await freshPool();
    const store = postgresLedger({ pool, ...FOLDING, ids: numbered() });
    await tellAgain([...(await startAt(life.start)).books.calls, ...books.calls], store);
    await checkSameLog(books, store);
    await keepKeys(pool);
    const audit = await auditBooks({ pool, ...FOLDING });
    assert.deepEqual(audit.faults, [], `seed ${seed}`);
    const rebuilt = await rebuildViews({ pool, ...FOLDING });
    assert.equal(rebuilt.digest_after, rebuilt.digest_before, `seed ${seed}`);
  }
});
