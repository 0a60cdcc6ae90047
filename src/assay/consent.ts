import { isBefore } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { reportedLater } from "./product.ts";
import type { By } from "./release.ts";
import { type AnySample, exchangedAt, type Party } from "./sample.ts";

/** The other firm's word that a side may correct what was exchanged. It serves one correction. */
export interface CorrectionConsented {
  readonly sample: string;
  /** Whose report may be corrected. */
  readonly side: Party;
  readonly at: string;
  readonly by: By;
  /** What may change: elements, or the moisture; anything where it is left out. */
  readonly for?: readonly string[];
}

export type ConsentRefusal = Refusal<
  "sample_unknown" | "portion_missing" | "exchange_not_complete" | "already_consented" | "time_before_input"
>;

/** Decides a consent (Y13). That the other firm gives it is asked of every command alike, before it is written. */
export function decideConsent(
  sample: AnySample | undefined,
  given: CorrectionConsented,
): Result<CorrectionConsented, ConsentRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose === "product")
    return refuse("portion_missing", "side", `${given.sample} is of a product, shared with no other firm`);
  if (sample.state !== "exchanged") {
    const why = "before both have reported a side corrects its own report without asking";
    return refuse("exchange_not_complete", "sample", why);
  }
  const before = sample.consents?.[given.side];
  if (before)
    return refuse("already_consented", "side", `${before.by.party} consented at ${before.at} already`);
  const exchanged = exchangedAt(sample);
  if (exchanged !== undefined && isBefore(given.at, exchanged)) return reportedLater(given.at, exchanged);
  return done(given);
}
