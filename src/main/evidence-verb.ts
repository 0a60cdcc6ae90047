import type { Upkeep } from "../cli/index.ts";
import { done, refuse } from "../quantity/index.ts";
import type { WithDatabase } from "./upkeep.ts";

const NOBODY = { role: "unstated", party: "unstated", verified: false };

export const writeEvidenceOn = (withDatabase: WithDatabase): Upkeep => ({
  room: "trust",
  verb: "write-evidence",
  takes: ["FOLDER"],
  flags: { backups: "FOLDER", heads: "FILE" },
  example: ["evidence"],
  summary:
    "Write the pack of evidence into a new folder, a file for each part and an index with their digests; with the folder that backups are kept in, and heads that were noted elsewhere.",
  async run({ words: [folder], flags, dataDir, stdin }) {
    if (folder === undefined) return refuse("file_missing", "FOLDER", "name the folder to write");
    const { headsOfFile } = await import("./noted.ts");
    const heads = flags["heads"] === undefined ? done([]) : await headsOfFile(flags["heads"], stdin);
    if (!heads.ok) return heads;
    const { backups } = flags;
    return withDatabase(dataDir, async ({ pool, sealing }) => {
      const { evidenceOf } = await import("./evidence-sources.ts");
      const { evidence } = await import("../app/trust/evidence.ts");
      const { portsOn } = await import("./ports.ts");
      const { writeEvidence } = await import("./write-evidence.ts");
      const told = evidenceOf({
        ...{ pool, backups, heads: heads.value },
        configuration: { face: "command line" },
      });
      const ports = { ...portsOn(pool, undefined, sealing), evidence: told };
      const pack = await evidence.run(ports, { input: {}, request: { actor: NOBODY, owner: true } });
      return pack.ok ? writeEvidence(folder, pack.value) : pack;
    });
  },
});
