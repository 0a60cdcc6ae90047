import type { Keys, KeysRefusal } from "../app/core/keys.ts";
import { addProof, type Json, methodOf, proofFault, type Signed, signerOf } from "../certify/index.ts";
import { canonicalJson, done, type Result } from "../quantity/index.ts";
import type { Totals } from "./backup-format.ts";

/** Under this name the programme's own key is kept, beside those of the parties: no party can have it. */
export const PROGRAMME = "~programme";

/** What a programme says of a backup it made: of which books, and which bytes. */
export interface BackupSeal extends Totals {
  readonly type: "DidymBackupSeal";
  readonly sha256: string;
  readonly head: { readonly seq: number; readonly hash: string };
}

export type SealBackup = (what: Omit<BackupSeal, "type">, at: string) => Promise<Signed<BackupSeal & Json>>;

/** Signs backups with the programme's key, which is made when the first one is. */
export async function backupSigner(
  keys: Keys,
): Promise<Result<{ readonly key: string; readonly seal: SealBackup }, KeysRefusal>> {
  const made = await keys.make(PROGRAMME);
  if (!made.ok) return made;
  const key = made.value;
  return done({
    key,
    seal: async (what, at) => {
      const sign = async (message: Uint8Array) => {
        const signed = await keys.sign(key, message);
        if (!signed.ok) throw new Error(signed.refusal.message);
        return signed.value;
      };
      const options = { verificationMethod: methodOf(key), created: at };
      return addProof({ type: "DidymBackupSeal" as const, ...what }, options, sign);
    },
  });
}

/** Who sealed a backup of these bytes; undefined where the seal does not hold, or is of another. */
export function sealedBy(seal: unknown, what: Omit<BackupSeal, "type">): string | undefined {
  if (seal === null || typeof seal !== "object" || proofFault(seal as Json)) return undefined;
  const { proof: _, type, ...said } = seal as Json;
  if (type !== "DidymBackupSeal" || canonicalJson(said) !== canonicalJson(what)) return undefined;
  return signerOf(seal as Json);
}
