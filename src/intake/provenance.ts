import { done, refuse } from "../quantity/index.ts";
import type { Consignment } from "./consignment.ts";

/**
 * What a consignment was before it was collected, in the words of ISO 14021: post-consumer is what its end users are done with;
 * pre-consumer is what a process discards, unless the same process takes it back. Virgin was never a product.
 */
export const FEEDSTOCKS = {
  post_consumer_device: "devices that their users are done with",
  pre_consumer_swarf: "swarf and sludge of making magnets",
  pre_consumer_reject: "magnets or parts that failed before they were used",
  virgin: "metal that was never in a product",
  unknown: "asked, and nobody knows",
} as const;
export type Feedstock = keyof typeof FEEDSTOCKS;

/** A country by ISO 3166-1, and its part where that is known. */
export interface CollectedIn {
  readonly country: string;
  readonly region?: string;
}

export interface FeedstockStated {
  readonly class: Feedstock;
  /** What it rests on: a declaration, a contract, a photograph by its number. */
  readonly evidence?: string;
}

/** Where a consignment was collected and what it was: an entry of its own, which tells nobody who sent it. */
export interface ConsignmentProvenanceStated {
  readonly consignment: string;
  readonly collected_in?: CollectedIn;
  readonly feedstock?: FeedstockStated;
  /** What was not asked at receipt and is stated later is so marked, for good. */
  readonly stated: "at_receipt" | "later";
  readonly why?: string;
  readonly at: string;
}

/** What is known of a consignment's provenance; what was not stated is not there. */
export interface ConsignmentProvenance {
  readonly collected_in?: CollectedIn;
  readonly feedstock?: FeedstockStated;
  readonly stated_later: boolean;
}

/** N15. Refusals: evidence_missing. */
export function decideFeedstock(given: FeedstockStated | undefined) {
  if (given && given.class !== "unknown" && given.evidence === undefined) {
    const why = "say what the class rests on, such as the supplier's declaration; or state unknown";
    return refuse("evidence_missing", "feedstock.evidence", why);
  }
  return done(given);
}

type Stated = Pick<ConsignmentProvenanceStated, "collected_in" | "feedstock">;

/** N15. Refusals: consignment_unknown, nothing_changed, evidence_missing. */
export function decideProvenance(consignment: Consignment | undefined, given: Stated) {
  if (!consignment) return refuse("consignment_unknown", "consignment", "there is no such consignment");
  const before = consignment.provenance;
  const differs = (["collected_in", "feedstock"] as const).some(
    (field) => given[field] !== undefined && JSON.stringify(given[field]) !== JSON.stringify(before?.[field]),
  );
  if (!differs)
    return refuse("nothing_changed", "collected_in", "state where it was collected, or what it was, anew");
  const feedstock = decideFeedstock(given.feedstock);
  return feedstock.ok ? done(consignment) : feedstock;
}

/** What is known after a statement: what it does not name stays as it was. */
export function provenanceAfter(
  before: ConsignmentProvenance | undefined,
  { collected_in, feedstock, stated }: ConsignmentProvenanceStated,
): ConsignmentProvenance {
  return {
    ...before,
    ...(collected_in ? { collected_in } : {}),
    ...(feedstock ? { feedstock } : {}),
    stated_later: stated === "later" || (before?.stated_later ?? false),
  };
}
