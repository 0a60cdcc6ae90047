import {
  type Certificate,
  type Claims,
  claimAboveCertified,
  compareWithBooks,
  NO_SHARE,
  recycledShare,
  shareText,
  untracedMetal,
} from "../certify/index.ts";
import type { Entry, Lot } from "../ledger/index.ts";
import { AnalysisAuditor } from "./analysis-auditor.ts";
import type { Found } from "./found.ts";

interface Released {
  readonly lot: string;
  readonly certificate: {
    readonly sample?: string;
    readonly net_mass_mg?: number;
    readonly analysed_on?: string;
    readonly made_on?: string;
  };
  readonly rests_on?: { readonly sample: string; readonly lot: string };
  /** Where it says itself how far the books differ from it, that was known when it was released. */
  readonly findings?: readonly unknown[];
}

interface Issued {
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly feeds_mg: Claims;
}

type Held = Pick<Lot, "mass_mg" | "elements_mg">;

interface Drawn {
  readonly sample: string;
  readonly at: string;
  /** Its results were released or corrected, or a certificate of analysis stood on them: from then on nothing older does. */
  counts: boolean;
}

/** A day of a laboratory may begin so much before that of the books. */
const DAY_AHEAD_MS = 14 * 3_600_000;

/** One analysis for one lot, dated when it could be made, and released before a passport stands on it (P49). */
export class CertificateAuditor {
  checked = 0;
  private readonly byLot = new Map<string, Released>();
  /** What lots held when they were made or last measured. */
  private readonly held = new Map<string, Held>();
  private readonly bySample = new Map<string, Released[]>();
  private readonly samples = new Map<string, Drawn>();
  private readonly samplesOf = new Map<string, Drawn[]>();
  private readonly analyses = new AnalysisAuditor();

  take(entry: Entry): readonly Found[] {
    const { kind, time, body } = entry;
    this.analyses.take(entry);
    if (kind === "product_sample_taken") this.draw(body as never);
    const known =
      (kind === "assay_released" && body["side"] === "product") ||
      (kind === "product_reported" && body["corrects"] !== undefined);
    if (known) this.counts(String(body["sample"]));
    if (kind === "step_recorded")
      for (const output of body["outputs"] as (Held & { lot: string })[]) this.held.set(output.lot, output);
    if (kind === "lot_restated") this.held.set(String(body["lot"]), body["after"] as Held);
    if (kind === "certificate_released") return this.release(body as unknown as Released, time);
    return kind === "passport_issued" ? this.issue(body as never) : [];
  }

  private draw(body: {
    readonly sample: string;
    readonly lot: string;
    readonly at: string;
    readonly composite?: readonly { readonly lot: string }[];
  }): void {
    const { sample, lot, at, composite = [] } = body;
    const drawn = { sample, at, counts: false };
    this.samples.set(sample, drawn);
    for (const of of composite.length > 0 ? composite.map((part) => part.lot) : [lot])
      this.samplesOf.set(of, [...(this.samplesOf.get(of) ?? []), drawn]);
  }

  private counts(sample: string): void {
    const drawn = this.samples.get(sample);
    if (drawn) drawn.counts = true;
  }

  /** A certificate of analysis rests on the newest results there are of its lot: a correction makes none newer than it was drawn. */
  private older({ lot, certificate }: Released): string | undefined {
    const mine = this.samples.get(certificate.sample ?? "");
    const newer = this.samplesOf
      .get(lot)
      ?.find((drawn) => mine && drawn.counts && Date.parse(drawn.at) > Date.parse(mine.at));
    if (mine) mine.counts = true;
    return newer && mine
      ? `${lot} is certified on ${mine.sample}, drawn at ${mine.at}; results of ${newer.sample}, drawn at ${newer.at}, were known`
      : undefined;
  }

  private release(body: Released, time: string): Found[] {
    this.checked++;
    const { lot, certificate, rests_on } = body;
    const found: Found[] = [];
    const say = (fault: string, why: string) => found.push({ check: "certificates", fault, why });
    const { sample, analysed_on, made_on } = certificate;
    const others = sample === undefined ? [] : (this.bySample.get(sample) ?? []);
    const other = others.find(
      (o) => o.lot !== lot && (!rests_on || !o.rests_on || o.rests_on.lot === rests_on.lot),
    );
    if (other)
      say(
        "certificate_used_twice",
        `the sample ${sample} carries the certificates of ${other.lot} and of ${lot}`,
      );
    const unrested = rests_on && this.analyses.whyNot(certificate, rests_on);
    if (unrested) say("certificate_not_released", `${lot}: ${unrested}`);
    const older = this.older(body);
    if (older) say("certificate_superseded", older);
    if (analysed_on !== undefined && made_on !== undefined && analysed_on < made_on)
      say("time_before_input", `${lot} was made on ${made_on}, and analysed on ${analysed_on}`);
    const day = new Date(Date.parse(time) + DAY_AHEAD_MS).toISOString().slice(0, 10);
    if (analysed_on !== undefined && analysed_on > day)
      say("time_after_entry", `${lot} was analysed on ${analysed_on}, and certified at ${time}`);
    const heavy = aboveWhole(certificate as Analysed);
    if (heavy) say("content_above_mass", `${lot} is certified to hold ${heavy}`);
    const held = this.held.get(lot);
    if (held && body.findings === undefined && "oxide" in certificate)
      for (const { element, message, z } of compareWithBooks(held, certificate as Certificate))
        say("books_differ", `${lot}, ${element}: ${message} (${z} standard uncertainties)`);
    this.byLot.set(lot, body);
    if (sample !== undefined) this.bySample.set(sample, [...others, body]);
    return found;
  }

  private issue(body: Issued): Found[] {
    this.checked++;
    const { passport, lot, mass_mg } = body;
    const certificate = this.byLot.get(lot)?.certificate;
    if (!certificate)
      return [say(`${passport} describes ${lot}, of which no certificate of analysis was released`)];
    const { net_mass_mg } = certificate;
    return net_mass_mg === undefined || net_mass_mg === mass_mg
      ? this.claimed(body, certificate)
      : [
          say(
            `${passport} describes ${mass_mg} mg of ${lot}, its certificate of analysis is for ${net_mass_mg} mg`,
          ),
        ];
  }

  /** What is claimed against what is certified, and what is certified against what the books brought. */
  private claimed({ passport, lot, mass_mg, feeds_mg }: Issued, certificate: object): Found[] {
    const held = this.held.get(lot);
    if (!held || !("oxide" in certificate)) return [];
    const of = { mass_mg, certificate: certificate as Certificate, held };
    const { share, claimed_mg, of_mg } = recycledShare(of, feeds_mg);
    const beyond = claimAboveCertified(of, feeds_mg);
    const found: Found[] = beyond
      ? [{ check: "certificates", fault: "share_above_content", why: `${passport}, of ${lot}: ${beyond}` }]
      : [];
    const untraced = untracedMetal(of).map(({ message }) => ({
      ...{ check: "certificates" as const, fault: "metal_not_traced" },
      why: `${passport} describes ${lot}: ${message}`,
    }));
    found.push(...untraced);
    if (shareText(share) !== NO_SHARE) return found;
    const why = `${passport} claims ${claimed_mg} mg of the ${Math.round(of_mg)} mg that is certified of ${lot}: next to nothing`;
    return [...found, { check: "certificates", fault: "nothing_to_claim", why }];
  }
}

interface Analysed {
  readonly reo_pct?: string;
  readonly loi_pct?: string;
  readonly results?: readonly { readonly analyte: string; readonly mg_per_kg: string; readonly u?: string }[];
}

/** What may be part of the loss on ignition, and is not counted beside it. */
const LEAVES = /^(H2O|CO2|C|N|S|SO[34]|Cl|F|LOI)$/;
const RARE_EARTH = /^(La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Y|Sc)(\d|O|$)/;
/** Above the whole by so much, in percent: totals may read slightly above it, and doubt excuses as much again, at most one. */
const SLIGHTLY_PCT = 0.5;
const MOST_DOUBT_PCT = 1;

/** In words, where total oxide and other things make more than the whole (certify C28). */
function aboveWhole({ reo_pct, loi_pct, results = [] }: Analysed): string | undefined {
  const others = results.filter(({ analyte }) => !RARE_EARTH.test(analyte) && !LEAVES.test(analyte));
  const found = (text: string | undefined) => (text === undefined ? 0 : Number(text) || 0);
  const solid = others.reduce((sum, { mg_per_kg }) => sum + found(mg_per_kg) / 1e4, 0);
  const u = Math.hypot(...others.map((line) => found(line.u) / 1e4));
  const total = found(reo_pct) + found(loi_pct) + solid;
  return total > 100 + SLIGHTLY_PCT + Math.min(3 * u, MOST_DOUBT_PCT)
    ? `${total.toFixed(2)} % of itself: ${reo_pct ?? 0} % rare-earth oxide, ${loi_pct ?? 0} % lost on ignition, ${solid.toFixed(2)} % of other things`
    : undefined;
}

const say = (why: string): Found => ({ check: "certificates", fault: "certificate_not_released", why });
