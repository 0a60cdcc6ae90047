import { z } from "zod";
import {
  partsAboveWhole,
  readAnalysis,
  readIssuers,
  SPECIFICATIONS,
  verifyTogether,
} from "../../certify/index.ts";
import { Analyte, inUnit, Sd, titled } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { calculation, query } from "../core/use-case.ts";

export const verify = calculation({
  room: "certify",
  verb: "verify",
  summary:
    "Verify a passport offline: signature, trust, certificate, lineage, balance, and that no feed is claimed twice.",
  files: { first: "credential", more: "others", flags: { trust: "issuers", bundle: "bundle" } },
  input: z.strictObject({
    credential: z.unknown().refine((x) => x !== undefined, "the passport to verify"),
    bundle: z.unknown().optional(),
    issuers: z.unknown().optional().describe("trusted issuers: a list of ids, or {issuers: [{id}]}"),
    others: z.array(z.unknown()).max(1000).optional(),
  }),
  example: {
    credential: { "@context": ["https://www.w3.org/ns/credentials/v2"], type: ["VerifiableCredential"] },
    issuers: [],
  } as {
    credential: unknown;
    bundle?: unknown;
    issuers?: unknown;
    others?: unknown[] | undefined;
  },
  async compute(ports, { credential, bundle, issuers, others }) {
    const trusted = issuers === undefined ? undefined : readIssuers(issuers);
    if (trusted && !trusted.ok) return trusted;
    return done(
      verifyTogether({
        credential,
        now: ports.clock.now().toISOString(),
        ...(bundle === undefined ? {} : { bundle }),
        ...(trusted ? { issuers: trusted.value } : {}),
        ...(others ? { others } : {}),
      }),
    );
  },
});

export const analysis = calculation({
  room: "certify",
  verb: "analyse",
  summary:
    "Purity by difference from a list of impurities, with the stated convention for results below detection.",
  input: z.strictObject({
    basis: z.enum(["TREO", "oxide"]),
    convention: z.enum(["zero", "half_limit", "full_limit"]),
    results: z
      .array(
        z.strictObject({
          analyte: Analyte(z.string().max(20)),
          mg_per_kg: inUnit(titled(z.string().max(24), "result"), "mg/kg"),
          u: Sd(z.string().regex(/^\d{1,9}(\.\d{1,9})?$/)).optional(),
        }),
      )
      .max(200),
  }),
  example: {
    basis: "TREO" as const,
    convention: "half_limit" as const,
    results: [
      { analyte: "Pr6O11", mg_per_kg: "22", u: "2" },
      { analyte: "Dy2O3", mg_per_kg: "<1" },
    ],
  },
  async compute(_ports, input) {
    const analysis = input as Parameters<typeof readAnalysis>[0];
    const analysed = readAnalysis(analysis);
    const above = analysed.ok ? partsAboveWhole(analysis) : undefined;
    return above === undefined ? analysed : refuse("parts_exceed_whole", "results", above);
  },
});

export const specifications = query({
  room: "certify",
  verb: "specifications",
  summary: "The specifications that are known, with their sources.",
  input: z.strictObject({}),
  example: {},
  answer: async () => done({ items: SPECIFICATIONS }),
});
