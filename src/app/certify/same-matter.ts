import { type AnySample, lotsOfProductSample, type ProductSample } from "../../assay/index.ts";
import type { Lot } from "../../ledger/index.ts";
import { sameMatter } from "../core/same-matter.ts";
import type { Scope } from "../core/use-case.ts";

type Reads = Pick<Scope, "get">;

/**
 * The lot of a sample that a lot is, or was divided or repacked from after it was drawn (C69); nothing where the sample is of other
 * matter: of what was left, once this was divided off, another drum tells nothing of this one.
 */
export async function lotOfSample(scope: Reads, lot: Lot, sample: AnySample): Promise<string | undefined> {
  const sampled = sample.purpose === "product" ? lotsOfProductSample(sample) : [sample.lot];
  let made = Number.POSITIVE_INFINITY;
  for await (const { id, opened } of sameMatter(scope, lot)) {
    if (sampled.includes(id) && Date.parse(sample.at) <= made) return id;
    made = Math.min(made, Date.parse(opened.at));
  }
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
