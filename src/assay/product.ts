import { isBefore, type Lot, type LotId, notYetThere, productOf } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse, showMass } from "../quantity/index.ts";
import type { AssayReleased, By } from "./release.ts";
import type { AnySample } from "./sample.ts";
import { faultySampling, type Sampling, type SamplingDoubtRefusal } from "./sampling.ts";

/** Of a product's sample one portion is the laboratory's, another may be kept. */
export type ProductSide = "product" | "retained";

export interface ProductPortion {
  readonly side: ProductSide;
  readonly seal?: string;
  readonly mass_mg?: number;
}

/** What a composite took of one of its lots. */
export interface CompositePart {
  readonly lot: LotId;
  readonly drums: readonly string[];
  readonly increments_count: number;
}

export interface ProductSampleTaken {
  readonly sample: string;
  readonly lot: LotId;
  readonly at: string;
  readonly method: string;
  readonly increments_count: number;
  readonly portions: readonly ProductPortion[];
  /** Empty where the sample is of its lot alone. */
  readonly composite: readonly CompositePart[];
  readonly witnessed_by: readonly string[];
  readonly sampling?: Sampling;
}

/** A line as on a certificate of analysis: "12.5", or "<5" where less than a limit was found; `u` is its standard uncertainty. */
export interface ProductReading {
  readonly analyte: string;
  readonly mg_per_kg: string;
  readonly u?: string;
}

export interface ProductReported {
  readonly sample: string;
  readonly side: "product";
  readonly laboratory: string;
  readonly method: string;
  readonly analysed_on: string;
  readonly at: string;
  readonly results: readonly ProductReading[];
  readonly reo_pct?: string;
  readonly loi_pct?: string;
  readonly corrects?: string;
  readonly by: By;
}

export interface ProductSample extends ProductSampleTaken {
  readonly purpose: "product";
  readonly state: "waiting" | "reported" | "released";
  readonly reports: { readonly product?: ProductReported };
  readonly released?: { readonly product?: AssayReleased };
}

export type ProductSamplingRefusal =
  | SamplingDoubtRefusal
  | Refusal<
      | "sample_name_taken"
      | "lot_unknown"
      | "lot_not_held"
      | "lot_not_yet_there"
      | "portions_incomplete"
      | "seal_used_twice"
      | "portion_empty"
      | "composite_incomplete"
      | "lot_named_twice"
      | "drum_named_twice"
      | "product_differs"
      | "mass_exceeds_lot"
    >;

/** The lots a sample of a product speaks for. */
export const lotsOfProductSample = (sample: Pick<ProductSampleTaken, "lot" | "composite">): LotId[] =>
  sample.composite.length > 0 ? sample.composite.map((part) => part.lot) : [sample.lot];

/** Decides the drawing of a sample of a product (Y14, Y17). */
export function decideProductSampling(
  before: AnySample | undefined,
  lots: ReadonlyMap<LotId, Lot>,
  given: ProductSampleTaken,
): Result<ProductSampleTaken, ProductSamplingRefusal> {
  if (before) return refuse("sample_name_taken", "sample", `${given.sample} was used before`);
  const named = [
    { id: given.lot, at: "lot" },
    ...given.composite.map((part, i) => ({ id: part.lot, at: `composite[${i}].lot` })),
  ];
  const main = lots.get(given.lot);
  for (const { id, at } of named) {
    const lot = lots.get(id);
    if (!lot) return refuse("lot_unknown", at, `no lot ${id} is on the books`);
    if (lot.state !== "on_hand") return refuse("lot_not_held", at, `${id} is ${lot.state}`);
    const early = notYetThere(lot, { happened: given.at, at: "at" });
    if (early) return early;
    if (main && (lot.kind !== main.kind || productOf(lot) !== productOf(main))) {
      return refuse("product_differs", at, `${id} is another product than ${given.lot}`);
    }
  }
  const faulty =
    faultyPortion(given.portions) ??
    faultyComposite(given) ??
    heavierThan([...lots.values()], given.portions) ??
    (given.sampling && faultySampling(given.sampling, given.portions));
  return faulty ?? done(given);
}

/** What is drawn of lots is no more than what they hold (Y1, Y14). */
export function heavierThan(
  lots: readonly Pick<Lot, "id" | "mass_mg">[],
  portions: readonly { readonly mass_mg?: number }[],
) {
  const held_mg = lots.reduce((mg, lot) => mg + lot.mass_mg.best, 0);
  const drawn_mg = portions.reduce((mg, portion) => mg + (portion.mass_mg ?? 0), 0);
  if (drawn_mg <= held_mg) return undefined;
  const [asked, holds] = [showMass(drawn_mg, "kg"), showMass(held_mg, "kg")];
  const message = `the portions weigh ${asked} kg; ${lots.map(({ id }) => id).join(" and ")} holds ${holds} kg`;
  return refuse("mass_exceeds_lot", "portions", message, { held_mg });
}

function faultyPortion(portions: readonly ProductPortion[]) {
  const sides = portions.map((p) => p.side);
  if (sides.filter((s) => s === "product").length !== 1 || new Set(sides).size !== sides.length) {
    const asked = "a sample of a product has one portion for the laboratory, and one that is kept, if any";
    return refuse("portions_incomplete", "portions", asked);
  }
  const seals = portions.flatMap((p) => p.seal ?? []);
  if (new Set(seals).size !== seals.length) {
    return refuse("seal_used_twice", "portions", "each portion has a seal of its own");
  }
  const empty = portions.findIndex((p) => p.mass_mg !== undefined && p.mass_mg <= 0);
  if (empty >= 0) return refuse("portion_empty", `portions[${empty}].mass`, "a portion weighs something");
  return undefined;
}

function faultyComposite({ lot, composite }: ProductSampleTaken) {
  if (composite.length === 0) return undefined;
  const seen = new Set<LotId>();
  const drums = new Set<string>();
  for (const [i, part] of composite.entries()) {
    if (seen.has(part.lot))
      return refuse("lot_named_twice", `composite[${i}].lot`, `${part.lot} is named twice`);
    seen.add(part.lot);
    for (const [k, drum] of part.drums.entries()) {
      if (drums.has(drum))
        return refuse("drum_named_twice", `composite[${i}].drums[${k}]`, `drum ${drum} is named twice`);
      drums.add(drum);
    }
  }
  return seen.has(lot)
    ? undefined
    : refuse("composite_incomplete", "composite", `a composite of ${lot} says what was taken of ${lot}`);
}

export type ProductReportRefusal = Refusal<
  | "sample_unknown"
  | "portion_missing"
  | "already_reported"
  | "nothing_to_correct"
  | "time_before_input"
  | "results_missing"
>;

/** Decides a laboratory's report on a product (Y15); whether its lines can be read is for who certifies. */
export function decideProductReport(
  sample: AnySample | undefined,
  given: ProductReported,
): Result<ProductReported, ProductReportRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose !== "product") {
    const why = `${given.sample} is shared between two firms; it has no portion "product"`;
    return refuse("portion_missing", "side", why);
  }
  const before = sample.reports.product;
  if (before && given.corrects === undefined) {
    const why = `${before.laboratory} reported at ${before.at}; a correction states why`;
    return refuse("already_reported", "side", why);
  }
  if (!before && given.corrects !== undefined)
    return refuse("nothing_to_correct", "corrects", `nothing was reported on ${given.sample} yet`);
  if (isBefore(given.at, sample.at)) return drawnLater(given.at, sample.at);
  if (before && isBefore(given.at, before.at)) return reportedLater(given.at, before.at);
  const reported_on = dayOf(given.at);
  if (given.analysed_on > reported_on) {
    const why = `it was analysed on ${given.analysed_on}, after it is reported, on ${reported_on}`;
    return refuse("time_before_input", "at", why);
  }
  if (given.results.length === 0)
    return refuse("results_missing", "results", "a report holds at least one result");
  return done(given);
}

const dayOf = (at: string): string => new Date(Date.parse(at)).toISOString().slice(0, 10);

export const drawnLater = (reported: string, drawn: string) =>
  refuse("time_before_input", "at", `reported at ${reported}, but the sample was drawn at ${drawn}`);

/** Nothing that rests on a report is of a time before it (Y18). */
export const reportedLater = (at: string, reported: string) =>
  refuse("time_before_input", "at", `it rests on what was reported at ${reported}, after ${at}`);

export function foldProductReport(sample: ProductSample, report: ProductReported): ProductSample {
  const { released: _, ...rest } = sample;
  // What was released was the report before: the new one waits for a release of its own.
  return { ...rest, reports: { product: report }, state: "reported" };
}
