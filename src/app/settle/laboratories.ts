import {
  dependence,
  type LaboratoryTerms,
  nobodysUmpire,
  notAmong,
  type Sample,
  SIDES,
  umpireOfBoth,
  unnamed,
} from "../../assay/index.ts";
import { refuse } from "../../quantity/index.ts";
import type { Agreement } from "../../settle/index.ts";

/** What one agreement says of laboratories. */
const termsOf = ({ assay_rule }: Agreement): LaboratoryTerms => ({
  joint: assay_rule.joint_laboratory === undefined ? [] : [assay_rule.joint_laboratory],
  ...(assay_rule.final_assay === undefined ? {} : { final: assay_rule.final_assay }),
});

/** Whether the umpire is that of both parties of the terms, or was called by the register; of before they were asked, whoever reported. */
function acceptedBy(sample: Sample, { parties }: Agreement, laboratory: string): boolean {
  if (!sample.umpire_accepted) return true;
  const both = umpireOfBoth(sample, [parties.supplier, parties.processor]);
  return both === undefined ? sample.reports.umpire?.umpire_by === "register" : both === laboratory;
}

/**
 * Whether the terms that a lot is settled under allow the laboratories that reported: the one named for both, those named for a
 * side (S51), and three that are independent of each other where the terms do not say otherwise (S38).
 */
export function laboratoriesRefused(sample: Sample, agreement: Agreement) {
  const { joint_laboratory: joint, laboratories } = agreement.assay_rule;
  const terms = termsOf(agreement);
  for (const side of SIDES) {
    const laboratory = sample.reports[side]?.laboratory;
    if (laboratory === undefined) continue;
    if (joint !== undefined && side !== "umpire" && laboratory !== joint) {
      const message = `the ${side}'s results are by ${laboratory}; the terms name ${joint} for both`;
      return refuse("laboratory_differs", "sample", message);
    }
    const named = laboratories?.[side];
    if (named && !named.includes(laboratory)) return unnamed("sample", notAmong(side, laboratory, named));
    if (side === "umpire" && !named && !acceptedBy(sample, agreement, laboratory))
      return unnamed("sample", nobodysUmpire(laboratory));
    const why = dependence(sample, { side, laboratory }, terms);
    if (why !== undefined) return refuse("laboratory_not_independent", "sample", why);
  }
  return undefined;
}
