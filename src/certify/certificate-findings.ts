import { canonicalJson } from "../quantity/index.ts";
import { whyNotRested } from "./analysis-findings.ts";
import type { DisclosedBook, ToldOf } from "./disclosed-book.ts";
import type { Finding } from "./finding.ts";
import type { CredentialShape } from "./read.ts";
import { formOf } from "./verify-share.ts";

type Released = ToldOf<"certificate_released">;

/** The certificate of analysis in the passport against those that the log releases (C19). */
export function findingsOfCertificate(credential: CredentialShape, book: DisclosedBook): Finding[] {
  const { credentialSubject } = credential;
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
  const unrested = saysLess(mine, released) ?? whyNotRested(mine, book);
  if (unrested) findings.push({ code: "certificate_not_released", at, message: unrested });
  const other = released.find((r) => sameAnalysis(mine, r));
  if (other)
    findings.push({
      code: "certificate_used_twice",
      at: `entry ${other.seq}`,
      message: `the sample ${mine.body.certificate.sample} carries the certificates of analysis of ${product.lot} and of ${other.body.lot}`,
    });
  return [
    ...findings,
    ...superseded(mine, released, book),
    ...dated(mine, credentialSubject),
    ...(formOf(credentialSubject, book) === 3 ? datedBack(credential, mine) : []),
  ];
}

/** In a log in which certificates of analysis say what they rest on, a later one that says nothing rests on nothing (C60). */
function saysLess(mine: Released, released: readonly Released[]): string | undefined {
  const other = released.find((r) => r.body.rests_on && r.seq < mine.seq);
  return mine.body.rests_on || !other
    ? undefined
    : `it does not say what it rests on, and that of ${other.body.lot} in entry ${other.seq} before it does`;
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
  const how = newer
    ? "a newer certificate of analysis was released"
    : "its results were corrected, or newer ones say otherwise";
  const findings: Finding[] = by
    ? [{ code: "certificate_superseded", at: `entry ${by.seq}`, message: `${lot}: ${how}` }]
    : [];
  const aside = released.find((r) => r.seq < mine.seq && isOfMatter(r, mine, book) && isOlder(mine, r));
  if (aside)
    findings.push({
      code: "certificate_superseded",
      at: `entry ${mine.seq}`,
      message: `it rests on ${mine.body.certificate.sample}; ${aside.body.certificate.sample} was drawn later and certified before: older results put no newer ones aside`,
    });
  return findings;
}

/** A certificate of analysis of the same lot, or on a sample of the lot that this one rests on a sample of, drawn before it was divided. */
function isOfMatter({ body }: Released, mine: Released, book: DisclosedBook): boolean {
  const { lot, rests_on } = mine.body;
  if (body.lot === lot) return true;
  if (!rests_on || body.rests_on?.lot !== rests_on.lot) return false;
  const made = book.madeBy.get(lot)?.step.at;
  const drawn = body.rests_on.drawn_at;
  return made !== undefined && drawn !== undefined && Date.parse(drawn) <= Date.parse(made);
}

/** Whether one rests on older results than another: by when the sample was drawn, then by the day of analysis, then by the report. */
function isOlder(a: Released, than: Released): boolean {
  const [mine, other] = [a.body, than.body];
  if (mine.certificate.sample === other.certificate.sample) return false;
  const drawn =
    mine.rests_on?.drawn_at && other.rests_on?.drawn_at
      ? order(mine.rests_on.drawn_at, other.rests_on.drawn_at)
      : order(mine.certificate.sampled_on, other.certificate.sampled_on);
  const ways = [
    drawn,
    order(mine.certificate.analysed_on, other.certificate.analysed_on),
    order(mine.rests_on?.report_at, other.rests_on?.report_at),
  ];
  return (ways.find((way) => way !== 0) ?? 0) < 0;
}

/** Below zero where the first is earlier; nothing where one of them is not stated. */
const order = (a: string | undefined, b: string | undefined): number =>
  a === undefined || b === undefined ? 0 : Math.sign(Date.parse(a) - Date.parse(b)) || 0;

/** No passport is of a time before the certificate of analysis that it holds was released (C67). */
function datedBack({ validFrom }: CredentialShape, { body, time, seq }: Released): Finding[] {
  const released = body.at ?? time;
  if (Date.parse(validFrom) >= Date.parse(released)) return [];
  const message = `it is valid from ${validFrom}, and its certificate of analysis was released at ${released} (entry ${seq})`;
  return [{ code: "time_before_input", at: "validFrom", message }];
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
