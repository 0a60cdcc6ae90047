import { z } from "zod";
import { ProductShape } from "./product-shape.ts";

/**
 * What the verifier reads of things from outside. Where something is signed or hashed as a whole, extra fields are facts of it and
 * no faults; where a field more would stand outside the hash or the signature, or could be taken for another, it is refused (C14).
 */

/** Whole milligrams, never below zero: a negative loss would be metal from nowhere. */
const Amount = z.object({ best: z.number().int().min(0), moves: z.record(z.string(), z.number()) });
/** RFC 3339 with its offset, as VC 2.0 asks: a time without one is a different time in every place. */
const When = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/, "a time with its offset");
const Contents = z.record(z.string(), Amount);
const FeedShares = z.record(z.string(), z.record(z.string(), z.number().int().min(0)));
const Part = z.object({ mass_mg: Amount, elements_mg: Contents });
const Notes = z.record(z.string(), z.string());

export const StepBody = z.object({
  step: z.string(),
  kind: z.string().default(""),
  site: z.string().default(""),
  at: When,
  inputs: z.array(Part.extend({ lot: z.string(), feeds_mg: FeedShares })),
  additions: z.array(Part),
  outputs: z.array(
    Part.extend({
      lot: z.string(),
      kind: z.string().default(""),
      notes: Notes.default({}),
      feeds_mg: FeedShares,
    }),
  ),
  losses: z.array(Part),
  accept_open: z.string().optional(),
  rules: z.number().optional(),
});
export type StepBody = z.infer<typeof StepBody>;

export const ReversedBody = z.object({ step: z.string(), at: When.optional() });

export const FeedBody = z.object({
  feed: z.string(),
  elements_mg: z.record(z.string(), z.object({ best: z.number().min(0), sd: z.number().min(0) })),
});
export type FeedBody = z.infer<typeof FeedBody>;

export const OpenedBody = z.object({
  lot: z.string(),
  kind: z.string().default(""),
  at: When.optional(),
  mass_mg: Amount.optional(),
  elements_mg: Contents.optional(),
  notes: Notes.default({}),
});
export type OpenedBody = z.infer<typeof OpenedBody>;

const Held = z.object({ mass_mg: Amount, elements_mg: Contents, feeds_mg: FeedShares.optional() });
export const RestatedBody = z.object({
  ...{ lot: z.string(), at: When.optional(), before: Held, after: Held },
  rules: z.number().optional(),
});
export type RestatedBody = z.infer<typeof RestatedBody>;

const Place = z.object({ country: z.string(), region: z.string().optional() });
const Stop = z.object({
  step: z.string(),
  country: z.string(),
  state: z.string().optional(),
  at: z.string(),
});
const Custody = z.enum([
  "identity_preserved",
  "segregated",
  "controlled_blending",
  "mass_balance",
  "not_stated",
]);
const Collected = z.array(z.union([z.literal("not_stated"), Place]));

export const TracedBody = z.object({
  feed: z.string(),
  trace: z.object({
    collected_in: Collected,
    sites: z.array(Stop),
    custody: Custody,
    feedstock: z.record(z.string(), z.record(z.string(), z.number())),
    stated_later: z.boolean(),
  }),
});

export const SiteCountryBody = z.object({
  site: z.string(),
  country: z.string(),
  region: z.string().optional(),
});

export const ProvenanceShape = z.object({
  rules: z.literal(2),
  collected_in: Collected,
  sites: z.array(Stop),
  chain_of_custody: Custody,
  origin: z.enum(["recovered", "virgin", "mixed", "not_stated"]),
  feedstock: z.record(z.string(), z.record(z.string(), z.string())),
  stated_later: z.boolean(),
});

export const FirstProvenanceShape = z.looseObject({
  rules: z.undefined().optional(),
  sites: z.array(z.looseObject({ step: z.string(), at: z.string() })),
  chain_of_custody: z.string(),
});
export type FirstProvenanceShape = z.infer<typeof FirstProvenanceShape>;

/** A share of another passport's matter: its claims are inside the other's. */
const PartOf = z.object({ passport: z.string(), mass_mg: z.number().int().positive() });

export const PassportBody = z.object({
  passport: z.string(),
  lot: z.string(),
  mass_mg: z.number().int().positive(),
  oxide: z.string(),
  feeds_mg: FeedShares,
  part_of: PartOf.optional(),
  /** Who issued it and whose key signs it, where the log says so. */
  issued_by: z.string().optional(),
  signed_by: z.string().optional(),
  rules: z.number().optional(),
});
export type PassportBody = z.infer<typeof PassportBody>;

export const RevokedBody = z.object({ passport: z.string(), why: z.string() });

/** A certificate of analysis as far as it repeats its laboratory's report; older ones hold less. */
const Line = z.looseObject({ analyte: z.string(), mg_per_kg: z.string(), u: z.string().optional() });

export const ReleasedBody = z.object({
  lot: z.string(),
  at: When.optional(),
  certificate: z.looseObject({
    lot: z.string(),
    sample: z.string().optional(),
    sampled_on: z.string().optional(),
    analysed_on: z.string().optional(),
    laboratory: z.string().optional(),
    method: z.string().optional(),
    results: z.array(Line).max(200).optional(),
    reo_pct: z.string().optional(),
    loi_pct: z.string().optional(),
  }),
  json_digest: z.string().optional(),
  rests_on: z
    .object({
      sample: z.string(),
      lot: z.string(),
      report_at: When.optional(),
      drawn_at: When.optional(),
    })
    .optional(),
});
export type ReleasedBody = z.infer<typeof ReleasedBody>;

export const SampledBody = z.object({
  sample: z.string(),
  lot: z.string(),
  at: When,
  composite: z.array(z.looseObject({ lot: z.string() })).optional(),
});

export const AnalysedBody = z.object({
  sample: z.string(),
  laboratory: z.string(),
  method: z.string(),
  analysed_on: z.string(),
  at: When,
  results: z.array(Line).max(200),
  reo_pct: z.string().optional(),
  loi_pct: z.string().optional(),
});

export const AnalysisReleasedBody = z.object({ sample: z.string(), side: z.string(), report_at: When });

export const SupersededBody = z.object({ lot: z.string(), why: z.string() });

/** A field more in a header stands outside its hash. */
export const Header = z.strictObject({
  seq: z.number().int(),
  time: z.string(),
  kind: z.string(),
  sealed: z.string(),
  prev: z.string(),
  hash: z.string(),
});

const Head = z.strictObject({ seq: z.number().int(), hash: z.string() });

const End = z.looseObject({
  type: z.literal("DidymBundleEnd"),
  issuer: z.string(),
  at: When,
  head: Head,
  shows: z.string(),
});

export const BundleShape = z.strictObject({
  format: z.enum(["didym-bundle/1", "didym-bundle/2"]),
  head: Head,
  headers: z.array(Header).max(5_000_000),
  disclosed: z
    .array(
      z.strictObject({
        seq: z.number().int(),
        actor: z.looseObject({ role: z.string(), party: z.string(), verified: z.boolean() }),
        key: z.string(),
        body: z.record(z.string(), z.unknown()),
        nonce: z.string(),
      }),
    )
    .max(1_000_000),
  end: End.optional(),
});
export type BundleShape = z.infer<typeof BundleShape>;

const CertificateShape = z.object({
  lot: z.string(),
  oxide: z.string(),
  product: ProductShape.optional(),
  net_mass_mg: z.number().int().positive(),
  convention: z.enum(["zero", "half_limit", "full_limit"]),
  results: z
    .array(
      z.looseObject({
        analyte: z.string(),
        mg_per_kg: z.string(),
        u: z.string().optional(),
      }),
    )
    .max(200),
  purity: z.looseObject({ purity_pct: z.string(), sum_mg_per_kg: z.string() }),
  reo_pct: z.string().optional(),
  loi_pct: z.string().optional(),
  made_on: z.string().optional(),
  analysed_on: z.string().optional(),
  specifications: z.array(z.looseObject({ specification: z.string(), meets: z.string() })).max(50),
});

/** Terms of VC 2.0 that passports do not use would change what it means to who reads them: it is refused, not passed over. */
export const CredentialShape = z.strictObject({
  "@context": z.array(z.unknown()),
  type: z.array(z.string()),
  id: z.string().optional(),
  issuer: z.union([z.string(), z.strictObject({ id: z.string(), name: z.string().optional() })]),
  validFrom: When,
  validUntil: When.optional(),
  proof: z.unknown(),
  credentialSubject: z.strictObject({
    id: z.string().optional(),
    rules: z.union([z.literal(2), z.literal(3)]).optional(),
    passport: z.string(),
    sample: z.boolean().optional(),
    recycled_share: z
      .string()
      .regex(/^\d(\.\d{1,9})?$/)
      .optional(),
    product: z.strictObject({ lot: z.string(), oxide: z.string(), net_mass_mg: z.number().int().positive() }),
    certificate: CertificateShape.loose(),
    provenance: z.unknown(),
    balance: z.record(z.string(), z.unknown()).optional(),
    part_of: PartOf.optional(),
    claims_mg: FeedShares,
    head: Head,
  }),
});
export type CredentialShape = z.infer<typeof CredentialShape>;
