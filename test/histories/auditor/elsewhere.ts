import { must } from "../red.ts";
import type { Body } from "./read.ts";
import { elementOf, type Seen } from "./seen.ts";

const MG_PER_KG = 1e6;

/** What of a lot's metal is settled in others: in milligrams, and as a part of what was brought, by element. */
export type Elsewhere = ReadonlyMap<string, { readonly mg: number; readonly part: number }>;

/** What the settled lots had in it when it was made, each milligram as much as is paid for it now; nothing is paid twice. */
function found(seen: Seen, lot: string, among?: ReadonlySet<string>): Elsewhere {
  const sums = new Map<string, { mg: number; part: number }>();
  const made = madeOf(seen, lot);
  for (const [key, share] of made?.shares ?? []) {
    const [feed, element] = [feedOf(key), elementOf(key)];
    const paid = seen.paid.get(key);
    if (feed === lot || paid === undefined || (among && !among.has(feed))) continue;
    const mg = Math.ceil((share * paid) / (seen.measured.get(key) ?? 1) - 1e-6);
    const before = sums.get(element) ?? { mg: 0, part: 0 };
    const brought = Math.max(1, made?.elements.get(element) ?? 0);
    sums.set(element, { mg: before.mg + mg, part: before.part + Math.min(1, mg / brought) });
  }
  return sums;
}

const feedOf = (key: string): string => key.slice(0, key.lastIndexOf("|"));

const madeOf = (seen: Seen, lot: string) =>
  seen.steps.get(seen.lots.get(lot)?.made_by ?? "")?.outputs.find((output) => output.lot === lot);

/** Whether something was found since in a lot on the way from those that are settled, so that nothing need be worked out anew. */
function foundOnTheWay(seen: Seen, lot: string, settled: ReadonlySet<string>): boolean {
  const open = [lot];
  const looked = new Set([lot, ...settled]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const of = seen.lots.get(id);
    if (id !== lot && of && (of.raised.size > 0 || [...of.remeasured.values()].some((mg) => mg !== 0)))
      return true;
    for (const { lot: before } of seen.steps.get(of?.made_by ?? "")?.inputs ?? []) {
      if (looked.has(before)) continue;
      looked.add(before);
      open.push(before);
    }
  }
  return false;
}

/**
 * What is settled elsewhere of a lot as its statement may say it: worked out anew each time; as it was said before only where something
 * was found since in a lot on the way.
 */
export function settledElsewhere(seen: Seen, { lot, settled_before }: Body): readonly Elsewhere[] {
  const before = seen.elsewhere.get(lot);
  const among = before && new Set<string>((settled_before as Body[] | undefined)?.map((part) => part["lot"]));
  const now = before?.size === 0 ? before : found(seen, lot, among);
  must(
    (settled_before !== undefined) === (before ?? now).size > 0,
    "what is settled elsewhere is named in the statement",
    () => `${lot}: ${[...(before ?? now).keys()].join()}`,
  );
  return before && among && foundOnTheWay(seen, lot, among) ? [now, before] : [now];
}

/** What of a metal that is found is still to be settled, in kilograms. */
export function toSettle(elsewhere: Elsewhere, element: string, contained_kg: number): number {
  const { mg, part } = elsewhere.get(element) ?? { mg: 0, part: 0 };
  return Math.max(0, Math.min(contained_kg - mg / MG_PER_KG, contained_kg * (1 - part)));
}
