import type { AnySample, LaboratoryTerms } from "../../assay/index.ts";
import { versionOn } from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";
import { firmsOf } from "./take-sample.ts";

/**
 * What the terms between the two firms of a sample say of laboratories. All their agreements are looked through for what both
 * had accepted of the day it was drawn; it is asked only where a report would be refused without.
 */
export async function laboratoryTermsOf(
  scope: Scope,
  sample: AnySample | undefined,
): Promise<LaboratoryTerms> {
  if (!sample || sample.purpose === "product") return { joint: [] };
  const lot = await scope.get("lot", sample.lot);
  const firms = sample.firms ?? (lot ? await firmsOf(scope, lot) : {});
  const between = (await everyRecord(scope.store, "agreement"))
    .flatMap((record) => versionOn(record, new Date(Date.parse(sample.at)).toISOString().slice(0, 10)) ?? [])
    .map((version) => version.agreement)
    .filter(({ parties }) => firms.supplier === parties.supplier && firms.processor === parties.processor);
  const clauses = between.map((agreement) => agreement.assay_rule);
  const final = clauses.flatMap((clause) => clause.final_assay ?? [])[0];
  return { joint: clauses.flatMap((clause) => clause.joint_laboratory ?? []), ...(final ? { final } : {}) };
}
