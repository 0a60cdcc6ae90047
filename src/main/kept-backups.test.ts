import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { batchOf, ids } from "../../test/contract/books.ts";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { FOLDING } from "../app/apply.ts";
import { newIdentity } from "../store/age.ts";
import { KEEP } from "../store/backup-rule.ts";
import { postgresLedger } from "../store/postgres-ledger.ts";
import { readEvery } from "./backup-clock.ts";
import { keepBackup, lastBackup, newestBackup } from "./kept-backups.ts";

async function kept() {
  const config = await freshDatabase();
  const pool = poolOn(config, 4);
  after(() => pool.end());
  const root = mkdtempSync(join(tmpdir(), "didym-backups-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  const database = {
    pool,
    readers: pool,
    reading: config,
    config,
    owner: config,
    sealing: ownKeyFile(),
    close: async () => {},
  };
  const folder = join(root, "backups");
  const make = async (now: string, more: object = {}) => {
    const asked = { folder, with_keys: false, recipients: [], keep: KEEP, now: new Date(now), ...more };
    const said = await keepBackup(database, asked);
    assert.ok(said.ok, JSON.stringify(said));
    return said.value;
  };
  const registerParty = async () => {
    const body = { party: "A", name: "A", kind: "refiner", sample: true, at: "2026-01-01T00:00:00.000Z" };
    const batch = batchOf("k", [{ kind: "party_registered", body }] as never);
    assert.ok((await postgresLedger({ pool, ...FOLDING, ids }).append(batch as never)).ok);
  };
  return { pool, folder, make, registerParty };
}

test("P57: a backup is made by the time in its name, restored to try it, and reported; old ones go by the rule", async () => {
  const { folder, make, registerParty } = await kept();
  await registerParty();
  assert.equal(newestBackup(folder), undefined);
  const first = await make("2026-03-02T03:00:00.500Z");
  assert.deepEqual([first.file, first.entries, first.clean], ["didym-20260302T030000Z.backup.gz", 1, true]);
  assert.deepEqual([first.restore.ok, first.restore.why, first.encrypted], [true, null, false]);
  assert.equal(newestBackup(folder), Date.parse("2026-03-02T03:00:00Z"));
  writeFileSync(join(folder, "somebody-elses.backup.gz"), "");
  const keep = { days: 1, weeks: 0, months: 0 };
  const second = await make("2026-03-03T03:00:00Z", { keep });
  assert.deepEqual(second.removed, [first.file]);
  assert.deepEqual(readdirSync(folder).sort(), [second.file, "last-backup.json", "somebody-elses.backup.gz"]);
  assert.equal(lastBackup(folder)?.last_restored_at, "2026-03-03T03:00:00Z");
  // A hold keeps everything, and is told.
  writeFileSync(join(folder, "HOLD"), "the dispute over O-1\n");
  const third = await make("2026-03-04T03:00:00Z", { keep });
  assert.deepEqual([third.removed, third.held], [[], "the dispute over O-1"]);
  assert.ok(existsSync(join(folder, second.file)));
});

test("P57: one that cannot be restored is told, takes the place of nothing, and the last good one stays named", async () => {
  const { pool, folder, make, registerParty } = await kept();
  const good = await make("2026-03-02T03:00:00Z");
  await registerParty();
  // An entry was changed past the triggers: the file is whole, and what it holds is no chain.
  await pool.query("alter table didym.entry disable trigger all");
  await pool.query(`update didym.entry set body = replace(body, '"A"', '"B"')`);
  const bad = await make("2026-03-03T03:00:00Z", { keep: { days: 1, weeks: 0, months: 0 } });
  assert.deepEqual([bad.clean, bad.removed, bad.last_restored_at], [false, [], good.at]);
  assert.match(bad.restore.why ?? "", /^backup_damaged: /);
  assert.ok(existsSync(join(folder, good.file)));
  const left = await pool.query("select 1 from pg_database where datname like 'didym_restore_test_%'");
  assert.equal(left.rows.length, 0);
});

test("P57: an encrypted one is tried with a key of that run alone, and opens for its recipient", async () => {
  const { folder, make } = await kept();
  const { recipient } = await newIdentity();
  const said = await make("2026-03-02T03:00:00Z", { recipients: [recipient], with_keys: true });
  assert.deepEqual([said.clean, said.encrypted], [true, true]);
  assert.match(said.file, /\.age$/);
  const head = readFileSync(join(folder, said.file)).subarray(0, 400).toString("latin1");
  assert.equal(head.match(/-> X25519/g)?.length, 2);
});

test("P57: how often is said in hours or days", () => {
  assert.deepEqual([readEvery("6h"), readEvery("1d")], [21_600_000, 86_400_000]);
  for (const text of ["", "0d", "1", "1w", "-1d", "1.5h"]) assert.equal(readEvery(text), undefined);
});
