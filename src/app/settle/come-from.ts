import { isBefore, type Lot } from "../../ledger/index.ts";
import { refuse } from "../../quantity/index.ts";
import type { Agreement } from "../../settle/index.ts";
import { sameMatter } from "../core/same-matter.ts";
import type { Scope } from "../core/use-case.ts";
import { receipts, receiptsOf } from "./receipts.ts";

/**
 * Whether oxide that is the supplier's already comes from the processor, so that it may call it returned (S60): made at its site, or
 * shipped by it to the supplier, and never sold by it. What the processor sold, or what went on to another firm and was bought back,
 * pays no debt: only a return by the processor, in whose course the title passes, tells that it does.
 */
export async function notFromProcessor(scope: Scope, lot: Lot, { parties }: Agreement) {
  const { supplier, processor } = parties;
  if (lot.owner !== supplier) return undefined;
  const shipped = await receipts(scope);
  let first = lot;
  let left = false;
  const names: string[] = [];
  for await (const same of sameMatter(scope, lot)) {
    // What became of a mother since this was divided off it is no matter of this.
    const since = same.owned_since;
    const counts = since !== undefined && (same === lot || !isBefore(first.opened.at, since));
    // A sale that was thought better of while the oxide stood at the processor's leaves it owing what it has not given yet.
    const { owned_before } = same;
    left ||= receiptsOf(shipped, same.id).some(
      ({ consignee }) => consignee !== processor && consignee !== supplier,
    );
    if (counts && (left || !owned_before || owned_before.includes(processor)))
      return changedHands(lot, same, parties);
    names.push(same.id);
    first = same;
  }
  const step = await scope.get("step", first.made_by);
  const maker = step && (await scope.get("site", step.site))?.party;
  if (maker === processor) return undefined;
  const brought = names.some((id) =>
    receiptsOf(shipped, id).some(({ shipper, consignee }) => shipper === processor && consignee === supplier),
  );
  if (brought) return undefined;
  const message = `${lot.id} was ${maker === undefined ? "not made by a step of" : `made by ${maker}, not by`} ${processor}, nor shipped by it to ${supplier}: it pays no debt of ${processor}`;
  return refuse("owner_differs", "lot", message);
}

function changedHands(lot: Lot, at: Lot, { supplier, processor }: Agreement["parties"]) {
  const message = `${at.id === lot.id ? lot.id : `${at.id}, of which ${lot.id} is,`} changed hands at ${at.owned_since} by another passing of title, and was no return: where it pays ${processor}'s debt, ${supplier} passes the title back (settle pass-title), and it passes again by the return`;
  return refuse("owner_differs", "lot", message);
}
