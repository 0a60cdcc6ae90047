import { fileURLToPath } from "node:url";
import type { Upkeep } from "../cli/index.ts";
import { done } from "../quantity/index.ts";
import { backupVerbs } from "./backup-verbs.ts";
import { writeEvidenceOn } from "./evidence-verb.ts";
import type { Database } from "./ports.ts";
import { VERSION } from "./version.ts";

/** Opens the books for one piece of work and closes them after it. */
export type WithDatabase = <T>(
  dataDir: string | undefined,
  work: (database: Database) => Promise<T>,
) => Promise<T>;

const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));

/** The verbs that keep the books, and this installation, in order. They are the command line's alone: a face for people at the machine. */
export const upkeepOn = (withDatabase: WithDatabase): readonly Upkeep[] => [
  auditOn(withDatabase),
  ...backupVerbs(withDatabase),
  {
    room: "trust",
    verb: "sbom",
    asks: "installation",
    takes: [],
    example: [],
    summary:
      "What this installation is made of, as CycloneDX JSON: every package of the lockfile with version, digest, licence and what it needs.",
    run: async () => {
      const { sbomIn } = await import("../outside/sbom.ts");
      return done(sbomIn(CHECKOUT, VERSION));
    },
  },
  {
    room: "trust",
    verb: "licences",
    asks: "installation",
    takes: [],
    example: [],
    summary:
      "Under which licences runs what runs here: every package of the lockfile that is more than a tool of tests, with the texts it brings, and a finding where it names none or one that is not on the list.",
    run: async () => {
      const { licencesIn } = await import("../outside/licences.ts");
      return done(licencesIn(CHECKOUT));
    },
  },
  writeEvidenceOn(withDatabase),
];

const auditOn = (withDatabase: WithDatabase): Upkeep => ({
  room: "ledger",
  verb: "audit",
  takes: [],
  flags: { heads: "FILE" },
  example: [],
  summary:
    "Walk the chain from the first entry, redo every closure, and name the first entry that is wrong. FILE holds heads that were noted elsewhere, one JSON {seq, hash} a line: whatever was written anew, set back or cut off before them is found.",
  async run({ flags: { heads: file }, dataDir, stdin }) {
    const { headsOfFile } = await import("./noted.ts");
    const heads = file === undefined ? done([]) : await headsOfFile(file, stdin);
    if (!heads.ok) return heads;
    return withDatabase(dataDir, async ({ pool }) => {
      const { auditBooks } = await import("../store/audit.ts");
      const { FOLDING } = await import("../app/apply.ts");
      return done(await auditBooks({ pool, ...FOLDING, heads: heads.value }));
    });
  },
});
