import { resolve } from "node:path";
import type { SealSource } from "../outside/key-seal.ts";

/**
 * What signing keys are sealed under: DIDYM_PASSPHRASE, or the file that DIDYM_KEY_FILE names, or else one beside the data folder,
 * so that a copy of the folder is not a copy of the keys.
 */
export function sealingOf(dataDir: string): SealSource {
  const { DIDYM_KEY_FILE: file, DIDYM_PASSPHRASE: passphrase } = process.env;
  return {
    file: file ? resolve(file) : `${resolve(dataDir)}.key`,
    ...(passphrase ? { passphrase } : {}),
  };
}
