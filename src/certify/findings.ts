import { canonicalJson } from "../quantity/index.ts";
import { findingsOfCertificate } from "./certificate-findings.ts";
import { elementsOfClaim } from "./certified-product.ts";
import { compareWithBooks } from "./compare-books.ts";
import { custodyOfWay, isTooStrong } from "./custody.ts";
import type { DisclosedBook } from "./disclosed-book.ts";
import type { Finding } from "./finding.ts";
import type { Lineage } from "./lineage.ts";
import type { Followed } from "./matter.ts";
import { compareProvenance, type Provenance, statedAnew } from "./provenance.ts";
import { type CredentialShape, FirstProvenanceShape, ProvenanceShape } from "./read.ts";
import { claimAboveCertified, untracedMetal } from "./recycled-share.ts";
import { provenanceIn } from "./told-provenance.ts";
import { findingsOfRises } from "./verify-risen.ts";
import { certifiedLot, findingsOfShare, formOf } from "./verify-share.ts";
import { partsAboveWhole } from "./whole.ts";

interface Looked {
  readonly credential: CredentialShape;
  readonly book: DisclosedBook;
  readonly matter: Followed;
  readonly lineage: Lineage;
}

/** What the disclosed entries say against a passport, beyond what the checks answer (C15 to C20). */
export function findingsOf(looked: Looked): Finding[] {
  return [
    ...ofMatter(looked),
    ...ofUndone(looked),
    ...ofAgreed(looked),
    ...ofParts(looked),
    ...findingsOfCertificate(looked.credential, looked.book),
    ...ofBooks(looked),
    ...ofProvenance(looked),
    ...findingsOfShare(looked.credential, looked.book),
    ...findingsOfRises(looked.credential, looked.book),
  ];
}

/** Of this passport, of its lot, and of the lots on the way to it: what is wrong with others is no fault of this passport. */
function ofMatter({ credential, matter, lineage }: Looked): Finding[] {
  const { product, passport } = credential.credentialSubject;
  const mine = new Set([product.lot, ...lineage.feeds, ...lineage.unsettled]);
  for (const { step } of lineage.steps) {
    for (const { lot } of step.inputs) mine.add(lot);
    for (const { lot } of step.outputs) mine.add(lot);
  }
  return matter.findings
    .filter(({ lots, passports }) => passports.includes(passport) || lots.some((lot) => mine.has(lot)))
    .map(({ code, at, message }) => ({ code, at, message }));
}

function ofUndone({ credential, matter }: Looked): Finding[] {
  const { passport, product, claims_mg } = credential.credentialSubject;
  const found: Finding[] = matter.undone
    .filter((undone) => undone.passport === passport)
    .map(({ lot, how, seq }) => ({
      code: "passport_of_reversed_lot",
      at: `entry ${seq}`,
      message: `${lot} ${how}, after ${passport} was issued or before it`,
    }));
  const over = matter.holdings.get(product.lot);
  const undone = found.length > 0 && over?.firstAbove(claims_mg, over.slack);
  if (undone)
    found.push({
      code: "share_above_content",
      at: `credentialSubject.claims_mg.${undone.feed}`,
      message: `it claims ${undone.mg} mg of ${undone.element}, ${product.lot} now holds ${undone.most} mg of that feed`,
    });
  return found;
}

/** What all live passports claim of a feed, against what both firms agree of it since (C47). */
function ofAgreed({ credential, book, matter }: Looked): Finding[] {
  const { claims_mg, passport } = credential.credentialSubject;
  if (book.revoked.has(passport)) return [];
  const found: Finding[] = [];
  for (const [feed, element] of Object.entries(claims_mg).flatMap(([feed, elements]) =>
    Object.keys(elements).map((element) => [feed, element] as const),
  )) {
    const most = matter.agreed.get(feed)?.get(element);
    const claimed = book.standing().reduce((sum, { feeds_mg }) => sum + (feeds_mg[feed]?.[element] ?? 0), 0);
    if (most === undefined || claimed <= most) continue;
    found.push({
      code: "share_above_content",
      at: `credentialSubject.claims_mg.${feed}`,
      message: `passports claim ${claimed} mg of ${element} on ${feed}, of which both firms agree since that it held ${most} mg`,
    });
  }
  return found;
}

/** What of it has passports of its own: mother and parts never count more than the mass there is (C16). */
function ofParts({ credential, book }: Looked): Finding[] {
  const { passport } = credential.credentialSubject;
  const described = book.papers.described(passport);
  if (!described || described.parts.length === 0 || book.revoked.has(passport)) return [];
  const { mass_mg, left_mg, parts } = described;
  const names = parts.map((part) => `${part.passport} describes ${part.mass_mg} mg of it as ${part.lot}`);
  return [
    {
      code: left_mg > 0 ? "parts_described" : "described_by_parts",
      at: "credentialSubject.product.net_mass_mg",
      message: `${names.join(", ")}: ${left_mg} mg of ${mass_mg} mg is left to ${passport}`,
    },
  ];
}

/** What the steps brought into the lot against what was found in it (C25). */
function ofBooks({ credential, book }: Looked): Finding[] {
  const lot = certifiedLot(credential.credentialSubject, book);
  if (!lot) return [];
  const at = "credentialSubject.certificate";
  const untraced = untracedMetal(lot);
  const beyond = claimAboveCertified(lot, credential.credentialSubject.claims_mg);
  const heavy = partsAboveWhole(lot.certificate);
  return [
    ...(heavy ? [{ code: "content_above_mass" as const, at, message: heavy }] : []),
    ...(beyond ? [{ code: "share_above_content" as const, at, message: beyond }] : []),
    ...untraced.map(({ elements, message }) => ({
      code: "metal_not_traced" as const,
      at: `${at}.${elements.join("+")}`,
      message,
    })),
    ...compareWithBooks(lot.held, lot.certificate).map(({ code, element, message }) => ({
      code,
      at: `${at}.${element}`,
      message,
    })),
    ...(untraced.length > 0 ? ofLabels(credential) : []),
  ];
}

/** Labels follow the share: of a lot with metal of unknown origin they say no more than that (C31). */
function ofLabels({ credentialSubject }: CredentialShape): Finding[] {
  const said = credentialSubject.provenance as
    | { readonly origin?: unknown; readonly chain_of_custody?: unknown }
    | undefined;
  const at = "credentialSubject.provenance";
  const findings: Finding[] = [];
  const say = (label: string, word: string) =>
    findings.push({
      code: "label_too_strong",
      at: `${at}.${label}`,
      message: `it says ${word}, and metal of unknown origin is in the lot`,
    });
  if (said?.origin === "recovered") say("origin", said.origin);
  const custody = said?.chain_of_custody;
  if (typeof custody === "string" && isTooStrong(custody, "mass_balance")) say("chain_of_custody", custody);
  return findings;
}

function ofProvenance({ credential, book, lineage }: Looked): Finding[] {
  const { provenance, product, passport } = credential.credentialSubject;
  const second = ProvenanceShape.safeParse(provenance);
  if (second.success) {
    const said = second.data as Provenance;
    const of = { lot: product.lot, elements: elementsOfClaim(credential.credentialSubject) };
    const issued = book.passport(passport)?.seq ?? Number.POSITIVE_INFINITY;
    const found = provenanceIn(book, { ...of, before: issued });
    const now = provenanceIn(book, { ...of, before: Number.POSITIVE_INFINITY });
    const findings = [...compareProvenance(said, found), ...statedAnew(said, { found, now })];
    const more = canonicalJson(provenance) === canonicalJson(said) ? [] : [beyondRecords()];
    return [...findings.map(({ at, ...rest }) => ({ ...rest, at: `credentialSubject.${at}` })), ...more];
  }
  if (formOf(credential.credentialSubject, book) === THIRD) return [beyondRecords()];
  const first = FirstProvenanceShape.safeParse(provenance);
  if (!first.success)
    return [
      {
        code: "not_stated",
        at: "credentialSubject.provenance",
        message: "it states no provenance that can be read",
      },
    ];
  return ofFirstForm(first.data, lineage);
}

/** From the third form on a passport says of provenance what records bear, and nothing beside it (C60). */
const THIRD = 3;
const beyondRecords = (): Finding => ({
  code: "provenance_differs",
  at: "credentialSubject.provenance",
  message: "it says what no record could bear: other words than those that are worked out from records",
});

/** The first form named the same country, model and origin for all: places rest on no record, steps and the model can be redone. */
function ofFirstForm(said: FirstProvenanceShape, lineage: Lineage): Finding[] {
  const at = "credentialSubject.provenance";
  const message = "it is of the first form: its countries and its origin rest on no record";
  const findings: Finding[] = [{ code: "not_stated", at, message }];
  const found = custodyOfWay({
    sources_count: lineage.feeds.size + lineage.unsettled.size,
    added: lineage.steps.some(({ step }) => step.additions.length > 0),
    unsettled: lineage.unsettled.size > 0,
  });
  if (isTooStrong(said.chain_of_custody, found))
    findings.push({
      code: "label_too_strong",
      at: `${at}.chain_of_custody`,
      message: `it says ${said.chain_of_custody}, its steps bear ${found}`,
    });
  const told = new Set(said.sites.map(({ step, at: when }) => canonicalJson([step, Date.parse(when)])));
  const missing = lineage.steps.find(
    ({ step }) => step.kind !== "" && !told.has(canonicalJson([step.kind, Date.parse(step.at)])),
  );
  if (missing)
    findings.push({
      code: "provenance_differs",
      at: `${at}.sites`,
      message: `it does not tell of ${missing.step.kind} at ${missing.step.at} (${missing.step.step})`,
    });
  return findings;
}
