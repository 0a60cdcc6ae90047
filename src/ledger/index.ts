// Lots, what they hold and where they came from; the chain of entries; closure of every step.
export * from "./apply.ts";
export * from "./balance.ts";
export * from "./book.ts";
export * from "./chain.ts";
export * from "./closure.ts";
export * from "./content.ts";
export * from "./decide.ts";
export * from "./entries.ts";
export * from "./flows.ts";
export * from "./lot.ts";
export * from "./material-balance.ts";
export * from "./standing.ts";
export * from "./step.ts";
export * from "./step-kind.ts";
export * from "./stocktake.ts";
