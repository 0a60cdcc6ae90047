import type { Refusal } from "../quantity/index.ts";

/** Everything this room refuses, closed: a face that translates them must cover all. */
export type SettleCode =
  | "clause_unknown"
  | "field_unknown"
  | "field_missing"
  | "field_unreadable"
  | "value_unknown"
  | "value_out_of_range"
  | "basis_missing"
  | "basis_unknown"
  | "element_unknown"
  | "element_repeated"
  | "oxide_unreadable"
  | "oxide_of_another_metal"
  | "dates_reversed"
  | "one_party_alone"
  | "agreement_not_in_force"
  | "already_settled"
  | "assay_missing"
  | "assay_below_detection"
  | "assays_above_hundred"
  | "lot_rejected"
  | "statement_altered"
  | "statement_of_another_lot"
  | "statement_not_final"
  | "final_stands"
  | "statement_already_posted"
  | "reason_missing"
  | "nothing_changed"
  | "chain_broken"
  | "grade_between_bands"
  | "grade_below_bands";

export type SettleRefusal = Refusal<SettleCode>;
