import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Ledger from "../../src/ledger/index.ts";

/** The last commit whose weighings were one cause for each scale: what books cost then is what they may cost now. */
const BEFORE = "5e42ecf";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The room of the ledger as that commit has it, out of the history of this repository; undefined where a clone has no such history. */
export async function ledgerBefore(): Promise<typeof Ledger | undefined> {
  const archive = (): Buffer | undefined => {
    try {
      const maxBuffer = 2 ** 28;
      return execFileSync("git", ["archive", BEFORE, "src"], { cwd: ROOT, maxBuffer, stdio: "pipe" });
    } catch {
      return undefined;
    }
  };
  const input = archive();
  if (!input) return undefined;
  // Inside this checkout, so that its packages are found.
  mkdirSync(join(ROOT, "build"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "build", "before-"));
  execFileSync("tar", ["-x", "-C", folder], { input });
  const { href } = pathToFileURL(join(folder, "src/ledger/index.ts"));
  try {
    return await import(href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
