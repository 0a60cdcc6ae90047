import type { AnySample, LaboratoryTerms, Sample, Side } from "../../assay/index.ts";
import { SIDES } from "../../assay/index.ts";
import { type Agreement, versionBehind, versionOn } from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";
import { firmsOf } from "./firms.ts";

type Drawn = Pick<Sample, "lot" | "at" | "firms">;

/**
 * What the terms between the two firms of a sample say of laboratories. A lot that is settled has its own terms. Of any other nobody
 * knows yet which agreement it comes under: a side is measured for, or both are, by whomever one of them names for that. Settling
 * asks the terms that the lot comes under (settle S38, S51).
 */
export async function laboratoryTermsOf(
  scope: Scope,
  sample: AnySample | undefined,
): Promise<LaboratoryTerms> {
  return !sample || sample.purpose === "product" ? { joint: [] } : laboratoryTermsFor(scope, sample);
}

export async function laboratoryTermsFor(scope: Scope, sample: Drawn): Promise<LaboratoryTerms> {
  return together((await termsFor(scope, sample)).map(({ assay_rule }) => assay_rule));
}

async function termsFor(scope: Scope, sample: Drawn): Promise<readonly Agreement[]> {
  const own = await termsSettledUnder(scope, sample.lot);
  if (own) return [own];
  const lot = await scope.get("lot", sample.lot);
  const firms = sample.firms ?? (lot ? await firmsOf(scope, lot) : {});
  return (await everyRecord(scope.store, "agreement"))
    .flatMap((record) => versionOn(record, new Date(Date.parse(sample.at)).toISOString().slice(0, 10)) ?? [])
    .map((version) => version.agreement)
    .filter(({ parties }) => firms.supplier === parties.supplier && firms.processor === parties.processor);
}

async function termsSettledUnder(scope: Scope, lot: string): Promise<Agreement | undefined> {
  const last = (await scope.get("statement", lot))?.issued.at(-1)?.statement;
  const record = last && (await scope.get("agreement", last.agreement.id));
  return record && versionBehind(record, last)?.agreement;
}

function together(clauses: readonly Agreement["assay_rule"][]): LaboratoryTerms {
  const joint = clauses.flatMap((clause) => clause.joint_laboratory ?? []);
  const [first] = clauses;
  const final = clauses.every((clause) => clause.final_assay !== undefined) ? first?.final_assay : undefined;
  const named: Partial<Record<Side, readonly string[]>> = {};
  for (const side of SIDES) {
    const lists = clauses.flatMap((clause) => clause.laboratories?.[side] ?? []);
    if (lists.length > 0) named[side] = [...new Set(lists)];
  }
  return { joint: [...new Set(joint)], ...(final ? { final } : {}), named };
}
