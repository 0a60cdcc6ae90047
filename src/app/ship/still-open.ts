import type { Lot, StillOpen } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** What the consignments still wait for whose data-bearing devices lots may hold (law 7). */
export async function stillOpen(
  scope: Scope,
  lots: readonly (Lot | undefined)[],
): Promise<ReadonlyMap<string, StillOpen>> {
  const open = new Map<string, StillOpen>();
  for (const consignment of lots.flatMap((lot) => lot?.data_from ?? [])) {
    const record = await scope.get("consignment", consignment);
    if (record) open.set(consignment, record);
  }
  return open;
}
