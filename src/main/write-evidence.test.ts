import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type pg from "pg";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { configurationOf } from "./configuration.ts";
import { evidenceOf } from "./evidence-sources.ts";
import { writeEvidenceOn } from "./evidence-verb.ts";
import { readFlags } from "./flags.ts";
import { portsOn } from "./ports.ts";

const folder = mkdtempSync(join(tmpdir(), "didym-evidence-"));
after(() => rmSync(folder, { recursive: true }));

/** The books of a database, with a planted secret in every setting that holds one. */
async function installed() {
  // Ended before its database is dropped.
  let pool: pg.Pool | undefined;
  after(() => pool?.end());
  const config = await freshDatabase();
  pool = poolOn(config, 4);
  const sealing = ownKeyFile();
  const database = {
    pool,
    readers: pool,
    reading: config,
    config,
    owner: config,
    sealing,
    close: async () => {},
  };
  const verb = writeEvidenceOn((_, work) => work(database));
  return { pool, config, sealing, verb };
}

const given = (words: string[], flags: Record<string, string> = {}) => ({
  ...{ words, flags, dataDir: undefined, stdin: (async function* () {})() },
});

interface Listed {
  readonly part: string;
  readonly file?: string;
  readonly sha256?: string;
  readonly not_there?: string;
}

test("Z51: a pack of files: each part with its digest, readable by its owner alone, and nothing is written over", async () => {
  const { verb, pool, sealing } = await installed();
  const backups = join(folder, "backups");
  mkdirSync(backups);
  writeFileSync(join(backups, "didym-20261130T080000Z.backup.gz"), "x");
  await portsOn(pool, undefined, sealing).keys.make("~programme");
  const out = join(folder, "pack");
  const said = await verb.run(given([out], { backups }));
  assert.ok(said.ok, JSON.stringify(said));
  const index = JSON.parse(readFileSync(join(out, "index.json"), "utf8")) as { parts: Listed[] };
  const files = index.parts.flatMap(({ file }) => file ?? []);
  assert.deepEqual(readdirSync(out).toSorted(), [...files, "index.json"].toSorted());
  for (const { file, sha256 } of index.parts) {
    if (file === undefined) continue;
    const text = readFileSync(join(out, file));
    assert.equal(createHash("sha256").update(text).digest("hex"), sha256, file);
    assert.equal(statSync(join(out, file)).mode & 0o777, 0o600);
    JSON.parse(text.toString());
  }
  const read = (file: string) => JSON.parse(readFileSync(join(out, file), "utf8"));
  assert.equal(read("audit.json").clean, true);
  assert.equal(read("sbom.cdx.json").bomFormat, "CycloneDX");
  assert.equal(read("backups.json").kept[0].at, "2026-11-30T08:00:00.000Z");
  assert.equal(read("controls.json").rows.length, 236);
  assert.match(read("vendors.json").runs.database, /^PostgreSQL 1/);
  assert.ok(read("changes.json").migrations.some(({ name }: { name: string }) => name === "0001_books"));
  const again = await verb.run(given([out]));
  assert.equal(again.ok ? "" : again.refusal.code, "folder_in_use");
});

test("Z50: no secret of the settings is in what a server tells of itself, and the audit is made beside it, once for several", async () => {
  const { pool, config } = await installed();
  const planted = {
    DIDYM_PASSPHRASE: "planted-passphrase",
    DIDYM_METRICS_TOKEN: "planted-token-0123456789",
    DATABASE_URL: "postgres://planted-user:planted-password@db/didym",
    DIDYM_KEY_FILE: "/planted/key",
  };
  const before = { ...process.env };
  Object.assign(process.env, planted);
  try {
    const flags = readFlags(["--sign-in", "required", "--backup-to", "kept"], process.env);
    const told = evidenceOf({ pool, beside: config, configuration: configurationOf(flags) });
    const parts = Object.entries(told).filter(([name]) => name !== "audit");
    const text = JSON.stringify(await Promise.all(parts.map(([, of]) => of())));
    assert.doesNotMatch(text, /planted/);
    for (const said of [
      '"sign_in":"required"',
      '"figures":true',
      '"DATABASE_URL":"is set"',
      '"folder":"kept"',
    ])
      assert.ok(text.includes(said), said);
    const [one, two] = await Promise.all([told.audit(), told.audit()]);
    assert.ok("content" in one && "content" in two);
    assert.equal(one.content, two.content);
    assert.equal((one.content as { clean: boolean }).clean, true);
  } finally {
    for (const name of Object.keys(planted)) delete process.env[name];
    Object.assign(process.env, before);
  }
});
