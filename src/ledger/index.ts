// Lots, what they hold and where they came from; the chain of entries; closure of every step.

export * from "./agreed.ts";
export * from "./apply.ts";
export * from "./assay-anew.ts";
export * from "./balance.ts";
export * from "./book.ts";
export {
  type Carried,
  carriedOf,
  holdsItsShare,
  type MatterMoved,
  preservesMatter,
  type TakingsMoved,
} from "./carry.ts";
export * from "./chain.ts";
export { clockDoubt } from "./clock.ts";
export * from "./closure.ts";
export * from "./content.ts";
export * from "./decide.ts";
export * from "./departure.ts";
export * from "./draw.ts";
export * from "./entries.ts";
export * from "./flows.ts";
export * from "./free-everywhere.ts";
export * from "./instrument.ts";
export * from "./laboratory-reading.ts";
export * from "./lot.ts";
export * from "./material-balance.ts";
export * from "./paired.ts";
export { foundBeyondMade, foundBeyondSettled, moreThan, PUT_RIGHT } from "./raised.ts";
export * from "./residual.ts";
export { returnedThrough } from "./returned.ts";
export * from "./runs.ts";
export * from "./standing.ts";
export * from "./step.ts";
export * from "./step-kind.ts";
export * from "./still-taken.ts";
export * from "./stocktake.ts";
export * from "./sums.ts";
export * from "./taking.ts";
export * from "./time.ts";
export * from "./weigh-anew.ts";
export * from "./weighing.ts";
export * from "./withdraw.ts";
