export type EntryCheck =
  | "stocks"
  | "closures"
  | "claims"
  | "shares"
  | "takings"
  | "times"
  | "certificates"
  | "signatures"
  | "four_eyes";

/** Something that an auditor finds wrong with the entry it is at, or with one before it. */
export interface Found {
  readonly check: EntryCheck;
  readonly fault: string;
  readonly why: string;
  /** The entry, where it is not the one that is looked at. */
  readonly seq?: number;
}
