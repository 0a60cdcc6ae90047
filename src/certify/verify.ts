import { canonicalJson, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type Check, failed, notChecked, type Outcome, passed } from "./check.ts";
import { notHashable } from "./json-guard.ts";
import { type Opened, openBundle } from "./open-bundle.ts";
import { type Json, proofFault, signerOf } from "./proof.ts";
import { CredentialShape } from "./read.ts";
import { BUNDLE_CHECKS, checkBundle } from "./verify-bundle.ts";
import { checkCertificate, checkStoichiometry } from "./verify-certificate.ts";

export type { Check } from "./check.ts";

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
  /** The time of checking, with its offset: the verifier has no clock of its own. */
  readonly now: string;
}

/** Checks that must have passed for a passport to be accepted. What needs the bundle may stay unchecked, and says so. */
const REQUIRED = [
  "well_formed",
  "signature",
  "issuer_trusted",
  "validity",
  "certificate",
  "stoichiometry",
] as const;

/** A passport read once: its shape, and whether its proof holds. */
interface Given {
  readonly document: unknown;
  readonly credential: CredentialShape | undefined;
  readonly unreadable: string;
  readonly proof: Outcome;
}

interface Context {
  readonly opened: Opened | undefined;
  readonly issuers: readonly string[] | undefined;
  readonly now: string;
  /** Rightly signed by someone trusted: only these are anybody's word. */
  readonly group: readonly CredentialShape[];
}

/** Verifies a passport, and everything it stands on when the bundle is given. Never throws (C10). */
export function verifyPassport(input: VerifyInput): Verification {
  const first = readPassport(input.credential);
  return verifyOne(first, contextOf(input, [first, ...(input.others ?? []).map(readPassport)]));
}

/**
 * Verifies several passports given at once: the first in full, each other with what decides it, and that no lot stands in two
 * of them. Accepted only when all are.
 */
export function verifyTogether(input: VerifyInput): Verification {
  const first = readPassport(input.credential);
  const others = (input.others ?? []).map(readPassport);
  const context = contextOf(input, [first, ...others]);
  const { accepted, checks: own } = verifyOne(first, context);
  if (others.length === 0) return { accepted, checks: own };
  const checks: Check[] = [...own, { name: "lots_once", ...onceEach([first, ...others]) }];
  for (const [i, other] of others.entries()) {
    const verified = verifyOne(other, context, true);
    const reason =
      verified.checks.find((c) => c.result === "failed") ??
      verified.checks.find((c) => c.result === "not_checked");
    const outcome = verified.accepted
      ? passed(reason ? `accepted; ${reason.name} not checked: ${reason.why}` : "accepted by the same checks")
      : failed(`${reason?.name ?? "checks"}: ${reason?.why ?? "not accepted"}`);
    checks.push({ name: `passport_${i + 2}`, ...outcome });
  }
  return { accepted: accepted && checks.every((c) => c.result !== "failed"), checks };
}

function readPassport(document: unknown): Given {
  const nothing = failed("there is no passport whose proof could hold");
  const fault = notHashable(document);
  if (fault)
    return { document, credential: undefined, unreadable: `not a passport: ${fault}`, proof: nothing };
  const read = CredentialShape.safeParse(document);
  if (!read.success) {
    const issue = read.error.issues[0];
    const where = issue?.path.map(String).join(".") || "document";
    const unreadable = `not a passport: ${where}: ${issue?.message}`;
    return { document, credential: undefined, unreadable, proof: nothing };
  }
  const proof = checkSignature(document as Json, read.data);
  return { document, credential: read.data, unreadable: "", proof };
}

function contextOf(input: VerifyInput, given: readonly Given[]): Context {
  const { issuers, now, bundle } = input;
  const group = given.flatMap(({ credential, proof }) =>
    credential && proof.result === "passed" && (issuers?.includes(issuerOf(credential)) ?? true)
      ? [credential]
      : [],
  );
  return { opened: bundle === undefined ? undefined : openBundle(bundle), issuers, now, group };
}

function verifyOne(
  { credential, unreadable, document, proof }: Given,
  context: Context,
  beside = false,
): Verification {
  const checks: Check[] = [];
  if (!credential) {
    checks.push({ name: "well_formed", ...failed(unreadable) });
    for (const name of [...REQUIRED.slice(1), ...BUNDLE_CHECKS])
      checks.push({ name, ...notChecked("the passport cannot be read") });
    return { accepted: false, checks };
  }
  const own: Readonly<Record<(typeof REQUIRED)[number], Outcome>> = {
    well_formed: checkForm(credential),
    signature: proof,
    issuer_trusted: checkTrust(credential, context.issuers),
    validity: checkValidity(credential, document as Json, context.now),
    certificate: checkCertificate(credential),
    stoichiometry: checkStoichiometry(credential),
  };
  for (const name of REQUIRED) checks.push({ name, ...own[name] });
  const group = context.group.includes(credential) ? context.group : [credential, ...context.group];
  const bundled = checkBundle(credential, context.opened, { group, beside });
  for (const name of BUNDLE_CHECKS) checks.push({ name, ...bundled[name] });
  const proven = REQUIRED.every((name) => own[name].result === "passed");
  return { accepted: proven && checks.every((c) => c.result !== "failed"), checks };
}

/** The same lot under two names is the same gram promised twice; one name over two contents is no passport at all. */
function onceEach(everyone: readonly Given[]): Outcome {
  const lots = new Map<string, string>();
  const contents = new Map<string, string>();
  for (const { credential } of everyone) {
    if (!credential) continue;
    const { passport, product } = credential.credentialSubject;
    const content = canonicalJson(credential.credentialSubject);
    if ((contents.get(passport) ?? content) !== content)
      return failed(`the passport ${passport} is given with two contents`);
    contents.set(passport, content);
    const before = lots.get(product.lot);
    if (before !== undefined && before !== passport)
      return failed(`${product.lot} stands in the passports ${before} and ${passport}`);
    lots.set(product.lot, passport);
  }
  return passed("no lot stands in two of the passports");
}

const issuerOf = (credential: CredentialShape): string =>
  typeof credential.issuer === "string" ? credential.issuer : credential.issuer.id;

function checkForm(credential: CredentialShape): Outcome {
  const { type, credentialSubject } = credential;
  const typed = type.includes("VerifiableCredential") && type.includes("DidymOxidePassport");
  const context = credential["@context"][0] === "https://www.w3.org/ns/credentials/v2";
  if (!typed || !context) return failed("type or context is not a passport's");
  const sample = credentialSubject.sample ? "; a sample, nobody's word on real goods" : "";
  return passed(`a W3C VC 2.0 credential of the passport type${sample}`);
}

function checkSignature(document: Json, credential: CredentialShape): Outcome {
  const fault = proofFault(document);
  const signer = signerOf(document);
  if (fault) return failed(`the proof does not hold: ${fault.replaceAll("_", " ")}`);
  return signer === issuerOf(credential)
    ? passed("unchanged since its issuer signed it (eddsa-jcs-2022)")
    : failed(`signed by ${signer}, but the issuer is ${issuerOf(credential)}`);
}

function checkTrust(credential: CredentialShape, issuers: readonly string[] | undefined): Outcome {
  const issuer = issuerOf(credential);
  if (!issuers)
    return notChecked("no list of trusted issuers was given, so nobody is trusted and nothing is accepted");
  return issuers.includes(issuer)
    ? passed(`${issuer} is on your list of trusted issuers`)
    : failed(`${issuer} is not on your list of trusted issuers, however well it signed`);
}

/** From and until, and the proof's own expiry; a time that cannot be read is not passed over. */
function checkValidity(credential: CredentialShape, document: Json, now: string): Outcome {
  const at = Date.parse(now);
  if (Number.isNaN(at)) return failed("the time of checking cannot be read");
  const from = Date.parse(credential.validFrom);
  const until = credential.validUntil;
  const expires = (document["proof"] as Json | undefined)?.["expires"];
  const ends = [until, expires].filter((end) => end !== undefined);
  if (Number.isNaN(from) || ends.some((end) => typeof end !== "string" || Number.isNaN(Date.parse(end))))
    return failed("its dates cannot be read");
  if (at < from) return failed(`valid only from ${credential.validFrom}`);
  const over = ends.find((end) => at > Date.parse(String(end)));
  return over === undefined ? passed(`valid since ${credential.validFrom}`) : failed(`expired at ${over}`);
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
