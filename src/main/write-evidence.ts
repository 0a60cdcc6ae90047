import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidencePack } from "../app/trust/evidence.ts";
import { done, refuse } from "../quantity/index.ts";

/** What readers of a format look for. */
const NAMES: ReadonlyMap<string, string> = new Map([["sbom", "sbom.cdx.json"]]);

/** Writes a pack into a folder of its own: a file for each part, and an index that names each by its digest (Z51). */
export function writeEvidence(folder: string, pack: EvidencePack) {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return refuse("folder_in_use", folder, `${folder} holds something; a pack is never written over`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return refuse("file_unwritable", folder, `${folder} cannot be made (${code})`);
  }
  const { parts, ...head } = pack;
  const listed = Object.entries(parts).map(([part, { content, ...said }]) => {
    if (content === undefined) return { part, ...said };
    const file = NAMES.get(part) ?? `${part}.json`;
    const text = `${JSON.stringify(content, null, 2)}\n`;
    writeFileSync(join(folder, file), text, { flag: "wx", mode: 0o600 });
    return { part, file, sha256: createHash("sha256").update(text).digest("hex"), ...said };
  });
  const index = { ...head, parts: listed };
  writeFileSync(join(folder, "index.json"), `${JSON.stringify(index, null, 2)}\n`, {
    flag: "wx",
    mode: 0o600,
  });
  return done({ folder, ...index });
}
