import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import pg from "pg";
import { FOLDING } from "../app/apply.ts";
import { keySeal } from "../outside/key-seal.ts";
import { auditBooks } from "../store/audit.ts";
import { migrate } from "../store/migrate.ts";
import { poolOn } from "../store/pool.ts";
import { restore } from "../store/restore.ts";
import type { Database } from "./ports.ts";

export interface RestoreTested {
  readonly ok: boolean;
  readonly seconds: number;
  readonly entries: number;
  /** Why it failed, or what the audit of the restored books found. */
  readonly why: string | null;
}

interface Asked {
  readonly file: string;
  readonly identities: readonly string[];
  readonly signer: string;
  readonly entries: number;
}

/**
 * Restores a backup into a database of its own on the same server, audits it, and drops it: a backup that was never restored is a
 * hope. What goes wrong is an answer, so that it can be told beside the backup.
 */
export async function testRestore(
  { owner, sealing }: Pick<Database, "owner" | "sealing">,
  asked: Asked,
): Promise<RestoreTested> {
  const began = performance.now();
  const answer = (entries: number, why: string | null): RestoreTested => ({
    ok: why === null,
    seconds: Math.round(performance.now() - began) / 1000,
    ...{ entries, why },
  });
  const name = `didym_restore_test_${randomBytes(6).toString("hex")}`;
  try {
    await run(owner, `create database ${name}`);
  } catch (cause) {
    return answer(0, `no database could be made to try it in: ${(cause as Error).message}`);
  }
  const scratch = inDatabase(owner, name);
  const pool = poolOn(scratch, 4);
  try {
    await migrate(scratch);
    const seal = keySeal(sealing);
    const { file, identities, signer } = asked;
    const restored = await restore({ pool, ...FOLDING, seal, identities, signer }, createReadStream(file));
    if (!restored.ok) return answer(0, `${restored.refusal.code}: ${restored.refusal.message}`);
    const { entries } = restored.value;
    if (entries !== asked.entries)
      return answer(entries, `it holds ${entries} entries, not ${asked.entries}`);
    const { clean, first_bad, faults } = await auditBooks({ pool, ...FOLDING });
    const found = first_bad?.why ?? faults[0]?.why ?? "";
    return answer(entries, clean ? null : `the restored books are not clean: ${found}`);
  } catch (cause) {
    return answer(0, (cause as Error).message);
  } finally {
    await pool.end();
    await run(owner, `drop database if exists ${name} with (force)`);
  }
}

/** The same server, another database. */
function inDatabase(config: pg.PoolConfig, database: string): pg.PoolConfig {
  if (config.connectionString === undefined) return { ...config, database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { ...config, connectionString: url.href };
}

async function run(config: pg.PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
