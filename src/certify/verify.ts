import { canonicalJson } from "../quantity/index.ts";
import { type Check, failed, notChecked, type Outcome, passed } from "./check.ts";
import { type Finding, isFatal } from "./finding.ts";
import { notHashable } from "./json-guard.ts";
import { type Opened, openBundle } from "./open-bundle.ts";
import type { Described } from "./papers.ts";
import { type Json, proofFault, signerOf, suiteOf } from "./proof.ts";
import { CredentialShape } from "./read.ts";
import { Trust, type TrustedIssuer } from "./trust.ts";
import { BUNDLE_CHECKS, checkBundle, refusedBy } from "./verify-bundle.ts";
import { checkCertificate, checkStoichiometry } from "./verify-certificate.ts";

export type { Check } from "./check.ts";

export interface Verification {
  readonly accepted: boolean;
  /** Up to when the maker of the bundle answers for it; null where nobody does. */
  readonly status_as_of: string | null;
  /** How long before this check that was. */
  readonly status_age: string | null;
  /** The mass it describes, the parts of it that have passports of their own, and what is left to it; null without a log that says so. */
  readonly describes: Described | null;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
}

export interface VerifyInput {
  readonly credential: unknown;
  readonly bundle?: unknown;
  /** Trusted issuers; without a list nobody is trusted. */
  readonly issuers?: readonly (string | TrustedIssuer)[];
  /** Other passports given at once: their claims count too. */
  readonly others?: readonly unknown[];
  /** The time of checking, with its offset: the verifier has no clock of its own. */
  readonly now: string;
}

/** What is checked of the passport by itself; a passport is accepted when these and all that need the bundle have passed. */
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
  readonly trust: Trust;
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
  const one = verifyOne(first, context);
  if (others.length === 0) return one;
  const checks: Check[] = [...one.checks, { name: "lots_once", ...onceEach([first, ...others]) }];
  const all = others.map((other) => verifyOne(other, context));
  checks.push({ name: "mass_once", ...massOnce([first, ...others], [one, ...all]) });
  for (const [i, verified] of all.entries()) {
    const reason =
      verified.checks.find((c) => c.result === "failed") ??
      verified.checks.find((c) => c.result === "not_checked");
    const found = refusedBy(verified.findings);
    const why = reason ? `${reason.name}: ${reason.why}` : `${found?.code}: ${found?.message}`;
    const outcome = verified.accepted ? passed("accepted by the same checks") : failed(why);
    checks.push({ name: `passport_${i + 2}`, ...outcome });
  }
  return { ...one, accepted: one.accepted && checks.every((c) => c.result === "passed"), checks };
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
  const trust = new Trust(issuers);
  const group = given.flatMap(({ credential, proof }) =>
    credential && proof.result === "passed" && (!trust.stated || trust.has(issuerOf(credential)))
      ? [credential]
      : [],
  );
  return { opened: bundle === undefined ? undefined : openBundle(bundle), trust, now, group };
}

function verifyOne({ credential, unreadable, document, proof }: Given, context: Context): Verification {
  const checks: Check[] = [];
  if (!credential) {
    checks.push({ name: "well_formed", ...failed(unreadable) });
    for (const name of [...REQUIRED.slice(1), ...BUNDLE_CHECKS])
      checks.push({ name, ...notChecked("the passport cannot be read") });
    return { accepted: false, status_as_of: null, status_age: null, describes: null, checks, findings: [] };
  }
  const own: Readonly<Record<(typeof REQUIRED)[number], Outcome>> = {
    well_formed: checkForm(credential),
    signature: proof,
    issuer_trusted: checkTrust(credential, document as Json, context.trust),
    validity: checkValidity(credential, document as Json, context.now),
    certificate: checkCertificate(credential),
    stoichiometry: checkStoichiometry(credential),
  };
  for (const name of REQUIRED) checks.push({ name, ...own[name] });
  const { trust, now } = context;
  const group = context.group.includes(credential) ? context.group : [credential, ...context.group];
  const bundled = checkBundle({ credential, document }, context.opened, { group, trust, now });
  for (const name of BUNDLE_CHECKS) checks.push({ name, ...bundled.checks[name] });
  const { findings, status_as_of } = bundled;
  return {
    accepted: checks.every((c) => c.result === "passed") && !refusedBy(findings),
    status_as_of: status_as_of?.at ?? null,
    status_age: status_as_of?.age ?? null,
    describes: bundled.describes ?? null,
    checks,
    findings: findings.map((found) => (isFatal(found) ? found : { ...found, note: true as const })),
  };
}

/** A part's mass is inside the whole's: what is left to each adds up to what there is, however many of them are given (C16). */
function massOnce(given: readonly Given[], verified: readonly Verification[]): Outcome {
  const byPassport = new Map(
    given.map(({ credential }, i) => [credential?.credentialSubject.passport, verified[i]?.describes]),
  );
  let [left_mg, parts] = [0, 0];
  for (const described of byPassport.values()) {
    if (!described) return notChecked("needs the bundle: what is a part of what stands there");
    left_mg += described.left_mg;
    parts += described.parts.length;
  }
  const but = parts > 0 ? `, what ${parts} parts describe counted with them alone` : "";
  return passed(`together they describe ${left_mg} mg, each gram once${but}`);
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
  const typed =
    type.length === 2 && type.includes("VerifiableCredential") && type.includes("DidymOxidePassport");
  // Another context could give every word another meaning.
  const context = credential["@context"];
  if (!typed || context.length !== 1 || context[0] !== "https://www.w3.org/ns/credentials/v2")
    return failed("type or context is not a passport's");
  const { passport, product } = credentialSubject;
  const named =
    (credential.id ?? `urn:didym:passport:${passport}`) === `urn:didym:passport:${passport}` &&
    (credentialSubject.id ?? `urn:didym:lot:${product.lot}`) === `urn:didym:lot:${product.lot}`;
  if (!named) return failed("it names one passport or lot in its id and another in its content");
  const sample = credentialSubject.sample ? "; a sample, nobody's word on real goods" : "";
  return passed(`a W3C VC 2.0 credential of the passport type${sample}`);
}

function checkSignature(document: Json, credential: CredentialShape): Outcome {
  const fault = proofFault(document);
  const signer = signerOf(document);
  if (fault) return failed(`the proof does not hold: ${fault.replaceAll("_", " ")}`);
  return signer === issuerOf(credential)
    ? passed(`unchanged since its issuer signed it (${suiteOf(document)})`)
    : failed(`signed by ${signer}, but the issuer is ${issuerOf(credential)}`);
}

/** What a key on the list signed after it was retired, by the date it gave itself, is trusted by nobody (C53). */
function checkTrust(credential: CredentialShape, document: Json, trust: Trust): Outcome {
  const issuer = issuerOf(credential);
  if (!trust.stated)
    return notChecked("no list of trusted issuers was given, so nobody is trusted and nothing is accepted");
  if (!trust.has(issuer))
    return failed(`${issuer} is not on your list of trusted issuers, however well it signed`);
  const created = (document["proof"] as Json | undefined)?.["created"];
  const ended = trust.endedBy(issuer, typeof created === "string" ? created : credential.validFrom);
  return ended === undefined ? passed(`${issuer} is on your list of trusted issuers`) : failed(ended);
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
