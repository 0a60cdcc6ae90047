import { isElement, whyNoElement } from "../chemistry/index.ts";
import { type Book, type Reading, readingValue } from "../ledger/index.ts";
import { assert, done, refuse } from "../quantity/index.ts";
import type { ReferenceMeasured, ReferenceRegistered } from "./reference.ts";
import type { AssayReleased, By } from "./release.ts";

export type Side = "supplier" | "processor" | "umpire";
export const SIDES: readonly Side[] = ["supplier", "processor", "umpire"];

export interface Portion {
  readonly side: Side;
  readonly seal: string;
  readonly mass_mg: number;
}

export interface SampleTaken {
  readonly sample: string;
  readonly lot: string;
  readonly at: string;
  readonly method: string;
  readonly increments_count: number;
  readonly portions: readonly Portion[];
  readonly witnessed_by: readonly string[];
}

/** Results on the dry basis, in mg/kg. */
export interface AssayReported {
  readonly sample: string;
  readonly side: Side;
  readonly laboratory: string;
  readonly method: string;
  readonly at: string;
  readonly mg_per_kg: Readonly<Record<string, Reading>>;
  readonly moisture_pct?: { readonly best: number; readonly sd: number };
  /** A correcting report names why; the one before stays in the log. */
  readonly corrects?: string;
  /** Who reported; reports of before this was kept do not have it, and cannot be released. */
  readonly by?: By;
}

export interface Sample extends SampleTaken {
  readonly state: "waiting" | "half_reported" | "exchanged";
  readonly reports: Readonly<Partial<Record<Side, AssayReported>>>;
  readonly released?: Readonly<Partial<Record<Side, AssayReleased>>>;
}

export function decideSampling(
  before: Sample | undefined,
  lot: { readonly state: string } | undefined,
  given: SampleTaken,
) {
  if (before) return refuse("sample_name_taken", "sample", `${given.sample} was used before`);
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${given.lot} is on the books`);
  if (lot.state !== "on_hand") return refuse("lot_not_held", "lot", `${given.lot} is ${lot.state}`);
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
  return done(given);
}

export function decideReport(sample: Sample | undefined, given: AssayReported) {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  const before = sample.reports[given.side];
  if (before && given.corrects === undefined) {
    return refuse(
      "already_reported",
      "side",
      `the ${given.side} reported at ${before.at}; a correction states why`,
    );
  }
  if (!before && given.corrects !== undefined) {
    return refuse("nothing_to_correct", "corrects", `the ${given.side} has not reported yet`);
  }
  if (given.side === "umpire" && sample.state !== "exchanged") {
    return refuse("exchange_not_complete", "side", "the umpire is called after both sides have reported");
  }
  const faulty = faultyReading(given);
  return faulty ?? done(given);
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
    if (!("below" in reading)) total += value.best;
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

export interface AssayBodies {
  sample_taken: SampleTaken;
  assay_reported: AssayReported;
  assay_released: AssayReleased;
  reference_registered: ReferenceRegistered;
  reference_measured: ReferenceMeasured;
}
export type AssayEntry = {
  [K in keyof AssayBodies]: { readonly kind: K; readonly body: AssayBodies[K] };
}[keyof AssayBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const ASSAY_KINDS: { readonly [K in keyof AssayBodies]: string } = {
  sample_taken: "sample taken",
  assay_reported: "assay reported",
  assay_released: "assay released",
  reference_registered: "reference material registered",
  reference_measured: "reference material measured",
};

/** What entries of this room fold to, by collection. */
export interface AssayRecords {
  readonly sample: Sample;
  readonly reference: ReferenceRegistered;
  readonly reference_check: ReferenceMeasured;
}

/** Folds an entry of this room into the records `sample`, `reference` and `reference_check`. */
export async function applyAssay(book: Book<AssayRecords>, entry: AssayEntry): Promise<void> {
  switch (entry.kind) {
    case "sample_taken":
      book.put("sample", entry.body.sample, {
        ...entry.body,
        state: "waiting",
        reports: {},
      });
      return;
    case "reference_registered":
      book.put("reference", entry.body.reference, entry.body);
      return;
    case "reference_measured":
      book.put("reference_check", entry.body.check, entry.body);
      return;
  }
  const sample = await book.get("sample", entry.body.sample);
  assert(sample, "a report or its release belongs to a sample on the books");
  if (entry.kind === "assay_released") {
    const released = { ...sample.released, [entry.body.side]: entry.body };
    book.put("sample", sample.sample, { ...sample, released });
    return;
  }
  const reports = { ...sample.reports, [entry.body.side]: entry.body };
  const state = reports.supplier && reports.processor ? "exchanged" : "half_reported";
  // What was released was the report before: the new one waits for a release of its own.
  const { [entry.body.side]: _, ...others } = sample.released ?? {};
  const released = sample.released ? { released: others } : {};
  book.put("sample", sample.sample, { ...sample, reports, state, ...released });
}
