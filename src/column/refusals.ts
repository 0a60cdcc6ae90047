import type { Refusal } from "../quantity/index.ts";

export type ColumnRefusal = Refusal<
  | "input_malformed"
  | "field_unknown"
  | "species_unknown"
  | "species_named_twice"
  | "normality_missing"
  | "transport_not_computable"
  | "times_out_of_range"
  | "solid_not_full"
  | "accuracy_not_reached"
  | "result_not_trusted"
  | "step_collapsed"
  | "too_much_work"
  | "feed_malformed"
  | "target_out_of_range"
  | "design_impossible"
>;
