// Buyers and their qualification, orders, promises on lots, deliveries.
export * from "./order.ts";
