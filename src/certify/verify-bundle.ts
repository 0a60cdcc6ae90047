import { canonicalJson } from "../quantity/index.ts";
import { elementsOfClaim } from "./certified-product.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { DisclosedBook as Book } from "./disclosed-book.ts";
import { type Finding, isFatal } from "./finding.ts";
import { findingsOf } from "./findings.ts";
import { checkLineage, followBack, type Lineage, Tally } from "./lineage.ts";
import type { Opened } from "./open-bundle.ts";
import type { Described } from "./papers.ts";
import type { CredentialShape } from "./read.ts";
import type { Trust } from "./trust.ts";
import { checkBalance, checkNetMass } from "./verify-balance.ts";
import { checkEnd, type StatusAsOf } from "./verify-end.ts";
import { checkKey } from "./verify-key.ts";
import { checkRecycledShare, formOf } from "./verify-share.ts";

/** What needs the bundle, in the order in which it is answered. */
export const BUNDLE_CHECKS = [
  "chain",
  "bundle_signed",
  "disclosed_content",
  "claims_complete",
  "this_passport_recorded",
  "not_revoked",
  "key_in_force",
  "lineage",
  "balance",
  "net_mass",
  "recycled_share",
  "feed_claims",
  "promised_once",
] as const;
type Name = (typeof BUNDLE_CHECKS)[number];

export interface BundleAnswer {
  readonly checks: Readonly<Record<Name, Outcome>>;
  readonly findings: readonly Finding[];
  readonly status_as_of: StatusAsOf | undefined;
  /** What the log says it describes and what of it its parts do; undefined where the log cannot be read. */
  readonly describes: Described | undefined;
}

interface Beside {
  /** Every passport given at once, rightly signed, and this one. */
  readonly group: readonly CredentialShape[];
  readonly trust: Trust;
  readonly now: string;
}

/** Everything that needs the bundle (C7 to C9, C11, C13, C15 to C20). */
export function checkBundle(
  { credential, document }: { readonly credential: CredentialShape; readonly document: unknown },
  opened: Opened | undefined,
  beside: Beside,
): BundleAnswer {
  const checks = {} as Record<Name, Outcome>;
  const rest = (why: string, findings: readonly Finding[] = [], status_as_of?: StatusAsOf): BundleAnswer => {
    for (const name of BUNDLE_CHECKS) checks[name] ??= notChecked(why);
    return { checks, findings, status_as_of, describes: undefined };
  };
  if (!opened)
    return rest("needs the bundle: without it nothing is known of total claims, lineage and revocation");
  checks.chain = checkChain(credential, opened);
  const ended = checkEnd(credential, opened, beside);
  checks.bundle_signed = ended.outcome;
  const { findings, as_of } = ended;
  if (checks.chain.result === "failed")
    return rest("the chain does not hold, so nothing in it counts", findings, as_of);
  checks.disclosed_content = opened.disclosed;
  const { book, matter } = opened;
  if (!book || !matter)
    return rest("disclosed content does not hold, so nothing in it counts", findings, as_of);
  checks.claims_complete = opened.complete;
  checks.this_passport_recorded = checkRecorded(credential, book);
  checks.not_revoked = checkRevoked(credential, book, as_of);
  const { product } = credential.credentialSubject;
  const elements = elementsOfClaim(credential.credentialSubject);
  const lineage = followBack(product.lot, book);
  checks.key_in_force = checkKey({ credential, document }, book, beside.trust);
  checks.lineage = checkLineage(credential, book, lineage);
  const said = printedBalance(credential, book, lineage);
  checks.balance = checkBalance(product.lot, lineage, { book, claimed: elements, said });
  checks.net_mass = checkNetMass(credential, book, promisedOf(product.lot, book, beside.group));
  checks.recycled_share = checkRecycledShare(credential, book);
  checks.feed_claims = checkClaims(opened, book, beside.group);
  checks.promised_once = checkPromises(credential, opened, book);
  return {
    checks,
    findings: [...findings, ...findingsOf({ credential, book, matter, lineage })],
    status_as_of: as_of,
    describes: book.papers.described(credential.credentialSubject.passport),
  };
}

export const refusedBy = (findings: readonly Finding[]): Finding | undefined => findings.find(isFatal);

/** What a passport prints of its balance, where it can be redone as it was: not of earlier forms, nor where a lot became a feed since. */
function printedBalance(
  { credentialSubject }: CredentialShape,
  book: Book,
  { feeds }: Lineage,
): Readonly<Record<string, unknown>> {
  const issued = book.passport(credentialSubject.passport)?.seq ?? Number.POSITIVE_INFINITY;
  const settledSince = [...feeds].some((feed) => (book.feeds.get(feed)?.seq ?? 0) > issued);
  return formOf(credentialSubject, book) === 3 && !settledSince ? (credentialSubject.balance ?? {}) : {};
}

function checkChain(credential: CredentialShape, { headers, broken }: Opened): Outcome {
  if (broken) return failed(broken);
  const { head } = credential.credentialSubject;
  if (headers[head.seq - 1]?.hash !== head.hash) {
    return failed(
      `the signed head is entry ${head.seq} with another hash: the log is not the one that was signed`,
    );
  }
  const last = headers.at(-1);
  return passed(
    `${headers.length} entries up to ${last?.time}, each linked to the one before; the passport signs up to entry ${head.seq}`,
  );
}

function checkRecorded(credential: CredentialShape, book: Book): Outcome {
  const { passport, product, claims_mg, part_of } = credential.credentialSubject;
  const recorded = book.passport(passport);
  if (!recorded) return failed(`the log records no passport ${passport}`);
  const { signed_by } = recorded;
  if (signed_by !== undefined && signed_by !== issuerOf(credential))
    return failed(`the log records it as signed by ${signed_by}`);
  if (canonicalJson(recorded.part_of ?? {}) !== canonicalJson(part_of ?? {}))
    return failed("the log records it as a part of another passport");
  const same =
    recorded.lot === product.lot &&
    recorded.mass_mg === product.net_mass_mg &&
    recorded.oxide === product.oxide;
  if (!same) return failed("the log records it for another lot, mass or product");
  return canonicalJson(recorded.feeds_mg) === canonicalJson(claims_mg)
    ? passed("recorded in the log with the same lot, mass and claims")
    : failed("the log records other claims for it");
}

function checkRevoked(
  { credentialSubject }: CredentialShape,
  book: Book,
  as_of: StatusAsOf | undefined,
): Outcome {
  if (book.revoked.has(credentialSubject.passport)) return failed("its issuer has revoked it");
  if (!as_of) return notChecked("nobody signed up to when it was not revoked");
  return passed(
    `not revoked up to ${as_of.at}, where its maker signed the bundle: ${as_of.age} before this check`,
  );
}

/** What every passport of the lot promises that is not revoked: those of the log, and those given that it does not know. */
function promisedOf(lot: string, book: Book, group: readonly CredentialShape[]): ReadonlyMap<string, number> {
  const promised = new Map<string, number>();
  const known = new Set(book.passports.map((p) => p.passport));
  for (const { passport, lot: of, mass_mg } of book.passports)
    if (of === lot && !book.revoked.has(passport)) promised.set(passport, mass_mg);
  for (const { credentialSubject: other } of group) {
    if (other.product.lot === lot && !known.has(other.passport) && !book.revoked.has(other.passport))
      promised.set(other.passport, other.product.net_mass_mg);
  }
  return promised;
}

/**
 * Law 4: for each feed and element, all claims not revoked against what was measured and not lost by a later measurement, added up
 * here. The claims of a part are inside those of the whole, and counted with them.
 */
function checkClaims({ matter }: Opened, book: Book, group: readonly CredentialShape[]): Outcome {
  const claims = new Tally();
  const counted = new Set<string>();
  for (const { passport } of book.passports) {
    if (counted.has(passport)) return failed(`passport ${passport} is recorded twice`);
    counted.add(passport);
  }
  for (const { feeds_mg } of book.standing()) claims.add(feeds_mg);
  for (const { credentialSubject: other } of group) {
    if (counted.has(other.passport) || book.revoked.has(other.passport)) continue;
    counted.add(other.passport);
    claims.add(other.claims_mg);
  }
  const over = claims.firstAbove((feed, element) =>
    Math.min(
      matter?.ceilings.get(feed)?.get(element) ?? 0,
      matter?.agreed.get(feed)?.get(element) ?? Infinity,
    ),
  );
  if (over) {
    const { feed, element, mg, most } = over;
    return failed(
      `${mg} mg of ${element} is claimed on ${feed} over all passports, ${most} mg was measured in it: ${mg - most} mg too much`,
    );
  }
  const live = [...counted].filter((passport) => !book.revoked.has(passport)).length;
  return passed(
    `claims of ${live} passports on ${book.feeds.size} feeds stay within what was measured, added up from the entries`,
  );
}

/** Whether every other live passport on these feeds is shown well enough to see that it is of other matter (C16). */
function checkPromises(
  { credentialSubject: { passport, claims_mg } }: CredentialShape,
  { format, matter }: Opened,
  book: Book,
): Outcome {
  if (format === "didym-bundle/1")
    return notChecked("a bundle of the first form does not show what became of the lot: ask for a new one");
  const twice = matter?.findings.find(
    ({ code, passports }) => code === "promised_twice" && passports.includes(passport),
  );
  if (twice) return failed(twice.message);
  for (const other of book.passports) {
    if (other.passport === passport || book.revoked.has(other.passport)) continue;
    if (!Object.keys(other.feeds_mg).some((feed) => Object.hasOwn(claims_mg, feed))) continue;
    if (!book.madeBy.has(other.lot) && !book.openedAt.has(other.lot))
      return notChecked(
        `how ${other.lot} of ${other.passport} was made is not shown: it could be the same matter`,
      );
  }
  const parts = book.papers.partsOf(passport).map((part) => part.passport);
  return passed(
    `no other live passport describes the same matter${parts.length > 0 ? `, but as a part of it ${parts.join(", ")}` : ""}`,
  );
}

const issuerOf = ({ issuer }: CredentialShape): string => (typeof issuer === "string" ? issuer : issuer.id);
