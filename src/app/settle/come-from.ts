import { isBefore, type Lot } from "../../ledger/index.ts";
import { refuse } from "../../quantity/index.ts";
import type { Agreement } from "../../settle/index.ts";
import { sameMatter } from "../core/same-matter.ts";
import type { Scope } from "../core/use-case.ts";
import { receipts, receiptsOf } from "./receipts.ts";

/**
 * Whether oxide that is the supplier's already comes from the processor, so that it may call it returned (S60): made at its site, or
 * shipped by it to the supplier, and the supplier's all along. What changed hands since was sold or bought: only a return by the
 * processor, in whose course the title passes, tells that it pays a debt with it.
 */
export async function notFromProcessor(scope: Scope, lot: Lot, { parties }: Agreement) {
  const { supplier, processor } = parties;
  if (lot.owner !== supplier) return undefined;
  let first = lot;
  const names: string[] = [];
  for await (const same of sameMatter(scope, lot)) {
    // What became of a mother since this was divided off it is no matter of this.
    const since = same.owned_since;
    if (since !== undefined && (same === lot || !isBefore(first.opened.at, since)))
      return changedHands(lot, same, parties);
    names.push(same.id);
    first = same;
  }
  const step = await scope.get("step", first.made_by);
  const maker = step && (await scope.get("site", step.site))?.party;
  if (maker === processor) return undefined;
  const shipped = await receipts(scope);
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
