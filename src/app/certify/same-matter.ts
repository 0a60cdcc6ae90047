import { type AnySample, lotsOfProductSample } from "../../assay/index.ts";
import { type Lot, preservesMatter, type StepRecord } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Divisions followed back from a lot to the one that was sampled; beyond it the sample is not known to be of it. */
const DIVISIONS_MAX = 1000;

/**
 * The lot of a sample that a lot is, or was divided or repacked from: of the same matter, whatever drum it stands in. Nothing
 * where chemistry or other matter lies between.
 */
export async function lotOfSample(
  scope: Pick<Scope, "get">,
  lot: Lot,
  sample: AnySample,
): Promise<string | undefined> {
  const sampled = sample.purpose === "product" ? lotsOfProductSample(sample) : [sample.lot];
  let now: Lot | undefined = lot;
  for (let i = 0; now && i < DIVISIONS_MAX; i++) {
    if (sampled.includes(now.id)) return now.id;
    const step: StepRecord | undefined = await scope.get("step", now.made_by);
    const input: { readonly lot: string } | undefined = step?.inputs[0];
    const mother: Lot | undefined = input && (await scope.get("lot", input.lot));
    if (!step || step.reversed || !preservesMatter(step, [mother])) return undefined;
    now = mother;
  }
  return undefined;
}
