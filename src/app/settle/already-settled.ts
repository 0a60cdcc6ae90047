import { Decimal } from "decimal.js";
import { isBefore, type Lot } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { figureOf, type LotStatements, type SettledBefore } from "../../settle/index.ts";
import type { Scope } from "../core/use-case.ts";
import type { Facts } from "./facts.ts";
import { settledPart } from "./settled-part.ts";

/**
 * Whether the matter of a lot that is to be settled for the first time is settled already, in a lot that it was made from or that
 * was made from it (S48). Where it is known to the milligram how much of its metal is, that is answered, and the rest is settled
 * (S57). What was divided off before a lot was weighed at its receipt was never in that weight, and is no part of what was settled
 * on it.
 */
export async function settledAlready(scope: Scope, { lot, statements, received_at }: Facts) {
  if (statements) return done(await settledStill(scope, lot, statements));
  const below = await settledBelow(scope, lot, received_at);
  if (below !== undefined) return partIsSettled(below, lot);
  const above = await settledAbove(scope, lot);
  const known = await settledPart(scope, lot, above);
  return "unknown" in known
    ? refused(known.unknown, lot, `${known.why}, so that it is not known how much of it that is. `)
    : done(known.settled);
}

/** What was settled elsewhere is as much as is paid for it there now; where the books no longer tell, what they told before. */
async function settledStill(
  scope: Scope,
  lot: Lot,
  { issued }: LotStatements,
): Promise<readonly SettledBefore[]> {
  const before = issued.at(-1)?.settled_before ?? [];
  if (before.length === 0) return before;
  const known = await settledPart(scope, lot, [...new Set(before.map((part) => part.lot))], "since");
  return "unknown" in known ? before : known.settled;
}

/** A lot is not settled beside a part of itself; what is left of it is (S58). */
export const partIsSettled = (part: string, lot: Lot) =>
  refuse(
    "already_settled",
    "sample",
    `${part} is settled, which was made of ${lot.id} after it was weighed: what is left of ${lot.id} is divided off (prepare step, kind split) and settled as a part, by its part of that weight; or on a later receipt, where it went back and came again`,
  );

const refused = (settled: string, lot: Lot, why = "") =>
  refuse(
    "already_settled",
    "sample",
    `${settled} is settled, and ${lot.id} holds matter of it: what is in it is settled with that lot. ${why}What else went into it is settled by itself once the step that blended it is taken back (prepare reverse)`,
  );

const isSettled = async (scope: Scope, lot: string): Promise<boolean> =>
  ((await scope.get("statement", lot))?.issued.length ?? 0) > 0;

/** Settled lots that this one was made from after they were weighed, and those that the books say it has a share of. */
async function settledAbove(scope: Scope, lot: Lot): Promise<string[]> {
  const found = new Set<string>();
  for (const feed of Object.keys(lot.feeds_mg))
    if (feed !== lot.id && (await isSettled(scope, feed))) found.add(feed);
  const open = [lot];
  const looked = new Set([lot.id]);
  for (let next = open.pop(); next; next = open.pop()) {
    const made_at = (await scope.get("step", next.made_by))?.at;
    for (const { lot: id } of next.parents) {
      const weighed = await weighedAt(scope, id);
      if (weighed !== undefined && !(made_at !== undefined && isBefore(made_at, weighed))) found.add(id);
      if (looked.has(id) || found.has(id)) continue;
      looked.add(id);
      const parent = await scope.get("lot", id);
      if (parent) open.push(parent);
    }
  }
  return [...found].sort();
}

/** When what a settled lot was settled on was weighed; of one settled before receipts were kept beside statements, always. */
async function weighedAt(scope: Scope, lot: string): Promise<string | undefined> {
  const last = (await scope.get("statement", lot))?.issued.at(-1);
  if (!last) return undefined;
  const shipment = last.shipment === undefined ? undefined : await scope.get("shipment", last.shipment);
  return shipment?.received?.at ?? new Date(0).toISOString();
}

/** A settled lot that was made from this one, or from what was made from it, since it was received. */
export async function settledBelow(scope: Scope, lot: Lot, received_at: string): Promise<string | undefined> {
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

/** What is settled on one receipt in lots that were made of the one it brought, in milligrams of their weight. */
export async function settledOnReceipt(scope: Scope, received: string, shipment: string): Promise<number> {
  const open = [received];
  const looked = new Set(open);
  let settled_kg = new Decimal(0);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const last = (await scope.get("statement", id))?.issued.at(-1);
    if (last?.shipment === shipment) settled_kg = settled_kg.plus(figureOf(last, "net_wet") ?? 0);
    for (const child of (await scope.get("lot", id))?.children ?? []) {
      if (looked.has(child)) continue;
      looked.add(child);
      open.push(child);
    }
  }
  return settled_kg.times(1_000_000).toNumber();
}
