import { isElement, whyNoElement } from "../chemistry/index.ts";
import {
  isBefore,
  type LaboratoryDoubt,
  type Lot,
  notYetThere,
  type Reading,
  readingValue,
} from "../ledger/index.ts";
import { done, type Refusal, refuse } from "../quantity/index.ts";
import type { AssayBooked } from "./booking.ts";
import type { CorrectionConsented } from "./consent.ts";
import { beyondConsent } from "./exchanged.ts";
import { drawnLater, heavierThan, type ProductSample, reportedLater } from "./product.ts";
import type { AssayReleased, By } from "./release.ts";
import { faultySampling, type Sampling } from "./sampling.ts";
import type { UmpireAccepted } from "./umpire.ts";

/** The two firms that exchange. */
export type Party = "supplier" | "processor";
export type Side = Party | "umpire";
export const SIDES: readonly Side[] = ["supplier", "processor", "umpire"];

export interface Portion {
  readonly side: Side;
  readonly seal: string;
  readonly mass_mg: number;
  /** Who is to measure it, where that was named when it was sealed. */
  readonly laboratory?: string;
}

export interface SampleTaken {
  readonly sample: string;
  readonly lot: string;
  readonly at: string;
  readonly method: string;
  readonly increments_count: number;
  readonly portions: readonly Portion[];
  readonly witnessed_by: readonly string[];
  /** Whose the lot was and at whose site it stood; samples of before this was kept do not have it. */
  readonly firms?: { readonly [P in Party]?: string };
  /** What is known of the sample against its lot, where anything was stated. */
  readonly sampling?: Sampling;
  /** The server's time when it was written down, whenever it was drawn; samples of before this was kept do not have it. */
  readonly written_at?: string;
}

/** By what an umpire was called that the terms do not name: both firms' word, or the register that both knew. */
export type UmpireBy = "both" | "register";

/** Results on the dry basis, in mg/kg. */
export interface AssayReported {
  readonly sample: string;
  readonly side: Side;
  readonly laboratory: string;
  readonly method: string;
  readonly at: string;
  readonly mg_per_kg: Readonly<Record<string, Reading>>;
  readonly moisture_pct?: { readonly best: number; readonly sd: number };
  /** The parts of the doubt of results whose method was registered when they were reported. */
  readonly doubts?: Readonly<Record<string, LaboratoryDoubt>>;
  /** Of an umpire by what it was called; reports of before this was kept do not have it. */
  readonly umpire_by?: UmpireBy;
  /** A correcting report names why; the one before stays in the log. */
  readonly corrects?: string;
  /** Who reported; reports of before this was kept do not have it, and cannot be released. */
  readonly by?: By;
}

/** A sample shared between two firms. */
export interface Sample extends SampleTaken {
  /** Not written: what says nothing of it is of an exchange. */
  readonly purpose?: "exchange";
  readonly state: "waiting" | "half_reported" | "exchanged";
  readonly reports: Readonly<Partial<Record<Side, AssayReported>>>;
  readonly released?: Readonly<Partial<Record<Side, AssayReleased>>>;
  /** Consents to a correction that were not used yet, by the side whose report may be corrected. */
  readonly consents?: Readonly<Partial<Record<Party, CorrectionConsented>>>;
  /** Its results as they were put on the books of the lot, where they were. */
  readonly booked?: AssayBooked;
  /** By firm, the laboratory it accepts as the umpire. */
  readonly umpire_accepted?: Readonly<Record<string, UmpireAccepted>>;
  /** Every word of a firm for an umpire, in their order. */
  readonly umpire_words?: readonly UmpireAccepted[];
  /** Reports that a side corrected after the exchange without the other firm's consent, the oldest first: that one both know. */
  readonly earlier?: Readonly<Partial<Record<Party, readonly AssayReported[]>>>;
}

/** What a sample is drawn for decides what is asked of it. */
export type AnySample = Sample | ProductSample;

/** What the terms between the firms say of laboratories. */
export interface LaboratoryTerms {
  /** Laboratories that the terms name for both sides. */
  readonly joint: readonly string[];
  /** One party's assay is final: nobody else's laboratory decides anything. */
  readonly final?: Party;
  /** Laboratories that the terms name for a side; any where they name none. */
  readonly named?: Readonly<Partial<Record<Side, readonly string[]>>>;
}

/** What a report is judged on beside its sample. */
export interface ReportGround extends LaboratoryTerms {
  /** The lot's statement waits for the umpire: until that reports, a side puts its own report right without asking. */
  readonly umpire_called?: boolean;
  /** Whether both firms accepted the laboratory as the umpire of this sample, or both knew it when it was drawn and accepted none. */
  readonly umpire_by?: UmpireBy | undefined;
  /** The laboratory that both firms accepted as the umpire. */
  readonly umpire_of_both?: string | undefined;
}

export function decideSampling(before: AnySample | undefined, lot: Lot | undefined, given: SampleTaken) {
  if (before) return refuse("sample_name_taken", "sample", `${given.sample} was used before`);
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${given.lot} is on the books`);
  if (lot.state !== "on_hand") return refuse("lot_not_held", "lot", `${given.lot} is ${lot.state}`);
  const early = notYetThere(lot, { happened: given.at, at: "at" });
  if (early) return early;
  const sides = given.portions.map((p) => p.side).sort();
  if (sides.join() !== [...SIDES].sort().join()) {
    return refuse(
      "portions_incomplete",
      "portions",
      "a sample has three portions: supplier, processor and umpire",
    );
  }
  if (new Set(given.portions.map((p) => p.seal)).size !== 3) {
    return refuse("seal_used_twice", "portions", "each portion has a seal of its own");
  }
  const empty = given.portions.findIndex((p) => p.mass_mg <= 0);
  if (empty >= 0) return refuse("portion_empty", `portions[${empty}].mass`, "a portion weighs something");
  return (
    heavierThan([lot], given.portions) ??
    (given.sampling && faultySampling(given.sampling, given.portions)) ??
    done(given)
  );
}

export type ReportRefusal = Refusal<
  | "sample_unknown"
  | "portion_missing"
  | "already_reported"
  | "nothing_to_correct"
  | "time_before_input"
  | "exchange_not_complete"
  | "exchange_over"
  | "laboratory_not_independent"
  | "laboratory_not_named"
>;

/** Decides a side's report (Y2 to Y4, Y12). */
export function decideReport(
  sample: AnySample | undefined,
  given: AssayReported,
  ground: ReportGround = { joint: [] },
) {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose === "product")
    return refuse("portion_missing", "side", `${given.sample} is of a product: its portion is "product"`);
  return (
    outOfTurn(sample, given, ground) ??
    notNamed(sample, given, ground) ??
    notIndependent(sample, given, ground) ??
    nobodysWord(sample, given, ground) ??
    faultyReading(given) ??
    done(ground.umpire_by === undefined ? given : { ...given, umpire_by: ground.umpire_by })
  );
}

function outOfTurn(sample: Sample, given: AssayReported, ground: ReportGround) {
  const { side } = given;
  const before = sample.reports[side];
  if (before && given.corrects === undefined) {
    return refuse(
      "already_reported",
      "side",
      `the ${side} reported at ${before.at}; a correction states why`,
    );
  }
  if (!before && given.corrects !== undefined) {
    return refuse("nothing_to_correct", "corrects", `the ${side} has not reported yet`);
  }
  if (isBefore(given.at, sample.at)) return drawnLater(given.at, sample.at);
  if (side === "umpire" && sample.state !== "exchanged")
    return refuse("exchange_not_complete", "side", "the umpire is called after both sides have reported");
  const seen = side === "umpire" ? exchangedAt(sample) : before?.at;
  if (seen !== undefined && isBefore(given.at, seen)) return reportedLater(given.at, seen);
  if (side === "umpire") return undefined;
  return sample.state === "exchanged" ? exchangeOver(sample, { ...given, side }, ground) : undefined;
}

/** After the exchange a side puts its own right while the umpire is awaited, which sees neither; else the other firm consents (Y4). */
function exchangeOver(
  sample: Sample,
  given: AssayReported & { readonly side: Party },
  { umpire_called }: ReportGround,
) {
  const { reports, consents } = sample;
  if (umpire_called && !reports.umpire) return undefined;
  const { side } = given;
  const consent = consents?.[side];
  const beyond = consent && beyondConsent(sample, given);
  if (beyond?.length === 0) return undefined;
  const seen = reports.umpire ? "the umpire's results" : "the other side's results";
  const message = beyond
    ? `${consent?.by.party} consented to a correction of ${consent?.for?.join(", ")}; this one changes ${beyond.join(", ")} too`
    : `the ${side} has seen ${seen}: it corrects its own once the other firm consents (assay consent)`;
  return refuse("exchange_over", "side", message);
}

/** When the later of the two sides reported: what rests on both rests on that. */
export const exchangedAt = ({ reports: { supplier, processor } }: Sample): string | undefined =>
  supplier && processor && (isBefore(supplier.at, processor.at) ? processor.at : supplier.at);

/** Where the terms or the sealed portion name who measures for a side, nobody else does (Y22). */
function notNamed(sample: Sample, { side, laboratory }: AssayReported, { named }: LaboratoryTerms) {
  // Who seals the umpire's portion for somebody is one firm: that calls nobody, and keeps nobody away (Y40).
  const sealed = sample.portions.find((portion) => portion.side === side && side !== "umpire")?.laboratory;
  if (sealed !== undefined && sealed !== laboratory)
    return unnamed("laboratory", `the ${side}'s portion was sealed for ${sealed}, not for ${laboratory}`);
  const by_terms = named?.[side];
  return by_terms === undefined || by_terms.includes(laboratory)
    ? undefined
    : unnamed("laboratory", notAmong(side, laboratory, by_terms));
}

/** Who is umpire is the word of both firms, in their terms or of this sample (Y26); a correction is by the one that reported. */
function nobodysWord(sample: Sample, { side, laboratory }: AssayReported, ground: ReportGround) {
  const named = ground.named?.umpire !== undefined || ground.umpire_by || sample.reports.umpire;
  return side !== "umpire" || named ? undefined : unnamed("laboratory", nobodysUmpire(laboratory));
}

export const nobodysUmpire = (laboratory: string): string =>
  `${laboratory} is nobody's umpire yet: the terms name one (assay_rule.laboratories), or both firms accept it for this sample (assay consent, side umpire)`;

export const unnamed = (at: string, message: string) => refuse("laboratory_not_named", at, message);

export const notAmong = (side: Side, laboratory: string, named: readonly string[]): string =>
  `the terms between the two firms name ${named.join(", ")} for the ${side}, not ${laboratory}`;

function notIndependent(sample: Sample, { side, laboratory }: AssayReported, ground: ReportGround) {
  const why =
    dependence(sample, { side, laboratory }, ground) ?? lastUmpire(sample, { side, laboratory }, ground);
  return why === undefined ? undefined : refuse("laboratory_not_independent", "laboratory", why);
}

/** Why a laboratory is not independent of the other two for a side, under the terms; nothing where it is (Y12). */
export function dependence(
  sample: Sample,
  { side, laboratory }: { readonly side: Side; readonly laboratory: string },
  terms: LaboratoryTerms,
): string | undefined {
  if (terms.final !== undefined || terms.joint.includes(laboratory)) return undefined;
  const firm = (["supplier", "processor"] as const).find(
    (party) => party !== side && sample.firms?.[party] === laboratory,
  );
  if (firm !== undefined) return `${laboratory} is the ${firm}: it is nobody's laboratory but its own`;
  const other = SIDES.find((s) => s !== side && sample.reports[s]?.laboratory === laboratory);
  return other === undefined
    ? undefined
    : `${laboratory} reported for the ${other} already; the terms name neither a joint laboratory nor one party's assay as final`;
}

/** A side does not use up the laboratory that is the umpire, or the last of those whom the terms name: nobody else would be left (Y41). */
function lastUmpire(
  sample: Sample,
  { side, laboratory }: { readonly side: Side; readonly laboratory: string },
  { named, final, joint, umpire_of_both }: ReportGround,
): string | undefined {
  if (side === "umpire" || final !== undefined || joint.includes(laboratory)) return undefined;
  const other = side === "supplier" ? "processor" : "supplier";
  const free = named?.umpire?.filter((name) => name !== sample.reports[other]?.laboratory);
  const last = named?.umpire ? free?.join() === laboratory : umpire_of_both === laboratory;
  return last
    ? `${laboratory} is to be the umpire, and no other is named: it measures for no side`
    : undefined;
}

function faultyReading(given: AssayReported) {
  let total = 0;
  const readings = Object.entries(given.mg_per_kg);
  if (readings.length === 0)
    return refuse("results_missing", "mg_per_kg", "a report holds at least one result");
  for (const [element, reading] of readings) {
    const at = `mg_per_kg.${element}`;
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
    const value = readingValue(reading);
    if (!value)
      return refuse("reading_unreadable", at, "0 to 1,000,000 mg/kg with its doubt, or below a limit");
    if ("below" in reading) continue;
    if (reading.best === 0 && reading.sd === 0) return notFound(at);
    total += value.best;
  }
  if (total > 1e6)
    return refuse(
      "sum_above_whole",
      "mg_per_kg",
      `the results add up to ${total} mg/kg, more than the whole`,
    );
  const moisture = given.moisture_pct;
  if (moisture && !(moisture.best >= 0 && moisture.best < 100 && moisture.sd >= 0)) {
    return refuse("moisture_out_of_range", "moisture_pct", "moisture lies between 0 and 100 %");
  }
  return undefined;
}

/** What one party may see of a sample: the other side's result only once both are in (Y3). */
export function visibleReports(sample: Sample): Sample["reports"] | "sealed" {
  return sample.state === "exchanged" ? sample.reports : "sealed";
}

/** Laboratories write zero for "not found"; found below what is what matters, and only they can say it (Y2). */
const notFound = (at: string) =>
  refuse("limit_missing", at, "a zero without doubt is no reading: state the limit it was found below");
