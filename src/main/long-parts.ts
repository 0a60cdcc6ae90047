import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { Licences } from "../outside/licences.ts";
import type { NotedHead } from "../store/noted-heads.ts";
import { VERSION } from "./version.ts";

export const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));

const LONG_PARTS = ["audit", "sbom", "licences"] as const;
export type LongPart = (typeof LONG_PARTS)[number];

/** Licences without their texts, which `trust licences` shows. */
export type LicencesTold = Pick<Licences, "clean" | "findings"> & {
  readonly packages: readonly (Omit<Licences["packages"][number], "texts"> & { readonly texts: number })[];
};

export interface LongParts {
  readonly audit: () => Promise<object>;
  readonly sbom: () => Promise<object>;
  readonly licences: () => Promise<LicencesTold>;
}

/** What walks all of the books, or reads a file of every package. */
export const longParts = (pool: pg.Pool, heads: readonly NotedHead[] = []): LongParts => ({
  async audit() {
    const { auditBooks } = await import("../store/audit.ts");
    const { applyEntry } = await import("../app/apply.ts");
    return auditBooks({ pool, apply: applyEntry, heads });
  },
  async sbom() {
    const { sbomIn } = await import("../outside/sbom.ts");
    return sbomIn(CHECKOUT, VERSION);
  },
  async licences() {
    const { licencesIn } = await import("../outside/licences.ts");
    const { packages, ...found } = licencesIn(CHECKOUT);
    return { ...found, packages: packages.map(({ texts, ...rest }) => ({ ...rest, texts: texts.length })) };
  },
});
