// Samples in three sealed portions, what two laboratories say of them, and how well they measure.
export * from "./control-chart.ts";
export * from "./reference.ts";
export * from "./release.ts";
export * from "./sample.ts";
