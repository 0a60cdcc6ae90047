import type { Certificate } from "./certificate.ts";
import { elementsOfClaim } from "./certified-product.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { DisclosedBook as Book } from "./disclosed-book.ts";
import type { Finding } from "./finding.ts";
import type { CredentialShape } from "./read.ts";
import {
  type CertifiedLot,
  NO_SHARE,
  type RecycledMetal,
  recycledOf,
  recycledShare,
  shareText,
} from "./recycled-share.ts";
import { traceIn } from "./told-provenance.ts";
import { heldBy, MASS } from "./verify-balance.ts";

/** The share is printed with four places; half of the last is its rounding. */
const SHARE_ROUNDING = 0.00005;

type Subject = CredentialShape["credentialSubject"];

/** A certified lot as the disclosed entries have it; undefined where they do not show how it was made. */
export function certifiedLot({ product, certificate }: Subject, book: Book): CertifiedLot | undefined {
  const held = book.held(product.lot);
  return held && { mass_mg: product.net_mass_mg, certificate: certificate as unknown as Certificate, held };
}

/**
 * The form of a passport: the latest that its entry or one before it in the log has, or the one it says itself where that is later. No
 * log goes back to an earlier form (C60).
 */
export function formOf({ passport, rules }: Subject, book: Book): number {
  const seq = book.passport(passport)?.seq ?? Number.POSITIVE_INFINITY;
  const third = book.passports.some((other) => other.rules === 3 && other.seq <= seq);
  return Math.max(rules ?? 1, third ? 3 : 1);
}

/** What of the claims is recycled, as the log stood when the passport was issued; undefined where its lot is not shown. */
function recycledIn(subject: Subject, book: Book): RecycledMetal | undefined {
  const lot = certifiedLot(subject, book);
  const issued = book.passport(subject.passport)?.seq ?? Number.POSITIVE_INFINITY;
  return lot && recycledOf(lot, subject.claims_mg, traceIn(book, issued));
}

/**
 * The recycled share that is stated is at most what of the claims on settled feeds is stated to have been waste, over the metal that is
 * certified (C27). Passports of earlier forms are checked as they were made, and the answer says what the share would be now.
 */
export function checkRecycledShare({ credentialSubject }: CredentialShape, book: Book): Outcome {
  const { product, claims_mg, recycled_share } = credentialSubject;
  const form = formOf(credentialSubject, book);
  if (recycled_share === undefined) return passed("it states no recycled share");
  const lot = certifiedLot(credentialSubject, book);
  if (!lot) return notChecked(`no disclosed step makes ${product.lot}`);
  const { share, claimed_mg, of_mg } = recycledShare(lot, claims_mg);
  const of = elementsOfClaim(credentialSubject).join(" and ");
  const text = shareText(share);
  if (form === 1) return checkFirstForm(credentialSubject, book, { claimed_mg, of, now: text });
  const said = `${recycled_share} is stated, ${claimed_mg} mg claimed of the ${Math.round(of_mg)} mg ${of} that is certified is ${text}`;
  if (text === NO_SHARE) return failed(`${said}: next to nothing is claimed`);
  const recycled = recycledIn(credentialSubject, book)?.share ?? 0;
  const stated = `${said}, of which ${shareText(recycled)} is stated to have been waste`;
  const most = form === 2 ? share : recycled;
  return Number(recycled_share) > most + SHARE_ROUNDING ? failed(stated) : passed(stated);
}

/**
 * What the origin of its metal says against the share (C27): more than is stated to have been waste is too strong a label, what nobody
 * stated is named, and of a passport of before this was counted, that it was not.
 */
export function findingsOfShare({ credentialSubject }: CredentialShape, book: Book): Finding[] {
  const said = Number(credentialSubject.recycled_share ?? 0);
  const found = recycledIn(credentialSubject, book);
  const form = formOf(credentialSubject, book);
  if (!found || form === 1) return [];
  const at = "credentialSubject.recycled_share";
  const now = shareText(found.share);
  const beyond = said > found.share + SHARE_ROUNDING;
  if (beyond && form === 3) {
    const message = `it says ${said}, and ${now} of its metal is stated to have been waste`;
    return [{ code: "label_too_strong", at, message }];
  }
  if (beyond) {
    const message = `it was made before the origin of metal counted: ${now} of its metal is stated to have been waste`;
    return [{ code: "not_stated", at, message }];
  }
  if (found.not_stated_mg === 0) return [];
  const message = `of ${found.not_stated_mg} mg that it claims nobody stated what it was: none of it is counted as recycled`;
  return [{ code: "not_stated", at, message }];
}

function checkFirstForm(
  subject: Subject,
  book: Book,
  { claimed_mg, of, now }: { readonly claimed_mg: number; readonly of: string; readonly now: string },
): Outcome {
  const { product } = subject;
  const held = elementsOfClaim(subject).reduce(
    (sum, element) => sum + (heldBy(product.lot, element, book) ?? 0),
    0,
  );
  const there = (held * product.net_mass_mg) / (heldBy(product.lot, MASS, book) || 1);
  const share = there > 0 ? Math.min(1, claimed_mg / there) : 0;
  const said = `${subject.recycled_share} is stated, ${claimed_mg} mg claimed of ${Math.round(there)} mg ${of} in the books is ${shareText(share)}; over the metal that its certificate of analysis states, as passports are made now, it is ${now}`;
  return Number(subject.recycled_share) > share + SHARE_ROUNDING ? failed(said) : passed(said);
}
