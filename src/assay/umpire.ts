import { isBefore } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { drawnLater } from "./product.ts";
import type { By } from "./release.ts";
import { type AnySample, dependence, type Party, type Sample } from "./sample.ts";

/** One firm's word for the laboratory that is to be the umpire of a sample, where the terms between the two name none (Y26). */
export interface UmpireAccepted {
  readonly sample: string;
  readonly laboratory: string;
  readonly at: string;
  readonly by: By;
}

export type UmpireRefusal = Refusal<
  | "sample_unknown"
  | "portion_missing"
  | "already_consented"
  | "already_reported"
  | "laboratory_not_independent"
  | "time_before_input"
>;

/** Decides a firm's word for an umpire. A firm names another until the umpire has reported. */
export function decideUmpire(
  sample: AnySample | undefined,
  given: UmpireAccepted,
): Result<UmpireAccepted, UmpireRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose === "product")
    return refuse("portion_missing", "side", `${given.sample} is of a product: it has no umpire`);
  const { umpire } = sample.reports;
  if (umpire)
    return refuse("already_reported", "side", `${umpire.laboratory} reported as umpire at ${umpire.at}`);
  const why = dependence(sample, { side: "umpire", laboratory: given.laboratory }, { joint: [] });
  if (why !== undefined) return refuse("laboratory_not_independent", "laboratory", why);
  const before = sample.umpire_accepted?.[given.by.party];
  if (before?.laboratory === given.laboratory)
    return refuse("already_consented", "side", `${given.by.party} accepted it at ${before.at} already`);
  return isBefore(given.at, sample.at) ? drawnLater(given.at, sample.at) : done(given);
}

/** A sample with one firm's word more. */
export const withUmpire = (sample: Sample, given: UmpireAccepted): Sample => ({
  ...sample,
  umpire_accepted: { ...sample.umpire_accepted, [given.by.party]: given },
  umpire_words: [...(sample.umpire_words ?? []), given],
});

/** The laboratory that two firms last accepted both: a later word of one alone leaves it (Y40). */
export function umpireOfBoth(
  { umpire_words = [] }: Pick<Sample, "umpire_words">,
  [one, other]: readonly [string, string],
): string | undefined {
  const said = new Map<string, string>();
  let agreed: string | undefined;
  for (const { by, laboratory } of umpire_words) {
    said.set(by.party, laboratory);
    if (said.get(one) === said.get(other)) agreed = said.get(one);
  }
  return agreed;
}

/** Two firms, or one of which the other is not known yet. */
type Firms = { readonly [P in Party]?: string };

/** Every pair that the two firms of a sample may be: where the lot was sampled at its owner's, whichever other firm spoke. */
function pairsOf(sample: Sample, { supplier, processor }: Firms): (readonly [string, string])[] {
  const words = [...new Set((sample.umpire_words ?? []).map(({ by }) => by.party))];
  const [known, ...others] = [supplier, processor].filter((firm) => firm !== undefined);
  if (known === undefined) return words.flatMap((a, i) => words.slice(i + 1).map((b) => [a, b] as const));
  return (others.length > 0 ? others : words.filter((party) => party !== known)).map(
    (other) => [known, other] as const,
  );
}

/** Whether both firms of a sample accepted a laboratory as its umpire. */
export const isUmpireAccepted = (sample: Sample, laboratory: string, firms: Firms): boolean =>
  pairsOf(sample, firms).some((pair) => umpireOfBoth(sample, pair) === laboratory);

/**
 * Whether a laboratory stood in the register when the sample was written down, and the two firms accepted none together: neither made
 * it up for this dispute. One firm's word alone calls nobody, and keeps nobody away. What is not known of old samples and
 * laboratories is not held against them.
 */
export const wasKnown = (sample: Sample, registered_at: string | undefined, firms: Firms): boolean =>
  pairsOf(sample, firms).every((pair) => umpireOfBoth(sample, pair) === undefined) &&
  (sample.written_at === undefined || registered_at === undefined || registered_at <= sample.written_at);
