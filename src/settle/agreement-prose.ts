import type { Agreement, ElementTerms, PenaltyTerms, TollBasis } from "./agreement.ts";
import { ASSAY_PARTIES } from "./parties.ts";
import { UMPIRE_RULE_TEXT } from "./umpire.ts";

export const TOLL_BASIS_TEXT: Readonly<Record<TollBasis, string>> = {
  returned_oxide: "oxide returnable at the guaranteed recovery",
  dry_feed: "dry feed",
  wet_feed: "feed as received",
  contained_metal: "metal contained in the feed",
};

/** Every clause of the agreement as one plain sentence (SPEC S8). */
export function agreementProse(agreement: Agreement): string[] {
  const { parties, effective, toll, currency } = agreement;
  const until = effective.to === null ? "until it is ended" : `to ${effective.to}, both days included`;
  return [
    `${agreement.title} (${agreement.id}): ${parties.processor} processes the feed of ${parties.supplier} for a toll, and the metal stays the property of ${parties.supplier} throughout.`,
    `It is in force from ${effective.from} ${until}.`,
    "Weights and assays are settled on dry weight.",
    ...agreement.elements.map(elementSentence),
    ...assaySentences(agreement),
    ...moistureSentences(agreement),
    `The toll is ${toll.amount_per_kg} ${currency} per kg of ${TOLL_BASIS_TEXT[toll.basis]}.`,
    ...agreement.penalties.map((penalty) => penaltySentence(penalty, currency)),
    agreement.provisional_pct === undefined
      ? "Nothing falls due before the statement is final."
      : `A provisional statement asks for ${agreement.provisional_pct} % of the charges.`,
    ...roundingSentences(agreement),
  ];
}

function elementSentence(terms: ElementTerms): string {
  const minimum = terms.minimum_content;
  const floor =
    minimum === undefined
      ? ""
      : `, and nothing when it holds less than ${minimum.amount} ${minimum.basis === "assay_pct" ? "%" : "kg of the metal"}`;
  const payable = terms.payable_pct === "100" ? "" : `${terms.payable_pct} % of `;
  const quality =
    terms.specification === undefined
      ? ""
      : `, on a certificate of analysis that meets ${terms.specification}`;
  return `${terms.element} comes back as ${terms.oxide}${quality}: ${terms.guaranteed_recovery_pct} % of ${payable}the oxide equal to what the feed contains${floor}; the parties' assays may differ by ${terms.splitting_limit_pct} percentage points before an umpire is asked.`;
}

/** Who measures, where the terms name it. */
function laboratorySentences({
  joint_laboratory: joint,
  laboratories = {},
}: Agreement["assay_rule"]): string[] {
  const named = ASSAY_PARTIES.flatMap((side) => {
    const list = laboratories[side];
    return list ? [`For the ${side} only ${list.join(" or ")} reports; a report by another is refused.`] : [];
  });
  const both =
    joint === undefined
      ? []
      : [`Both parties have ${joint} assay; a report of another laboratory is not settled on.`];
  return [...both, ...named];
}

/** Said where the terms name a limit; without one the statement that meets a difference says what it is held against. */
const moistureSentences = ({ moisture_limit_pct: limit }: Agreement): string[] =>
  limit === undefined
    ? []
    : [
        `The mean of the two laboratories' moistures counts where they differ by no more than ${limit} percentage points; else the umpire's does.`,
      ];

function assaySentences({ assay_rule: rule, currency }: Agreement): string[] {
  const within =
    rule.when_within_limit === "mean"
      ? "the mean of the two assays is final"
      : `the supplier's assay weighs ${rule.when_within_limit.weight_supplier} and the processor's the rest`;
  const provisional = {
    lower: "the lower of the two assays",
    mean: "the mean of the two assays",
    supplier: "the supplier's assay",
    processor: "the processor's assay",
  }[rule.provisional_assay];
  const below = {
    zero: "counts as zero",
    half_limit: "counts as half the limit",
    refuse: "is not settled on and has to be measured again",
  }[rule.below_detection];
  const missing = {
    other_conclusive: "is bound by the other party's result",
    refuse: "holds up the settlement until it has",
  }[rule.missing_assay];
  const laboratories = laboratorySentences(rule);
  if (rule.final_assay !== undefined) {
    return [
      ...laboratories,
      `The ${rule.final_assay}'s assay is final; limits are not compared and no umpire is asked.`,
      `An assay below the limit of detection ${below}.`,
      `A party that does not exchange its assay in time ${missing}.`,
    ];
  }
  return [
    ...laboratories,
    `Where the assays differ by no more than the limit, ${within}.`,
    `Where they differ by more, an umpire assays the sealed portion, and ${UMPIRE_RULE_TEXT[rule.umpire_rule]} (umpire rule ${rule.umpire_rule}).`,
    ...(rule.umpire_rule >= 5
      ? ["Exactly half way between the parties nobody is nearer, and the umpire's figure is final."]
      : []),
    `Until the umpire reports, a provisional statement uses ${provisional}.`,
    rule.umpire_cost === undefined
      ? "What the umpire costs is not settled here."
      : `The umpire costs ${rule.umpire_cost.amount} ${currency} for each element, borne by the party further from the umpire's figure, and shared at equal distance.`,
    `An assay below the limit of detection ${below}.`,
    `A party that does not exchange its assay in time ${missing}.`,
  ];
}

function penaltySentence(penalty: PenaltyTerms, currency: string): string {
  const counted = penalty.counted === "absolute" ? "for each step begun" : "in proportion";
  const rejected =
    penalty.reject_above_pct === undefined ? "" : `; above ${penalty.reject_above_pct} % the lot is refused`;
  const feed = penalty.basis === "dry_feed" ? "dry feed" : "feed as received";
  return `${penalty.element} above ${penalty.threshold_pct} % costs ${penalty.charge_per_t} ${currency} per tonne of ${feed} for every ${penalty.increment_pct} percentage points, ${counted}${rejected}; its splitting limit is ${penalty.splitting_limit_pct} percentage points.`;
}

function roundingSentences({ rounding }: Agreement): string[] {
  const { display } = rounding;
  const carried =
    rounding.carry === "unrounded"
      ? "Figures are carried unrounded and rounded only where they are shown"
      : "Each figure is rounded as it is shown before the next one uses it";
  const mode = rounding.mode === "half_up" ? "half away from zero" : "half to even";
  const zeros = rounding.trailing_zeros === "drop" ? "not printed" : "printed";
  return [
    `${carried}: masses in kg to ${display.mass_kg} decimal places, money to ${display.money}, assays in percent to ${display.assay_pct}, fractions to ${display.fraction}, rounding ${mode}.`,
    `Zeros at the end of a fraction are ${zeros}; a rounding difference is a line of its own.`,
  ];
}
