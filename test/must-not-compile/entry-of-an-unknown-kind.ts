import type { OrderEntry } from "../../src/orders/index.ts";

/** A room folds the kinds of entry it has bodies for, and no other. */
export const kind: OrderEntry["kind"] = "order_burnt"; // must not compile: TS2322
