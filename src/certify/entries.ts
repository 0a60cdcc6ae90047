import { leastMass_mg, metalFraction, type Product } from "../chemistry/index.ts";
import type { Book } from "../ledger/index.ts";
import { assert, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Certificate } from "./certificate.ts";
import type { BooksDiffer } from "./compare-books.ts";
import type { Claims } from "./passport.ts";
import type { FeedTraced } from "./provenance.ts";

export interface CertificateReleased {
  readonly lot: string;
  readonly certificate: Certificate;
  readonly json_digest: string;
  readonly pdf_digest: string;
  readonly at: string;
  /** Why an earlier certificate of the lot is replaced. */
  readonly why?: string;
  /** From 2 on it says what it rests on, and a passport on the one before it is superseded. */
  readonly rules?: 2;
  /** The registered sample whose released results it holds, and the lot of the sample that it speaks of. */
  readonly rests_on?: { readonly sample: string; readonly lot: string; readonly report_at: string };
  /** Where the books and the certificate of analysis differ beyond doubt. */
  readonly findings?: readonly BooksDiffer[];
}

/** The results that a certificate of analysis rests on were corrected. */
export interface CertificateSuperseded {
  readonly lot: string;
  readonly sample: string;
  readonly why: string;
  readonly at: string;
}

/** Why what was certified no longer stands, and since when. */
export interface Superseded {
  readonly why: string;
  readonly at: string;
}

export interface PassportIssued {
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly oxide: string;
  readonly feeds_mg: Claims;
}

/** The signed credential, kept as a document: it holds the head of the chain at which it was signed. */
export interface PassportSigned {
  readonly passport: string;
  readonly credential_digest: string;
}

export interface PassportRevoked {
  readonly passport: string;
  readonly why: string;
}

export interface CertificateRecord extends CertificateReleased {
  readonly meets: Readonly<Record<string, "yes" | "no" | "unproven">>;
  readonly versions: number;
  readonly superseded?: Superseded;
}

/** Whether a lot has a certificate of analysis whose results still stand: only on such a one anything is promised or shipped. */
export const certificateStands = (record: CertificateRecord | undefined): boolean =>
  record !== undefined && record.superseded === undefined;

/** Which lot's certificate of analysis rests on a sample: one for each lot that the sample speaks for. */
export interface SampleCertificates {
  readonly sample: string;
  readonly carried: Readonly<Record<string, string>>;
}

export interface PassportRecord extends PassportIssued {
  readonly credential_digest?: string;
  readonly revoked?: { readonly why: string };
  readonly superseded?: Superseded;
}

export interface FeedClaims {
  readonly feed: string;
  readonly claimed_mg: Readonly<Record<string, number>>;
}

/** Sums of floats that should be whole may lie this far below. */
const FLOAT_ROUNDING = 1e-6;

export type PassportRefusal = Refusal<
  | "passport_name_taken"
  | "passport_unknown"
  | "already_revoked"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "certificate_missing"
  | "certificate_superseded"
  | "mass_differs"
  | "nothing_to_claim"
  | "passport_exists"
  | "claim_exceeds_feed"
>;

/**
 * Decides the claims of a passport for a whole lot: what the steps attributed to each feed of its metal, bounded by what the
 * oxide can hold. Refused where a feed would be over-claimed (law 4); by construction it never should be.
 */
export function decideIssue(given: {
  readonly before: PassportRecord | undefined;
  readonly current: PassportRecord | undefined;
  readonly body: Omit<PassportIssued, "feeds_mg">;
  readonly product: Product;
  readonly shares_mg: Claims;
  readonly feeds: ReadonlyMap<
    string,
    {
      readonly measured: Readonly<Record<string, { readonly best: number }>>;
      readonly claimed: Readonly<Record<string, number>>;
    }
  >;
}): Result<PassportIssued, PassportRefusal> {
  const { before, current, body, product } = given;
  if (before) return refuse("passport_name_taken", "passport", `${body.passport} was issued before`);
  if (current && !current.revoked)
    return refuse(
      "passport_exists",
      "lot",
      `${body.lot} has the passport ${current.passport}; revoke it first`,
    );
  const feeds_mg: Record<string, Record<string, number>> = {};
  const claimed_mg: Record<string, number> = {};
  for (const [feed, elements] of Object.entries(given.shares_mg)) {
    for (const element of product.elements) {
      // What is claimed already needs its own part of the mass: all of it together fits into the lot (X31).
      const left_mg = body.mass_mg - leastMass_mg(product, claimed_mg);
      const room = Math.floor((metalFraction(product, element)?.toNumber() ?? 0) * left_mg + FLOAT_ROUNDING);
      const mg = Math.min(elements[element] ?? 0, room);
      if (mg <= 0) continue;
      claimed_mg[element] = (claimed_mg[element] ?? 0) + mg;
      const known = given.feeds.get(feed);
      const measured = known?.measured[element]?.best ?? 0;
      const claimed = known?.claimed[element] ?? 0;
      if (claimed + mg > measured) {
        return refuse(
          "claim_exceeds_feed",
          `feeds.${feed}`,
          `${claimed + mg} mg of ${element} would be claimed on ${feed}, ${measured} mg was measured in it`,
          { over_mg: claimed + mg - measured },
        );
      }
      feeds_mg[feed] = { ...feeds_mg[feed], [element]: mg };
    }
  }
  if (Object.keys(feeds_mg).length === 0) {
    return refuse(
      "nothing_to_claim",
      "lot",
      `${body.lot} descends from no settled feed of ${product.elements.join(" or ")}: there is nothing to prove`,
    );
  }
  return done({ ...body, feeds_mg });
}

export interface CertifyBodies {
  certificate_released: CertificateReleased;
  certificate_superseded: CertificateSuperseded;
  feed_traced: FeedTraced;
  passport_issued: PassportIssued;
  passport_signed: PassportSigned;
  passport_revoked: PassportRevoked;
}
export type CertifyEntry = {
  [K in keyof CertifyBodies]: { readonly kind: K; readonly body: CertifyBodies[K] };
}[keyof CertifyBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const CERTIFY_KINDS: { readonly [K in keyof CertifyBodies]: string } = {
  certificate_released: "certificate of analysis released",
  certificate_superseded: "certificate of analysis superseded",
  feed_traced: "provenance of a feed worked out",
  passport_issued: "passport issued",
  passport_signed: "passport signed",
  passport_revoked: "passport revoked",
};

/** What entries of this room fold to, by collection. */
export interface CertifyRecords {
  readonly certificate: CertificateRecord;
  readonly sample_certificates: SampleCertificates;
  readonly passport: PassportRecord;
  /** The passport of a lot. */
  readonly lot_passport: { readonly lot: string; readonly passport: string };
  readonly feed_claims: FeedClaims;
  /** What was last worked out of the provenance of a feed. */
  readonly feed_trace: FeedTraced;
}

export async function applyCertify(book: Book<CertifyRecords>, entry: CertifyEntry): Promise<void> {
  switch (entry.kind) {
    case "certificate_released":
      return released(book, entry.body);
    case "certificate_superseded": {
      const { lot, why, at } = entry.body;
      const certificate = await book.get("certificate", lot);
      assert(certificate, `${lot} has a certificate of analysis`);
      book.put("certificate", lot, { ...certificate, superseded: { why, at } });
      return supersedePassport(book, lot, { why, at });
    }
    case "feed_traced":
      return book.put("feed_trace", entry.body.feed, entry.body);
    case "passport_issued":
      book.put("passport", entry.body.passport, entry.body);
      book.put("lot_passport", entry.body.lot, { lot: entry.body.lot, passport: entry.body.passport });
      return claim(book, entry.body, 1);
    case "passport_signed": {
      const passport = await thePassport(book, entry.body.passport);
      return book.put("passport", passport.passport, {
        ...passport,
        credential_digest: entry.body.credential_digest,
      });
    }
    case "passport_revoked": {
      const passport = await thePassport(book, entry.body.passport);
      book.put("passport", passport.passport, { ...passport, revoked: { why: entry.body.why } });
      return claim(book, passport, -1);
    }
  }
}

async function released(book: Book<CertifyRecords>, body: CertificateReleased): Promise<void> {
  const before = await book.get("certificate", body.lot);
  const meets = Object.fromEntries(body.certificate.specifications.map((s) => [s.specification, s.meets]));
  book.put("certificate", body.lot, { ...body, meets, versions: (before?.versions ?? 0) + 1 });
  const { rests_on } = body;
  if (rests_on) {
    const { sample, lot } = rests_on;
    const carried = (await book.get("sample_certificates", sample))?.carried ?? {};
    book.put("sample_certificates", sample, { sample, carried: { ...carried, [lot]: body.lot } });
  }
  if (before && body.rules === 2)
    await supersedePassport(book, body.lot, { why: body.why ?? "", at: body.at });
}

/** A passport that stands on what no longer does is superseded with it, and holds its claims until it is revoked. */
async function supersedePassport(
  book: Book<CertifyRecords>,
  lot: string,
  superseded: Superseded,
): Promise<void> {
  const link = await book.get("lot_passport", lot);
  const passport = link && (await book.get("passport", link.passport));
  if (passport && !passport.revoked && !passport.superseded)
    book.put("passport", passport.passport, { ...passport, superseded });
}

async function thePassport(book: Book<CertifyRecords>, id: string): Promise<PassportRecord> {
  const passport = await book.get("passport", id);
  assert(passport, `passport ${id} was issued`);
  return passport;
}

async function claim(book: Book<CertifyRecords>, passport: PassportIssued, sign: 1 | -1): Promise<void> {
  for (const [feed, elements] of Object.entries(passport.feeds_mg)) {
    const before = await book.get("feed_claims", feed);
    const claimed: Record<string, number> = { ...before?.claimed_mg };
    for (const [element, mg] of Object.entries(elements))
      claimed[element] = (claimed[element] ?? 0) + sign * mg;
    book.put("feed_claims", feed, { feed, claimed_mg: claimed });
  }
}
