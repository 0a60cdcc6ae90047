import { z } from "zod";
import { ProductShape } from "./product-shape.ts";

/** What the verifier reads of things from outside. Loose on purpose: extra fields are signed facts, not faults. */

/** Whole milligrams, never below zero: a negative loss would be metal from nowhere. */
const Amount = z.object({ best: z.number().int().min(0), moves: z.record(z.string(), z.number()) });
/** RFC 3339 with its offset, as VC 2.0 asks: a time without one is a different time in every place. */
const When = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/, "a time with its offset");
const Contents = z.record(z.string(), Amount);
const FeedShares = z.record(z.string(), z.record(z.string(), z.number().int().min(0)));
const Part = z.object({ mass_mg: Amount, elements_mg: Contents });

export const StepBody = z.object({
  step: z.string(),
  at: When,
  inputs: z.array(Part.extend({ lot: z.string(), feeds_mg: FeedShares })),
  additions: z.array(Part),
  outputs: z.array(Part.extend({ lot: z.string(), feeds_mg: FeedShares })),
  losses: z.array(Part),
  accept_open: z.string().optional(),
});
export type StepBody = z.infer<typeof StepBody>;

export const FeedBody = z.object({
  feed: z.string(),
  elements_mg: z.record(z.string(), z.object({ best: z.number().min(0), sd: z.number().min(0) })),
});
export type FeedBody = z.infer<typeof FeedBody>;

export const OpenedBody = z.object({ lot: z.string() });

const Held = z.object({ mass_mg: Amount, elements_mg: Contents });
export const RestatedBody = z.object({ lot: z.string(), before: Held, after: Held });
export type RestatedBody = z.infer<typeof RestatedBody>;

export const PassportBody = z.object({
  passport: z.string(),
  lot: z.string(),
  mass_mg: z.number().int().positive(),
  oxide: z.string(),
  feeds_mg: FeedShares,
});
export type PassportBody = z.infer<typeof PassportBody>;

export const RevokedBody = z.object({ passport: z.string(), why: z.string() });

export const Header = z.object({
  seq: z.number().int(),
  time: z.string(),
  kind: z.string(),
  sealed: z.string(),
  prev: z.string(),
  hash: z.string(),
});

export const BundleShape = z.object({
  format: z.literal("didym-bundle/1"),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  headers: z.array(Header).max(5_000_000),
  disclosed: z
    .array(
      z.object({
        seq: z.number().int(),
        actor: z.looseObject({ role: z.string(), party: z.string(), verified: z.boolean() }),
        key: z.string(),
        body: z.record(z.string(), z.unknown()),
        nonce: z.string(),
      }),
    )
    .max(1_000_000),
});

const CertificateShape = z.object({
  lot: z.string(),
  oxide: z.string(),
  product: ProductShape.optional(),
  net_mass_mg: z.number().int().positive(),
  convention: z.enum(["zero", "half_limit", "full_limit"]),
  results: z
    .array(
      z.object({
        analyte: z.string(),
        mg_per_kg: z.string(),
        u: z.string().optional(),
      }),
    )
    .max(200),
  purity: z.looseObject({ purity_pct: z.string(), sum_mg_per_kg: z.string() }),
  reo_pct: z.string().optional(),
  loi_pct: z.string().optional(),
  specifications: z.array(z.looseObject({ specification: z.string(), meets: z.string() })).max(50),
});

export const CredentialShape = z.looseObject({
  "@context": z.array(z.unknown()),
  type: z.array(z.string()),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
  validFrom: When,
  validUntil: When.optional(),
  credentialSubject: z.looseObject({
    passport: z.string(),
    sample: z.boolean().optional(),
    recycled_share: z
      .string()
      .regex(/^\d(\.\d{1,9})?$/)
      .optional(),
    product: z.object({ lot: z.string(), oxide: z.string(), net_mass_mg: z.number().int().positive() }),
    certificate: CertificateShape.loose(),
    claims_mg: FeedShares,
    head: z.object({ seq: z.number().int(), hash: z.string() }),
  }),
});
export type CredentialShape = z.infer<typeof CredentialShape>;
