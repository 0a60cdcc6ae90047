import { isBefore, type Lot, productOf, type StepRecord } from "../../ledger/index.ts";
import { type Refusal, type Refused, refuse } from "../../quantity/index.ts";
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
  if (lot.owner !== parties.supplier) return undefined;
  return notFrom({ scope, parties, shipped: await receipts(scope), looked: new Set() }, lot);
}

interface Looking {
  readonly scope: Scope;
  readonly parties: Agreement["parties"];
  readonly shipped: Awaited<ReturnType<typeof receipts>>;
  readonly looked: Set<string>;
}

type NotFrom = Promise<Refused<Refusal<"owner_differs">> | undefined>;

async function notFrom(looking: Looking, lot: Lot): NotFrom {
  const { scope, parties, shipped } = looking;
  const { supplier, processor } = parties;
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
  if (step && maker === processor) return madeOfOthers(looking, step, productOf(lot));
  const brought = names.some((id) =>
    receiptsOf(shipped, id).some(({ shipper, consignee }) => shipper === processor && consignee === supplier),
  );
  if (brought) return undefined;
  const message = `${lot.id} was ${maker === undefined ? "not made by a step of" : `made by ${maker}, not by`} ${processor}, nor shipped by it to ${supplier}: it pays no debt of ${processor}`;
  return refuse("owner_differs", "lot", message);
}

/**
 * Oxide that a step at the processor's made is its own work, but not of oxide of the same name that was the supplier's before: that
 * pays no more for having been through a furnace. What was settled is owed, and what was returned stays returned.
 */
async function madeOfOthers(looking: Looking, step: StepRecord, product: string | undefined): NotFrom {
  const { scope, parties, looked } = looking;
  for (const { lot: id, mass_mg } of step.inputs) {
    if (looked.has(id)) continue;
    looked.add(id);
    const input = await scope.get("lot", id);
    const back = Object.values(step.takings?.drawn[id]?.returned ?? {}).reduce((sum, mg) => sum + mg, 0);
    if (!input || back >= mass_mg.best || (await scope.get("statement", id))) continue;
    const same = productOf(input) === product && input.owner === parties.supplier;
    const made_by = await scope.get("step", input.made_by);
    const not = same
      ? await notFrom(looking, input)
      : made_by && (await madeOfOthers(looking, made_by, product));
    if (not) return not;
  }
  return undefined;
}

function changedHands(lot: Lot, at: Lot, { supplier, processor }: Agreement["parties"]) {
  const message = `${at.id === lot.id ? lot.id : `${at.id}, of which ${lot.id} is,`} changed hands at ${at.owned_since} by another passing of title, and was no return: where it pays ${processor}'s debt, ${supplier} passes the title back (settle pass-title), and it passes again by the return`;
  return refuse("owner_differs", "lot", message);
}
