import { Decimal } from "decimal.js";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { analyse } from "./analysis.ts";
import type { Certificate } from "./certificate.ts";
import { type Json, proofFault, signerOf } from "./proof.ts";
import { CredentialShape } from "./read.ts";
import { checkSpecification, findSpecification, metalCeiling_mg } from "./specification.ts";
import { checkBundle, type Facts } from "./verify-bundle.ts";

export interface Check {
  readonly name: string;
  readonly result: "passed" | "failed" | "not_checked";
  readonly why: string;
}

export interface Verification {
  readonly accepted: boolean;
  readonly checks: readonly Check[];
}

export interface VerifyInput {
  readonly credential: unknown;
  readonly bundle?: unknown;
  /** Trusted issuers; without a list nobody is trusted. */
  readonly issuers?: readonly string[];
  /** Other passports given at once: their claims count too. */
  readonly others?: readonly unknown[];
  readonly now: string;
}

/** Checks that must have passed for a passport to be accepted. What needs the bundle may stay unchecked, and says so. */
const REQUIRED = ["well_formed", "signature", "issuer_trusted", "validity", "certificate", "stoichiometry"];

/** Verifies a passport, and everything it stands on when the bundle is given. Never throws (C10). */
export function verifyPassport(input: VerifyInput): Verification {
  const checks: Check[] = [];
  const add = (name: string, result: Check["result"], why: string) => checks.push({ name, result, why });
  const read = CredentialShape.safeParse(input.credential);
  if (!read.success) {
    const issue = read.error.issues[0];
    add(
      "well_formed",
      "failed",
      `not a passport: ${issue?.path.map(String).join(".") || "document"}: ${issue?.message}`,
    );
    return { accepted: false, checks };
  }
  const credential = read.data;
  const typed =
    credential.type.includes("VerifiableCredential") && credential.type.includes("DidymOxidePassport");
  const context = credential["@context"][0] === "https://www.w3.org/ns/credentials/v2";
  add(
    "well_formed",
    typed && context ? "passed" : "failed",
    typed && context ? "a W3C VC 2.0 credential of the passport type" : "type or context is not a passport's",
  );
  checkSignature(input.credential as Json, credential, add);
  checkTrust(credential, input.issuers, add);
  checkValidity(credential, input.now, add);
  checkCertificate(credential, add);
  checkStoichiometry(credential, add);
  checkBundle({ credential, bundle: input.bundle, others: readOthers(input.others) }, add);
  const failed = checks.some((c) => c.result === "failed");
  const proven = REQUIRED.every((name) => checks.find((c) => c.name === name)?.result === "passed");
  return { accepted: !failed && proven, checks };
}

/**
 * Verifies several passports given at once: the first in full, each other with what decides it, and that no lot stands in two
 * of them. Accepted only when all are.
 */
export function verifyTogether(input: VerifyInput): Verification {
  const first = verifyPassport(input);
  const others = input.others ?? [];
  if (others.length === 0) return first;
  const everyone = [input.credential, ...others];
  const checks: Check[] = [...first.checks, onceEach(everyone)];
  for (const [i, credential] of others.entries()) {
    const rest = everyone.filter((other) => other !== credential);
    const { accepted, checks: own } = verifyPassport({ ...input, credential, others: rest });
    const reason = own.find((c) => c.result === "failed") ?? own.find((c) => c.result === "not_checked");
    const why = accepted
      ? "accepted by the same checks"
      : `${reason?.name ?? "checks"}: ${reason?.why ?? "not accepted"}`;
    checks.push({ name: `passport_${i + 2}`, result: accepted ? "passed" : "failed", why });
  }
  return { accepted: first.accepted && checks.every((c) => c.result !== "failed"), checks };
}

/** The same lot under two names is the same gram promised twice. */
function onceEach(everyone: readonly unknown[]): Check {
  const lots = new Map<string, string>();
  for (const credential of everyone) {
    const read = CredentialShape.safeParse(credential);
    if (!read.success) continue;
    const { passport, product } = read.data.credentialSubject;
    const before = lots.get(product.lot);
    if (before !== undefined && before !== passport) {
      return {
        name: "lots_once",
        result: "failed",
        why: `${product.lot} stands in the passports ${before} and ${passport}`,
      };
    }
    lots.set(product.lot, passport);
  }
  return { name: "lots_once", result: "passed", why: "no lot stands in two of the passports" };
}

type Add = (name: string, result: Check["result"], why: string) => void;

/** Only what is itself rightly signed counts as another passport; the rest is nobody's word. */
function readOthers(others: readonly unknown[] | undefined): Facts["others"] {
  return (others ?? []).flatMap((other) => {
    const read = CredentialShape.safeParse(other);
    return read.success && proofFault(other as Json) === undefined ? [read.data] : [];
  });
}

const issuerOf = (credential: CredentialShape): string =>
  typeof credential.issuer === "string" ? credential.issuer : credential.issuer.id;

function checkSignature(document: Json, credential: CredentialShape, add: Add): void {
  const fault = proofFault(document);
  const signer = signerOf(document);
  if (fault) add("signature", "failed", `the proof does not hold: ${fault.replaceAll("_", " ")}`);
  else if (signer !== issuerOf(credential))
    add("signature", "failed", `signed by ${signer}, but the issuer is ${issuerOf(credential)}`);
  else add("signature", "passed", "unchanged since its issuer signed it (eddsa-jcs-2022)");
}

function checkTrust(credential: CredentialShape, issuers: readonly string[] | undefined, add: Add): void {
  const issuer = issuerOf(credential);
  if (!issuers)
    add(
      "issuer_trusted",
      "not_checked",
      "no list of trusted issuers was given, so nobody is trusted and nothing is accepted",
    );
  else if (issuers.includes(issuer))
    add("issuer_trusted", "passed", `${issuer} is on your list of trusted issuers`);
  else
    add(
      "issuer_trusted",
      "failed",
      `${issuer} is not on your list of trusted issuers, however well it signed`,
    );
}

function checkValidity(credential: CredentialShape, now: string, add: Add): void {
  const from = Date.parse(credential.validFrom);
  const until =
    credential.validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(credential.validUntil);
  const at = Date.parse(now);
  if (Number.isNaN(from) || Number.isNaN(until)) add("validity", "failed", "its dates cannot be read");
  else if (at < from) add("validity", "failed", `valid only from ${credential.validFrom}`);
  else if (at > until) add("validity", "failed", `expired at ${credential.validUntil}`);
  else add("validity", "passed", `valid since ${credential.validFrom}`);
}

/** Recomputes purity and specification from the certificate's own lines. */
function checkCertificate({ credentialSubject: subject }: CredentialShape, add: Add): void {
  const { certificate, product } = subject;
  if (
    certificate.lot !== product.lot ||
    certificate.oxide !== product.oxide ||
    certificate.net_mass_mg !== product.net_mass_mg
  ) {
    return add("certificate", "failed", "the certificate is of another lot, product or mass");
  }
  const again = analyse({
    basis: "TREO",
    results: certificate.results as Certificate["results"],
    convention: certificate.convention,
  });
  if (!again.ok)
    return add("certificate", "failed", `its analysis cannot be redone: ${again.refusal.message}`);
  if (
    again.value.purity_pct !== certificate.purity.purity_pct ||
    again.value.sum_mg_per_kg !== certificate.purity.sum_mg_per_kg
  ) {
    return add(
      "certificate",
      "failed",
      `its impurities give ${again.value.purity_pct} %, it says ${certificate.purity.purity_pct} %`,
    );
  }
  for (const stated of certificate.specifications) {
    const spec = findSpecification(stated.specification);
    if (!spec)
      return add("certificate", "failed", `the specification ${stated.specification} is not known here`);
    const checked = checkSpecification(certificate as unknown as Certificate, spec);
    if (checked.meets !== stated.meets) {
      return add(
        "certificate",
        "failed",
        `${spec.id}: its own figures give "${checked.meets}", it says "${stated.meets}"`,
      );
    }
  }
  const met = certificate.specifications.filter((s) => s.meets === "yes").map((s) => s.specification);
  add(
    "certificate",
    "passed",
    `purity ${again.value.purity_pct} % recomputed from its impurities; meets ${met.join(", ") || "no specification"}`,
  );
}

/** No more metal is claimed than the net mass of that oxide can hold. */
function checkStoichiometry({ credentialSubject: { product, claims_mg } }: CredentialShape, add: Add): void {
  const ceiling = metalCeiling_mg(product.oxide, product.net_mass_mg);
  if (ceiling === undefined)
    return add("stoichiometry", "failed", `${product.oxide} is not an oxide of one metal`);
  const metal = product.oxide.replace(/\d+/g, "").replace(/O$/, "");
  const claimed = Object.values(claims_mg).reduce(
    (sum, elements) => sum.plus(elements[metal] ?? 0),
    new Decimal(0),
  );
  const foreign = Object.values(claims_mg)
    .flatMap((e) => Object.keys(e))
    .find((element) => element !== metal);
  if (foreign !== undefined)
    return add("stoichiometry", "failed", `${foreign} is claimed, but ${product.oxide} is made of ${metal}`);
  if (claimed.gt(ceiling + 1)) {
    return add(
      "stoichiometry",
      "failed",
      `${claimed.toFixed()} mg of ${metal} is claimed, ${product.net_mass_mg} mg of ${product.oxide} holds at most ${Math.floor(ceiling)} mg`,
    );
  }
  add(
    "stoichiometry",
    "passed",
    `${claimed.toFixed()} mg of ${metal} claimed, at most ${Math.floor(ceiling)} mg possible`,
  );
}

export type IssuersRefusal = Refusal<"issuers_unreadable">;

/** Reads {"issuers": [{"id", "name"}]} or a bare list of ids. */
export function readIssuers(json: unknown): Result<string[], IssuersRefusal> {
  const list = Array.isArray(json) ? json : (json as { issuers?: unknown } | null)?.issuers;
  if (!Array.isArray(list))
    return refuse(
      "issuers_unreadable",
      "issuers",
      'trusted issuers are {"issuers": [{"id": "did:key:…"}]} or a list of ids',
    );
  const ids: string[] = [];
  for (const [i, item] of list.entries()) {
    const id = typeof item === "string" ? item : (item as { id?: unknown } | null)?.id;
    if (typeof id !== "string") return refuse("issuers_unreadable", `issuers[${i}]`, "an issuer has an id");
    ids.push(id);
  }
  return done(ids);
}
