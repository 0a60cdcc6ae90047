import { must } from "../red.ts";
import type { Body } from "./read.ts";
import { elementOf, type Seen } from "./seen.ts";

const MG_PER_KG = 1e6;

/** What of a lot's metal is settled in others: in milligrams, and as a part of what was brought, by element. */
export type Elsewhere = ReadonlyMap<string, { readonly mg: number; readonly part: number }>;

/** What the settled lots had in it when it was made, each milligram as much as was paid for it; nothing is paid twice. */
function found(seen: Seen, lot: string): Elsewhere {
  const step = seen.steps.get(seen.lots.get(lot)?.made_by ?? "");
  const made = step?.outputs.find((output) => output.lot === lot);
  const sums = new Map<string, { mg: number; part: number }>();
  for (const [key, share] of made?.shares ?? []) {
    const [feed, element] = [key.slice(0, key.lastIndexOf("|")), elementOf(key)];
    const paid = seen.paid.get(key);
    if (feed === lot || paid === undefined) continue;
    const mg = Math.ceil(share * Math.max(1, paid / (seen.measured.get(key) ?? 1)) - 1e-6);
    const before = sums.get(element) ?? { mg: 0, part: 0 };
    const brought = Math.max(1, made?.elements.get(element) ?? 0);
    sums.set(element, { mg: before.mg + mg, part: before.part + Math.min(1, mg / brought) });
  }
  return sums;
}

/** Worked out once, with a lot's first statement, and not again. */
export function settledElsewhere(seen: Seen, { lot, settled_before }: Body): Elsewhere {
  const known = seen.elsewhere.get(lot) ?? found(seen, lot);
  seen.elsewhere.set(lot, known);
  must(
    (settled_before !== undefined) === known.size > 0,
    "what is settled elsewhere is named in the statement",
    () => `${lot}: ${[...known.keys()].join()}`,
  );
  return known;
}

/** What of a metal that is found is still to be settled, in kilograms. */
export function toSettle(elsewhere: Elsewhere, element: string, contained_kg: number): number {
  const { mg, part } = elsewhere.get(element) ?? { mg: 0, part: 0 };
  return Math.max(0, Math.min(contained_kg - mg / MG_PER_KG, contained_kg * (1 - part)));
}
