// Buyers and their qualification, orders, promises on lots, deliveries, and how far what there is covers what is asked.
export * from "./apply.ts";
export * from "./cover.ts";
export * from "./order.ts";
export * from "./promise.ts";
