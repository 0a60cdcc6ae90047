import type { Shipment } from "../../ship/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";

/** Shipments that were received, in the order of their receipts. */
export async function receipts(scope: Scope): Promise<Shipment[]> {
  const at = ({ received }: Shipment): number => Date.parse(received?.at ?? "");
  return (await everyRecord(scope.store, "shipment", { where: { state: "received" } })).sort(
    (a, b) => at(a) - at(b) || (a.shipment < b.shipment ? -1 : 1),
  );
}

/** Of these, in the same order, those that brought a lot. */
export const receiptsOf = (shipments: readonly Shipment[], lot: string): Shipment[] =>
  shipments.filter(({ received }) => received?.lots.some((weighed) => weighed.lot === lot));

/** Statements of before the shipment was kept: it is the last one that brought the lot. */
export const receivedLastBy = async (scope: Scope, lot: string): Promise<string | undefined> =>
  receiptsOf(await receipts(scope), lot).at(-1)?.shipment;

/**
 * The receipt of a lot that no shipment from elsewhere brought to a site of the processor's, as where a third party receives for it:
 * the first that did not begin at the processor's; where all began there, the first (S49).
 */
export async function firstElsewhere(
  scope: Scope,
  lot: string,
  processor: string,
): Promise<string | undefined> {
  const all = receiptsOf(await receipts(scope), lot);
  return (all.find(({ shipper }) => shipper !== processor) ?? all[0])?.shipment;
}
