import { type AnySample, lotsOfProductSample, type ProductSample } from "../../assay/index.ts";
import { type Lot, preservesMatter, type StepRecord } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Divisions followed back from a lot to the one that was sampled; beyond it the sample is not known to be of it. */
const DIVISIONS_MAX = 1000;

type Reads = Pick<Scope, "get">;

/**
 * A lot, and what it was divided or repacked from, the nearest first: of the same matter, whatever drum it stands in. It ends where
 * chemistry or other matter lies between.
 */
async function* sameMatter(scope: Reads, lot: Lot): AsyncGenerator<Lot> {
  let now: Lot | undefined = lot;
  for (let i = 0; now && i < DIVISIONS_MAX; i++) {
    yield now;
    const step: StepRecord | undefined = await scope.get("step", now.made_by);
    const input: { readonly lot: string } | undefined = step?.inputs[0];
    const mother: Lot | undefined = input && (await scope.get("lot", input.lot));
    if (!step || step.reversed || !preservesMatter(step, [mother])) return;
    now = mother;
  }
}

/** The lot of a sample that a lot is, or was divided or repacked from; nothing where the sample is of other matter. */
export async function lotOfSample(scope: Reads, lot: Lot, sample: AnySample): Promise<string | undefined> {
  const sampled = sample.purpose === "product" ? lotsOfProductSample(sample) : [sample.lot];
  for await (const { id } of sameMatter(scope, lot)) if (sampled.includes(id)) return id;
  return undefined;
}

/** Samples of a product that speak for a lot: drawn of it, or of what it was divided from before it was. */
export async function samplesOf(scope: Reads, lot: Lot): Promise<ProductSample[]> {
  const found: ProductSample[] = [];
  let made = Number.POSITIVE_INFINITY;
  for await (const now of sameMatter(scope, lot)) {
    for (const id of (await scope.get("product_samples", now.id))?.samples ?? []) {
      const sample = await scope.get("sample", id);
      if (sample?.purpose === "product" && Date.parse(sample.at) <= made) found.push(sample);
    }
    made = Math.min(made, Date.parse(now.opened.at));
  }
  return found;
}
