import type { Shipment } from "../../ship/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";

/** Shipments that brought a lot somewhere, in the order of their receipts. */
async function receiptsOf(scope: Scope, lot: string): Promise<Shipment[]> {
  const shipments = await everyRecord(scope.store, "shipment", { where: { state: "received" } });
  const at = ({ received }: Shipment): string => received?.at ?? "";
  return shipments
    .filter(({ received }) => received?.lots.some((weighed) => weighed.lot === lot))
    .sort((a, b) => Date.parse(at(a)) - Date.parse(at(b)) || (a.shipment < b.shipment ? -1 : 1));
}

/** Statements of before the shipment was kept: it is the last one that brought the lot. */
export const receivedLastBy = async (scope: Scope, lot: string): Promise<string | undefined> =>
  (await receiptsOf(scope, lot)).at(-1)?.shipment;

/**
 * The receipt a lot is settled on first: the first that brought it from elsewhere to a site of the processor's (S49). Where none
 * did, as where a third party receives for it, the first that did not begin at the processor's; where all began there, the first.
 */
export async function firstReceipt(
  scope: Scope,
  lot: string,
  processor: string,
): Promise<string | undefined> {
  const receipts = await receiptsOf(scope, lot);
  const of = async (site: string) => (await scope.get("site", site))?.party;
  let from_elsewhere: Shipment | undefined;
  for (const receipt of receipts) {
    if ((await of(receipt.from)) === processor) continue;
    if ((await of(receipt.to)) === processor) return receipt.shipment;
    from_elsewhere ??= receipt;
  }
  return (from_elsewhere ?? receipts[0])?.shipment;
}
