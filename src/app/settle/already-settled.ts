import { isBefore, type Lot } from "../../ledger/index.ts";
import { refuse } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";
import type { Facts } from "./facts.ts";

/**
 * Whether the matter of a lot that is to be settled for the first time is settled already, in a lot that it was made from or that
 * was made from it (S48). What was divided off before a lot was weighed at its receipt was never in that weight, and is no part of
 * what was settled on it.
 */
export async function alreadySettled(scope: Scope, { lot, statements, received_at }: Facts) {
  if (statements) return undefined;
  const settled =
    (await settledFeed(scope, lot)) ??
    (await settledAbove(scope, lot)) ??
    (await settledBelow(scope, lot, received_at));
  return (
    settled &&
    refuse(
      "already_settled",
      "sample",
      `${settled} is settled, and ${lot.id} holds matter of it: what is in it is settled with that lot. What else went into it is settled by itself once the step that blended it is taken back (prepare reverse)`,
    )
  );
}

const isSettled = async (scope: Scope, lot: string): Promise<boolean> =>
  ((await scope.get("statement", lot))?.issued.length ?? 0) > 0;

async function settledFeed(scope: Scope, lot: Lot): Promise<string | undefined> {
  for (const feed of Object.keys(lot.feeds_mg).sort())
    if (feed !== lot.id && (await isSettled(scope, feed))) return feed;
  return undefined;
}

/** A settled lot that this one was made from after it was weighed. */
async function settledAbove(scope: Scope, lot: Lot): Promise<string | undefined> {
  const open = [lot];
  const looked = new Set([lot.id]);
  for (let next = open.pop(); next; next = open.pop()) {
    const made_at = (await scope.get("step", next.made_by))?.at;
    for (const { lot: id } of next.parents) {
      const weighed = await weighedAt(scope, id);
      if (weighed !== undefined && !(made_at !== undefined && isBefore(made_at, weighed))) return id;
      if (looked.has(id)) continue;
      looked.add(id);
      const parent = await scope.get("lot", id);
      if (parent) open.push(parent);
    }
  }
  return undefined;
}

/** When what a settled lot was settled on was weighed; of one settled before receipts were kept beside statements, always. */
async function weighedAt(scope: Scope, lot: string): Promise<string | undefined> {
  const last = (await scope.get("statement", lot))?.issued.at(-1);
  if (!last) return undefined;
  const shipment = last.shipment === undefined ? undefined : await scope.get("shipment", last.shipment);
  return shipment?.received?.at ?? new Date(0).toISOString();
}

/** A settled lot that was made from this one, or from what was made from it, since it was received. */
async function settledBelow(scope: Scope, lot: Lot, received_at: string): Promise<string | undefined> {
  const open = [...lot.children];
  const looked = new Set([lot.id]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (looked.has(id)) continue;
    looked.add(id);
    const child = await scope.get("lot", id);
    const made_at = child && (await scope.get("step", child.made_by))?.at;
    if (!child || (made_at !== undefined && isBefore(made_at, received_at))) continue;
    if (await isSettled(scope, id)) return id;
    open.push(...child.children);
  }
  return undefined;
}
