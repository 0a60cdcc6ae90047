import { whatDiffers } from "./certified-on.ts";
import type { DisclosedBook, ToldOf } from "./disclosed-book.ts";

type Certified = ToldOf<"certificate_released">;
type Analysed = ToldOf<"product_reported">;

/** A figure that one of the two leaves out is another one than the other states. */
const NOTHING = { laboratory: "", method: "", analysed_on: "", reo_pct: "", loi_pct: "" };

/**
 * What a certificate of analysis that says what it rests on does not rest on, after all: a sample of its lot, a report that says what
 * it says, and a release of that report, all of before it (C19). One of before samples were kept says nothing of them.
 */
export function whyNotRested(mine: Certified, { told }: DisclosedBook): string | undefined {
  const { rests_on, certificate } = mine.body;
  if (!rests_on) return undefined;
  const { sample } = rests_on;
  const before = told.filter(({ seq }) => seq < mine.seq);
  const drawn = before.find(
    (t): t is ToldOf<"product_sample_taken"> => t.kind === "product_sample_taken" && t.body.sample === sample,
  );
  if (!drawn) return `the bundle shows nobody who drew ${sample}, on which it rests`;
  if (![drawn.body.lot, ...(drawn.body.composite ?? []).map(({ lot }) => lot)].includes(rests_on.lot))
    return `${sample} was drawn of ${drawn.body.lot}, it says of ${rests_on.lot}`;
  const report = before.findLast(
    (t): t is Analysed => t.kind === "product_reported" && t.body.sample === sample,
  );
  if (!report) return `no laboratory reported on ${sample} before it`;
  const differs = whatDiffers({ ...NOTHING, ...certificate }, { ...NOTHING, ...report.body });
  if (differs) return `what was reported on ${sample} in entry ${report.seq} says otherwise (${differs})`;
  const released = before.some(
    (t) =>
      t.kind === "assay_released" &&
      t.seq > report.seq &&
      t.body.sample === sample &&
      t.body.side === "product" &&
      Date.parse(t.body.report_at) === Date.parse(report.body.at),
  );
  return released ? undefined : `the report on ${sample} in entry ${report.seq} was not released before it`;
}
