import { exchangedAt, type Sample } from "../../assay/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";

/** Samples of a lot that both sides reported on, in the order in which they were exchanged. */
export async function exchangesOf(scope: Pick<Scope, "store">, lot: string): Promise<Sample[]> {
  const since = (sample: Sample) => Date.parse(exchangedAt(sample) ?? sample.at);
  return (await everyRecord(scope.store, "sample", { where: { lot } }))
    .filter((sample): sample is Sample => sample.purpose !== "product" && sample.state === "exchanged")
    .sort((a, b) => since(a) - since(b) || (a.sample < b.sample ? -1 : 1));
}
