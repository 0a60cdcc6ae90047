import { canonicalJson } from "../quantity/index.ts";
import { certifiedProduct } from "./certified-product.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import { checkLineage, followBack, Tally } from "./lineage.ts";
import type { Book, Opened } from "./open-bundle.ts";
import type { CredentialShape } from "./read.ts";
import { checkBalance, checkNetMass, checkRecycledShare } from "./verify-balance.ts";

/** What needs the bundle, in the order in which it is answered. */
export const BUNDLE_CHECKS = [
  "chain",
  "disclosed_content",
  "claims_complete",
  "this_passport_recorded",
  "not_revoked",
  "lineage",
  "balance",
  "net_mass",
  "recycled_share",
  "feed_claims",
] as const;
type Name = (typeof BUNDLE_CHECKS)[number];

/**
 * Everything that needs the bundle (C7 to C9, C11). `group`: every passport given at once, rightly signed, and this one.
 * `beside`: the bundle was made for another passport, so that a lineage it does not show at all is no fault of this one.
 */
export function checkBundle(
  credential: CredentialShape,
  opened: Opened | undefined,
  { group, beside }: { readonly group: readonly CredentialShape[]; readonly beside: boolean },
): Readonly<Record<Name, Outcome>> {
  const answers = {} as Record<Name, Outcome>;
  const rest = (why: string) => {
    for (const name of BUNDLE_CHECKS) answers[name] ??= notChecked(why);
    return answers;
  };
  if (!opened) return rest("needs the bundle: total claims on the feeds are not checked without it");
  answers.chain = checkChain(credential, opened);
  if (answers.chain.result === "failed") return rest("the chain does not hold, so nothing in it counts");
  answers.disclosed_content = opened.disclosed;
  const { book } = opened;
  if (!book) return rest("disclosed content does not hold, so nothing in it counts");
  answers.claims_complete = opened.complete;
  answers.this_passport_recorded = checkRecorded(credential, book);
  answers.not_revoked = checkRevoked(credential, opened, book);
  const { product } = credential.credentialSubject;
  const { product: defined } = credential.credentialSubject.certificate;
  const of = certifiedProduct({ oxide: product.oxide, ...(defined ? { product: defined } : {}) });
  const elements: readonly string[] = of?.elements ?? [];
  const lineage = followBack(product.lot, book);
  answers.lineage =
    beside && !book.madeBy.has(product.lot)
      ? notChecked(`the bundle is of another lot and does not show how ${product.lot} was made`)
      : checkLineage(credential, book, lineage);
  answers.balance = checkBalance(lineage, book, elements);
  answers.net_mass = checkNetMass(credential, book, promisedOf(product.lot, book, group));
  answers.recycled_share = checkRecycledShare(credential, book, elements);
  answers.feed_claims = checkClaims(book, group);
  return answers;
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
  const after = headers.length - head.seq;
  const tail =
    after === 0 ? "" : `; the ${after} after it are linked to it, and no signature covers them yet`;
  return passed(
    `${headers.length} entries up to ${last?.time}, each linked to the one before; the passport signs up to entry ${head.seq}${tail}`,
  );
}

function checkRecorded(credential: CredentialShape, book: Book): Outcome {
  const { passport, product, claims_mg } = credential.credentialSubject;
  const recorded = book.passports.find((p) => p.passport === passport);
  if (!recorded) return failed(`the log records no passport ${passport}`);
  const same =
    recorded.lot === product.lot &&
    recorded.mass_mg === product.net_mass_mg &&
    recorded.oxide === product.oxide;
  if (!same) return failed("the log records it for another lot, mass or product");
  return canonicalJson(recorded.feeds_mg) === canonicalJson(claims_mg)
    ? passed("recorded in the log with the same lot, mass and claims")
    : failed("the log records other claims for it");
}

function checkRevoked({ credentialSubject }: CredentialShape, { headers }: Opened, book: Book): Outcome {
  return book.revoked.has(credentialSubject.passport)
    ? failed("its issuer has revoked it")
    : passed(`not revoked up to ${headers.at(-1)?.time}, where the bundle ends`);
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

/** Law 4: for each feed and element, all claims not revoked against what was measured, added up here. */
function checkClaims(book: Book, group: readonly CredentialShape[]): Outcome {
  const claims = new Tally();
  const counted = new Set<string>();
  for (const { passport, feeds_mg } of book.passports) {
    if (counted.has(passport)) return failed(`passport ${passport} is recorded twice`);
    counted.add(passport);
    if (!book.revoked.has(passport)) claims.add(feeds_mg);
  }
  for (const { credentialSubject: other } of group) {
    if (counted.has(other.passport) || book.revoked.has(other.passport)) continue;
    counted.add(other.passport);
    claims.add(other.claims_mg);
  }
  const over = claims.firstAbove((feed, element) => {
    const measured = book.feeds.get(feed)?.elements_mg ?? {};
    return Object.hasOwn(measured, element) ? (measured[element]?.best ?? 0) : 0;
  });
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
