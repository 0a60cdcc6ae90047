import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { AssayBooked } from "./booking.ts";
import type { CorrectionConsented } from "./consent.ts";
import { withReport } from "./exchanged.ts";
import {
  foldProductReport,
  lotsOfProductSample,
  type ProductReported,
  type ProductSample,
  type ProductSampleTaken,
} from "./product.ts";
import type { ReferenceMeasured, ReferenceRegistered } from "./reference.ts";
import type { AssayReleased } from "./release.ts";
import type { AnySample, AssayReported, Sample, SampleTaken } from "./sample.ts";
import { type UmpireAccepted, withUmpire } from "./umpire.ts";

export interface AssayBodies {
  sample_taken: SampleTaken;
  assay_reported: AssayReported;
  assay_released: AssayReleased;
  correction_consented: CorrectionConsented;
  umpire_accepted: UmpireAccepted;
  assay_booked: AssayBooked;
  product_sample_taken: ProductSampleTaken;
  product_reported: ProductReported;
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
  correction_consented: "correction of an assay consented to",
  umpire_accepted: "umpire of a sample accepted by a firm",
  assay_booked: "results of a sample put on the books of its lot",
  product_sample_taken: "sample of a product taken",
  product_reported: "product analysed",
  reference_registered: "reference material registered",
  reference_measured: "reference material measured",
};

/** What entries of this room fold to, by collection. */
export interface AssayRecords {
  readonly sample: AnySample;
  readonly reference: ReferenceRegistered;
  readonly reference_check: ReferenceMeasured;
  /** Samples of a product that speak for a lot, in the order they were written. */
  readonly product_samples: { readonly lot: string; readonly samples: readonly string[] };
}

/** Folds an entry of this room into its records. */
export async function applyAssay(book: Book<AssayRecords>, entry: AssayEntry): Promise<void> {
  switch (entry.kind) {
    case "sample_taken":
      book.put("sample", entry.body.sample, { ...entry.body, state: "waiting", reports: {} });
      return;
    case "product_sample_taken":
      book.put("sample", entry.body.sample, {
        ...entry.body,
        purpose: "product",
        state: "waiting",
        reports: {},
      });
      return speaksFor(book, entry.body);
    case "reference_registered":
      book.put("reference", entry.body.reference, entry.body);
      return;
    case "reference_measured":
      book.put("reference_check", entry.body.check, entry.body);
      return;
  }
  const sample = await book.get("sample", entry.body.sample);
  assert(sample, "a report, its release or a consent belongs to a sample on the books");
  book.put(
    "sample",
    sample.sample,
    sample.purpose === "product" ? ofProduct(sample, entry) : ofExchange(sample, entry),
  );
}

async function speaksFor(book: Book<AssayRecords>, body: ProductSampleTaken): Promise<void> {
  for (const lot of lotsOfProductSample(body)) {
    const samples = (await book.get("product_samples", lot))?.samples ?? [];
    book.put("product_samples", lot, { lot, samples: [...samples, body.sample] });
  }
}

type OfSample = Extract<
  AssayEntry,
  {
    readonly kind:
      | "assay_reported"
      | "assay_released"
      | "correction_consented"
      | "umpire_accepted"
      | "assay_booked"
      | "product_reported";
  }
>;

function ofProduct(sample: ProductSample, entry: OfSample): ProductSample {
  if (entry.kind === "product_reported") return foldProductReport(sample, entry.body);
  assert(entry.kind === "assay_released", "a sample of a product is reported on and released");
  return { ...sample, released: { product: entry.body }, state: "released" };
}

function ofExchange(sample: Sample, entry: OfSample): Sample {
  assert(entry.kind !== "product_reported", "a product is reported on by a sample of its own");
  if (entry.kind === "assay_released")
    return { ...sample, released: { ...sample.released, [entry.body.side]: entry.body } };
  if (entry.kind === "assay_booked") return { ...sample, booked: entry.body };
  if (entry.kind === "umpire_accepted") return withUmpire(sample, entry.body);
  if (entry.kind === "correction_consented")
    return { ...sample, consents: { ...sample.consents, [entry.body.side]: entry.body } };
  return withReport(sample, entry.body);
}
