/** What verifier and audit name alike, each with what it says. */
export const FINDING_CODES = {
  share_above_content: "more of an element is attributed to feeds than there is of it",
  promised_twice: "matter that one live passport describes is described by another",
  parts_described: "parts of what it describes have passports of their own, and are inside it",
  described_by_parts:
    "all of what it describes is described by passports of its parts: nothing is left to it",
  passport_of_reversed_lot: "what the passport describes was taken back, used up or measured anew after it",
  content_above_mass: "the elements weigh more than what holds them",
  more_than_was_brought: "over its whole descent it holds more than its feeds and additions brought",
  certificate_used_twice: "one analysis is the certificate of analysis of two lots",
  certificate_not_released: "the log releases no such certificate of analysis",
  certificate_superseded:
    "its results were corrected, or a newer certificate of analysis of the lot replaced it",
  time_before_input: "something happened before what it needs was there",
  time_after_entry: "something is dated later than the entry that tells it",
  books_differ: "the books and the certificate of analysis differ beyond their doubt",
  metal_not_traced: "the certificate of analysis states metal that no record brought into the lot",
  provenance_differs: "it says of its provenance what the records do not say",
  label_too_strong: "it names a stronger model of custody than its lineage bears",
  not_stated: "no record states it",
  tail_unsigned: "nobody answers for where the bundle ends",
} as const;
export type FindingCode = keyof typeof FINDING_CODES;

export interface Finding {
  readonly code: FindingCode;
  /** Where: a path in the passport or the bundle, or the entry. */
  readonly at: string;
  readonly message: string;
  /** It does not stand in the way of acceptance: the reader weighs it. */
  readonly note?: true;
}

/**
 * Findings that a reader weighs: what is not known, what of it other passports describe, and what two honest measurements may differ
 * by where their doubt was stated too small. All others mean that the passport is not accepted.
 */
export const NOTES: ReadonlySet<FindingCode> = new Set(["not_stated", "books_differ", "parts_described"]);

export const isFatal = ({ code }: Pick<Finding, "code">): boolean => !NOTES.has(code);
