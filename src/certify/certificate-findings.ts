import { canonicalJson } from "../quantity/index.ts";
import type { DisclosedBook, ToldOf } from "./disclosed-book.ts";
import type { Finding } from "./finding.ts";
import type { CredentialShape } from "./read.ts";

type Released = ToldOf<"certificate_released">;

/** The certificate of analysis in the passport against those that the log releases (C19). */
export function findingsOfCertificate(
  { credentialSubject }: CredentialShape,
  book: DisclosedBook,
): Finding[] {
  const { certificate, product, passport } = credentialSubject;
  const at = "credentialSubject.certificate";
  const released = book.told.filter((t): t is Released => t.kind === "certificate_released");
  const content = canonicalJson(certificate);
  const issued = book.passport(passport)?.seq ?? Number.POSITIVE_INFINITY;
  const same = released.filter((r) => canonicalJson(r.body.certificate) === content);
  // Released once more with the same content, it is the last one before the passport that stands in it.
  const mine = same.findLast((r) => r.seq < issued) ?? same[0];
  const findings: Finding[] = [];
  if (!mine || mine.body.lot !== product.lot)
    return [
      {
        code: "certificate_not_released",
        at,
        message: `the log releases no certificate of analysis of ${product.lot} with this content`,
      },
    ];
  if (mine.seq > issued)
    findings.push({
      code: "certificate_not_released",
      at: `entry ${mine.seq}`,
      message: `its certificate of analysis was released after ${passport} was issued`,
    });
  const other = released.find((r) => sameAnalysis(mine, r));
  if (other)
    findings.push({
      code: "certificate_used_twice",
      at: `entry ${other.seq}`,
      message: `the sample ${mine.body.certificate.sample} carries the certificates of analysis of ${product.lot} and of ${other.body.lot}`,
    });
  return [...findings, ...superseded(mine, released, book), ...dated(mine, credentialSubject)];
}

/** A sample speaks for one lot; a declared composite for one lot each. */
function sameAnalysis(mine: Released, other: Released): boolean {
  const sample = mine.body.certificate.sample;
  if (other.body.lot === mine.body.lot || sample === undefined) return false;
  if (other.body.certificate.sample !== sample) return false;
  const [a, b] = [mine.body.rests_on, other.body.rests_on];
  return !a || !b || a.lot === b.lot;
}

function superseded(mine: Released, released: readonly Released[], book: DisclosedBook): Finding[] {
  const { lot } = mine.body;
  const newer = released.find((r) => r.body.lot === lot && r.seq > mine.seq);
  const corrected = book.told.find(
    (t) => t.kind === "certificate_superseded" && t.body.lot === lot && t.seq > mine.seq,
  );
  const by = newer ?? corrected;
  if (!by) return [];
  const how = newer ? "a newer certificate of analysis was released" : "its results were corrected";
  return [{ code: "certificate_superseded", at: `entry ${by.seq}`, message: `${lot}: ${how}` }];
}

/** By the day, as laboratories date: not analysed before the lot was made, nor after it was released. */
function dated(mine: Released, { certificate }: CredentialShape["credentialSubject"]): Finding[] {
  const { analysed_on, made_on } = certificate;
  const at = "credentialSubject.certificate.analysed_on";
  if (analysed_on === undefined) return [];
  if (made_on !== undefined && analysed_on < made_on)
    return [
      {
        code: "time_before_input",
        at,
        message: `analysed on ${analysed_on}, and the lot was made on ${made_on}`,
      },
    ];
  // A day of the laboratory may begin half a day before that of the books, and no more.
  const day = new Date(Date.parse(mine.time) + 14 * 3_600_000).toISOString().slice(0, 10);
  return analysed_on > day
    ? [
        {
          code: "time_after_entry",
          at,
          message: `analysed on ${analysed_on}, and released at ${mine.time}`,
        },
      ]
    : [];
}
