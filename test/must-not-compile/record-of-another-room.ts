import type { Book } from "../../src/ledger/index.ts";
import type { OrdersRecords } from "../../src/orders/index.ts";

/** A room folds its own records and no others. */
export const take = (book: Book<OrdersRecords>) => book.get("passport", "P-1"); // must not compile: TS2345
