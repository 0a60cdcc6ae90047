import type { Certificate } from "./certificate.ts";
import { elementsOfClaim } from "./certified-product.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { DisclosedBook as Book } from "./disclosed-book.ts";
import type { CredentialShape } from "./read.ts";
import { type CertifiedLot, NO_SHARE, recycledShare, shareText } from "./recycled-share.ts";
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
 * The recycled share that is stated is at most what the claims on settled feeds make of the metal that is certified (C27). A passport
 * of the first form is checked as it was made, against what the books hold, and the answer says what it would be now.
 */
export function checkRecycledShare({ credentialSubject }: CredentialShape, book: Book): Outcome {
  const { rules, product, claims_mg, recycled_share } = credentialSubject;
  if (recycled_share === undefined) return passed("it states no recycled share");
  const lot = certifiedLot(credentialSubject, book);
  if (!lot) return notChecked(`no disclosed step makes ${product.lot}`);
  const { share, claimed_mg, of_mg } = recycledShare(lot, claims_mg);
  const of = elementsOfClaim(credentialSubject).join(" and ");
  const text = shareText(share);
  if (rules === undefined) return checkFirstForm(credentialSubject, book, { claimed_mg, of, now: text });
  const said = `${recycled_share} is stated, ${claimed_mg} mg claimed of the ${Math.round(of_mg)} mg ${of} that is certified is ${text}`;
  if (text === NO_SHARE) return failed(`${said}: next to nothing is claimed`);
  return Number(recycled_share) > share + SHARE_ROUNDING ? failed(said) : passed(said);
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
