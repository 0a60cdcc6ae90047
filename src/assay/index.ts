// Samples of two firms and of products, what laboratories say of them, and how well they measure.
export * from "./booking.ts";
export * from "./consent.ts";
export * from "./control-chart.ts";
export * from "./entries.ts";
export * from "./exchanged.ts";
export * from "./product.ts";
export * from "./reference.ts";
export * from "./release.ts";
export * from "./report-reading.ts";
export * from "./sample.ts";
export * from "./sampling.ts";
export * from "./umpire.ts";
