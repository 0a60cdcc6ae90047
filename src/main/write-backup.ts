import { renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { keySeal } from "../outside/key-seal.ts";
import { done, refuse } from "../quantity/index.ts";
import { encrypterTo } from "../store/age.ts";
import { backup, KeysNotOpened } from "../store/backup.ts";
import { backupSigner } from "../store/backup-seal.ts";
import { postgresKeys } from "../store/keys.ts";
import type { Database } from "./ports.ts";

export interface BackupAsked {
  readonly file: string;
  readonly with_keys: boolean;
  readonly recipients: readonly string[];
}

/** Beside its name first, and renamed when it is whole: a file of that name is a backup. */
export async function writeBackup({ pool, sealing }: Pick<Database, "pool" | "sealing">, asked: BackupAsked) {
  const { file, with_keys, recipients } = asked;
  const encrypt = recipients.length > 0 ? encrypterTo(recipients) : undefined;
  if (encrypt && !encrypt.ok) return encrypt;
  if (!encrypt && (await hasCompartments(pool)))
    return refuse(
      "recipient_missing",
      "--recipient",
      "books that hold a compartment leave only encrypted: name who can open them",
    );
  const seal = keySeal(sealing);
  const signer = await backupSigner(postgresKeys(pool, seal));
  if (!signer.ok) return signer;
  const partial = `${file}.partial`;
  const opened = await open(partial, "w", 0o600).catch((cause: NodeJS.ErrnoException) => cause);
  if (opened instanceof Error)
    return refuse("file_unwritable", file, `${file} cannot be written (${opened.code})`);
  try {
    const written = await backup(pool, opened.createWriteStream({ flush: true }), {
      seal: signer.value.seal,
      ...(with_keys ? { keys: seal } : {}),
      ...(encrypt ? { encrypt: encrypt.value } : {}),
    });
    renameSync(partial, file);
    return done({ file, ...written, signed_by: signer.value.key, encrypted: encrypt !== undefined });
  } catch (cause) {
    if (cause instanceof KeysNotOpened) return { ok: false as const, refusal: cause.refusal };
    throw cause;
  } finally {
    rmSync(partial, { force: true });
  }
}

async function hasCompartments(pool: Database["pool"]): Promise<boolean> {
  const { rowCount } = await pool.query(
    "select 1 from didym.record where collection = 'compartment' limit 1",
  );
  return rowCount !== 0;
}
