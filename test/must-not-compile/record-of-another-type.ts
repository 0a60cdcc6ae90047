import type { Scope } from "../../src/app/core/use-case.ts";
import type { Order } from "../../src/orders/index.ts";

/** Whoever reads a record has the type its room folds, not one of their own choice. */
export async function orderOf(scope: Scope, lot: string): Promise<Order | undefined> {
  return scope.get("lot", lot); // must not compile: TS2322
}
