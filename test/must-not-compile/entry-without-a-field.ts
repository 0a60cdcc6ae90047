import type { OrderEntry } from "../../src/orders/index.ts";

/** The body of an entry is whole: a correction always says why. */
export const cancelled: OrderEntry = {
  kind: "order_cancelled",
  body: { order: "O-1", at: "2026-01-01T00:00:00.000Z" }, // must not compile: TS2322
};
