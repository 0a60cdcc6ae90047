import type { Lot } from "../../ledger/index.ts";
import { type Order, titleTakesFrom } from "../../orders/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Whether the title of a lot may pass: not of matter that its seller has promised (`already_promised`). */
export async function titleMayPass(scope: Scope, lot: Lot, to: string) {
  const promises: Order[] = [];
  for (const id of Object.keys((await scope.get("taking", lot.id))?.promised ?? {}).sort()) {
    const order = await scope.get("order", id);
    if (order) promises.push(order);
  }
  return titleTakesFrom(lot, to, promises);
}
