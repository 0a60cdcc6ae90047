import type { Lot } from "../../src/ledger/index.ts";

/** A record is replaced by a fold, never changed in place. */
export function deliver(lot: Lot): void {
  lot.state = "delivered"; // must not compile: TS2540
}
