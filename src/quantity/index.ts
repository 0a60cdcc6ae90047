// Whole numbers, rounding, units, measured values, digests, Result: the words every room speaks.
export * from "./apart.ts";
export * from "./cause-sums.ts";
export * from "./digest.ts";
export * from "./lump.ts";
export * from "./measured.ts";
export * from "./nearest.ts";
export * from "./normal.ts";
export * from "./reading.ts";
export * from "./result.ts";
export * from "./strict-input.ts";
export { own, table } from "./table.ts";
export * from "./units.ts";
export * from "./whole.ts";
