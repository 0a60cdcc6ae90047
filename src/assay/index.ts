// Samples in three sealed portions, and what two laboratories say of them.
export * from "./sample.ts";
