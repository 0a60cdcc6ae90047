import {
  type Book,
  free,
  freeEverywhere,
  type LedgerRecords,
  type StepRecord,
  take,
} from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Certificate } from "./certificate.ts";
import type { BooksDiffer } from "./compare-books.ts";
import type { Claims } from "./passport.ts";
import { contradicted, type FeedTraced } from "./provenance.ts";
import {
  applySigningKey,
  SIGNING_KEY_KINDS,
  type SigningKeyBodies,
  type SigningKeyRecords,
} from "./signing-keys.ts";

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
  readonly rests_on?: {
    readonly sample: string;
    readonly lot: string;
    readonly report_at: string;
    /** When the sample was drawn: of two certificates of analysis of a lot the one on the later sample is the newer. */
    readonly drawn_at?: string;
  };
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

/** What a passport claims is no longer so: it is issued anew, on what is. */
export interface PassportSuperseded extends Superseded {
  readonly passport: string;
}

export interface PassportIssued {
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly oxide: string;
  readonly feeds_mg: Claims;
  /** From 2 on it says who issued it, and its mass is taken of the lot's matter; from 3 on its share counts by origin. */
  readonly rules?: 2 | 3;
  readonly issued_by?: string;
  /** The did:key of the key that signs it. */
  readonly signed_by?: string;
  /** Its mass and its claims are inside those of the passport of the lot that this one was divided from. */
  readonly part_of?: { readonly passport: string; readonly mass_mg: number };
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
  /** Milligrams of it that passports of its parts describe, of those that live. */
  readonly parts?: Readonly<Record<string, number>>;
}

export interface FeedClaims {
  readonly feed: string;
  readonly claimed_mg: Readonly<Record<string, number>>;
}

export interface CertifyBodies extends SigningKeyBodies {
  certificate_released: CertificateReleased;
  certificate_superseded: CertificateSuperseded;
  feed_traced: FeedTraced;
  passport_issued: PassportIssued;
  passport_signed: PassportSigned;
  passport_revoked: PassportRevoked;
  passport_superseded: PassportSuperseded;
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
  passport_superseded: "passport superseded",
  ...SIGNING_KEY_KINDS,
};

/** What entries of this room fold to, by collection. */
export interface CertifyRecords extends SigningKeyRecords {
  readonly certificate: CertificateRecord;
  readonly sample_certificates: SampleCertificates;
  readonly passport: PassportRecord;
  /** The passport of a lot. */
  readonly lot_passport: { readonly lot: string; readonly passport: string };
  readonly feed_claims: FeedClaims;
  /** Passports that claim on a feed, until they are revoked. */
  readonly feed_passports: { readonly feed: string; readonly passports: readonly string[] };
  /** What was last worked out of the provenance of a feed. */
  readonly feed_trace: FeedTraced;
}

/** Beside its own records this room books what passports take of the matter of lots. */
type CertifyFold = Book<CertifyRecords & LedgerRecords>;

export async function applyCertify(book: CertifyFold, entry: CertifyEntry): Promise<void> {
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
      return traced(book, entry.body);
    case "passport_issued":
      return issued(book, entry.body);
    case "passport_signed": {
      const passport = await thePassport(book, entry.body.passport);
      return book.put("passport", passport.passport, {
        ...passport,
        credential_digest: entry.body.credential_digest,
      });
    }
    case "passport_revoked":
      return revoked(book, entry.body);
    case "passport_superseded": {
      const { passport, why, at } = entry.body;
      return supersede(book, passport, { why, at });
    }
    default:
      return applySigningKey(book, entry);
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

/** What lies upstream of a feed, anew: passports that say of it what is no longer said are superseded (C32). */
async function traced(
  book: Book<CertifyRecords>,
  { feed, trace, rules, at = "" }: FeedTraced,
): Promise<void> {
  const before = await book.get("feed_trace", feed);
  book.put("feed_trace", feed, { feed, trace });
  if (!before || rules !== 2) return;
  const why = `what lies upstream of ${feed} was stated anew`;
  for (const name of (await book.get("feed_passports", feed))?.passports ?? []) {
    const elements = Object.keys((await thePassport(book, name)).feeds_mg[feed] ?? {});
    const of = { ...before.trace, feedstock: only(before.trace.feedstock, elements) };
    if (contradicted(of, trace).length > 0) await supersede(book, name, { why, at });
  }
}

const only = <T>(of: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));

/** A passport that stands on what no longer does is superseded with it, and holds its claims until it is revoked. */
async function supersedePassport(
  book: Book<CertifyRecords>,
  lot: string,
  superseded: Superseded,
): Promise<void> {
  const link = await book.get("lot_passport", lot);
  if (link) await supersede(book, link.passport, superseded);
}

async function supersede(book: Book<CertifyRecords>, name: string, superseded: Superseded): Promise<void> {
  const passport = await book.get("passport", name);
  if (passport && !passport.revoked && !passport.superseded)
    book.put("passport", passport.passport, { ...passport, superseded });
}

/** What passports of its parts leave to a passport. */
export const leftOf = ({ mass_mg, parts = {} }: Pick<PassportRecord, "mass_mg" | "parts">): number =>
  Math.max(0, mass_mg - Object.values(parts).reduce((sum, mg) => sum + mg, 0));

/** The nearest passport that lives among those another one is part of: the claims of the part are inside it. */
async function livingMother(book: CertifyFold, body: PassportIssued): Promise<PassportRecord | undefined> {
  let now: PassportIssued | undefined = body;
  while (now?.part_of) {
    const mother: PassportRecord | undefined = await book.get("passport", now.part_of.passport);
    if (mother && !mother.revoked) return mother;
    now = mother;
  }
  return undefined;
}

async function issued(book: CertifyFold, body: PassportIssued): Promise<void> {
  const { passport, lot, mass_mg, part_of } = body;
  book.put("passport", passport, body);
  book.put("lot_passport", lot, { lot, passport });
  await onFeeds(book, body, (names) => [...names, passport]);
  const mother = await livingMother(book, body);
  if (mother && part_of) {
    const parts = { ...mother.parts, [passport]: part_of.mass_mg };
    book.put("passport", mother.passport, { ...mother, parts });
    await free(book, { taking: "claimed", lot, by: mother.passport, mass_mg: part_of.mass_mg });
  } else await claim(book, body, 1);
  await take(book, { taking: "claimed", lot, by: passport, mass_mg });
}

async function revoked(book: CertifyFold, { passport: id, why }: PassportRevoked): Promise<void> {
  const passport = await thePassport(book, id);
  book.put("passport", id, { ...passport, revoked: { why } });
  await onFeeds(book, passport, (names) => names.filter((name) => name !== id));
  const mother = await livingMother(book, passport);
  const freed = await freeEverywhere(book, { taking: "claimed", lot: passport.lot, by: id });
  if (mother) {
    // What was a part is the whole's again, and parts of the part are parts of the whole.
    const { [id]: _, ...others } = mother.parts ?? {};
    book.put("passport", mother.passport, { ...mother, parts: { ...others, ...passport.parts } });
    for (const { lot, mass_mg } of freed)
      await take(book, { taking: "claimed", lot, by: mother.passport, mass_mg });
    return;
  }
  await claim(book, passport, -1);
  // Parts of what is revoked stand by themselves from now on.
  for (const name of Object.keys(passport.parts ?? {})) await claim(book, await thePassport(book, name), 1);
}

/** A step that is taken back renews no claim: what a passport had claimed that was revoked since is free, or the whole's again. */
export async function claimsTakenBack(
  book: CertifyFold,
  { takings }: Pick<StepRecord, "takings">,
): Promise<void> {
  for (const [lot, { claimed }] of Object.entries(takings?.drawn ?? {}))
    for (const [by, mass_mg] of Object.entries(claimed)) {
      const passport = await book.get("passport", by);
      if (!passport?.revoked) continue;
      await free(book, { taking: "claimed", lot, by, mass_mg });
      const mother = await livingMother(book, passport);
      if (mother) await take(book, { taking: "claimed", lot, by: mother.passport, mass_mg });
    }
}

async function thePassport(book: Book<CertifyRecords>, id: string): Promise<PassportRecord> {
  const passport = await book.get("passport", id);
  assert(passport, `passport ${id} was issued`);
  return passport;
}

async function onFeeds(
  book: Book<CertifyRecords>,
  { feeds_mg }: PassportIssued,
  change: (passports: readonly string[]) => readonly string[],
): Promise<void> {
  for (const feed of Object.keys(feeds_mg)) {
    const passports = change((await book.get("feed_passports", feed))?.passports ?? []);
    book.put("feed_passports", feed, { feed, passports });
  }
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
