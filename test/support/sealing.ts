import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { KeySeal } from "../../src/app/core/keys.ts";
import { keySeal, type SealSource } from "../../src/outside/key-seal.ts";

/** A place for a key file of the test's own, which goes with it. */
export function ownKeyFile(): SealSource {
  const folder = mkdtempSync(join(tmpdir(), "didym-key-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { file: join(folder, "data.key") };
}

export const ownSeal = (): KeySeal => keySeal(ownKeyFile());
