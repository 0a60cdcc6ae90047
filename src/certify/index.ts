// Certificates of analysis, specifications, passports, and the verifier that a buyer runs.
export * from "./analysis.ts";
export * from "./bundle.ts";
export * from "./certificate.ts";
export * from "./certified-metal.ts";
export * from "./certified-on.ts";
export * from "./certified-product.ts";
export * from "./compare-books.ts";
export * from "./custody.ts";
export * from "./decide-issue.ts";
export * from "./descent.ts";
export * from "./entries.ts";
export * from "./false-yes.ts";
export { FINDING_CODES, type Finding, type FindingCode, isFatal, NOTES } from "./finding.ts";
export * from "./multibase.ts";
export * from "./no-claim.ts";
export * from "./not-stated.ts";
export * from "./passport.ts";
export * from "./passport-balance.ts";
export {
  addProof,
  type Json,
  methodOf,
  type ProofFault,
  type ProofOptions,
  proofFault,
  type Sign,
  type Signed,
  signedBytes,
  signerOf,
  signPassport,
} from "./proof.ts";
export * from "./provenance.ts";
export * from "./recycled-share.ts";
export * from "./signing-keys.ts";
export * from "./specification.ts";
export { type IssuersRefusal, readIssuers, type TrustedIssuer } from "./trust.ts";
export {
  type Check,
  type Verification,
  type VerifyInput,
  verifyPassport,
  verifyTogether,
} from "./verify.ts";
export { openStep } from "./verify-balance.ts";
export { partsAboveWhole } from "./whole.ts";
