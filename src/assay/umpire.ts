import { isBefore } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { drawnLater } from "./product.ts";
import type { By } from "./release.ts";
import type { AnySample, Party, Sample } from "./sample.ts";

/** One firm's word for the laboratory that is to be the umpire of a sample, where the terms between the two name none (Y26). */
export interface UmpireAccepted {
  readonly sample: string;
  readonly laboratory: string;
  readonly at: string;
  readonly by: By;
}

export type UmpireRefusal = Refusal<
  "sample_unknown" | "portion_missing" | "already_consented" | "already_reported" | "time_before_input"
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
  const before = sample.umpire_accepted?.[given.by.party];
  if (before?.laboratory === given.laboratory)
    return refuse("already_consented", "side", `${given.by.party} accepted it at ${before.at} already`);
  return isBefore(given.at, sample.at) ? drawnLater(given.at, sample.at) : done(given);
}

/** A sample with one firm's word more. */
export const withUmpire = (sample: Sample, given: UmpireAccepted): Sample => ({
  ...sample,
  umpire_accepted: { ...sample.umpire_accepted, [given.by.party]: given },
});

/** Those who accepted a laboratory as the umpire. */
export const acceptorsOf = ({ umpire_accepted = {} }: Sample, laboratory: string): readonly string[] =>
  Object.keys(umpire_accepted).filter((party) => umpire_accepted[party]?.laboratory === laboratory);

/**
 * Whether a laboratory stood in the register when the sample was written down, and nobody named another since: neither firm made it up
 * for this dispute. What is not known of old samples and laboratories is not held against them.
 */
export const wasKnown = (
  { umpire_accepted, written_at }: Sample,
  registered_at: string | undefined,
): boolean =>
  umpire_accepted === undefined &&
  (written_at === undefined || registered_at === undefined || registered_at <= written_at);

/**
 * Whether both firms of a sample accepted a laboratory as its umpire. Where the lot was sampled at its owner's, the processor is not
 * known yet: then whichever other firm said so.
 */
export function isUmpireAccepted(
  sample: Sample,
  laboratory: string,
  firms: { readonly [P in Party]?: string },
): boolean {
  const accepted = acceptorsOf(sample, laboratory);
  const known = [firms.supplier, firms.processor].filter((firm) => firm !== undefined);
  return accepted.length >= 2 && known.every((firm) => accepted.includes(firm));
}
