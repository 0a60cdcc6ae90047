import assert from "node:assert/strict";
import { test } from "node:test";
import { FOLDING } from "../../src/app/apply.ts";
import { systemIds } from "../../src/outside/system.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { tellStory } from "../../src/sample/story.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { postgresKeys } from "../../src/store/keys.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { rebuildViews } from "../../src/store/rebuild.ts";
import { freshPool } from "../support/database.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { ownSeal } from "../support/sealing.ts";
import { auditLog } from "./auditor.ts";
import { RoughDriver } from "./rough.ts";

const START = "2026-01-05T14:00:00.000Z";

test("on PostgreSQL: the same rough months, then a clean audit and a rebuild to the same bytes", async () => {
  const pool = await freshPool();
  const clock = new StoryClock(START);
  const store = postgresLedger({ pool, ...FOLDING, ids: systemIds });
  const driver = new RoughDriver(
    { ...memoryPorts(() => clock.now()), store, keys: postgresKeys(pool, ownSeal()) },
    clock,
    77,
  );
  await tellStory(driver, () => {});
  assert.deepEqual(driver.wrongs, []);
  assert.deepEqual(auditLog(await store.entries({ after: 0, limit: 100_000 })).faults, []);
  const audit = await auditBooks({ pool, ...FOLDING });
  assert.deepEqual(audit.faults, []);
  assert.ok(audit.clean && audit.closures_checked > 12);
  const rebuilt = await rebuildViews({ pool, ...FOLDING });
  assert.equal(rebuilt.digest_after, rebuilt.digest_before);
});
