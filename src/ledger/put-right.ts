import type { LotRestated } from "./entries.ts";
import type { FeedShares, Lot, MeasuredFrom } from "./lot.ts";
import { rescaled, withinContent } from "./shares.ts";

type Amounts = Readonly<Record<string, { readonly best: number }>>;

type Measurable = Pick<Lot, "mass_mg" | "elements_mg" | "feeds_mg" | "raised" | "measured_from">;
type Start = Omit<MeasuredFrom, "left">;

const bests = (elements: Amounts): Amounts =>
  Object.fromEntries(Object.entries(elements).map(([element, { best }]) => [element, { best }]));

/** Whether every element, and every share, is to the milligram what it was. */
function isLeftSo({ mass_mg, elements_mg, feeds_mg }: Measurable, { left }: MeasuredFrom): boolean {
  const sameIn = (a: Amounts, b: Amounts) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
      (name) => (a[name]?.best ?? 0) === (b[name]?.best ?? 0),
    );
  const sharesIn = (feeds: FeedShares): Amounts =>
    Object.fromEntries(
      Object.entries(feeds).flatMap(([feed, elements]) =>
        Object.entries(elements).map(([element, best]) => [`${feed}|${element}`, { best }]),
      ),
    );
  return (
    mass_mg.best === left.mass_mg &&
    sameIn(elements_mg, left.elements_mg) &&
    sameIn(sharesIn(feeds_mg), sharesIn(left.feeds_mg))
  );
}

/** What new measurements of this matter started from: the lot as it stands, where anything was drawn of it or given back since. */
function startOf(lot: Measurable): Start {
  if (lot.measured_from && isLeftSo(lot, lot.measured_from)) {
    const { left: _, ...start } = lot.measured_from;
    return start;
  }
  return {
    elements_mg: bests(lot.elements_mg),
    feeds_mg: withinContent(lot.feeds_mg, lot.elements_mg),
    ...(lot.raised ? { raised: lot.raised } : {}),
  };
}

/**
 * The shares of a lot that is found to hold `after`: where that is less than new measurements started from they have fallen with it,
 * and never are they more than they were. A figure that is put right gives back what the wrong one took (L46).
 */
export function sharesFound(lot: Measurable, after: Amounts): FeedShares {
  const start = startOf(lot);
  return rescaled(start.feeds_mg, start.elements_mg, after);
}

/** What a restatement of the fifth rules leaves to be known of what it started from; nothing of a lot that no feed has a share in. */
export function measuredFrom(
  lot: Measurable,
  { rules, after }: Pick<LotRestated, "rules" | "after">,
): Pick<Lot, "measured_from"> {
  const { mass_mg, elements_mg, feeds_mg } = after;
  const start = startOf(lot);
  if (rules !== 5 || !feeds_mg || Object.keys(start.feeds_mg).length === 0) return {};
  const left = { mass_mg: mass_mg.best, elements_mg: bests(elements_mg), feeds_mg };
  return { measured_from: { ...start, left } };
}

/** What was marked of a lot before new measurements of this matter began: what they mark, the next one may take back (L38). */
export const marksBefore = (lot: Measurable, { rules }: Pick<LotRestated, "rules">): readonly string[] =>
  (rules === 5 ? startOf(lot) : lot).raised ?? [];
