import { mulDiv } from "../quantity/index.ts";
import type { ElementContents, FeedShares } from "./lot.ts";

export interface SharesDrawn {
  readonly taken: FeedShares;
  readonly left: FeedShares;
}

type Amounts = Readonly<Record<string, { readonly best: number }>>;

const bestOf = (amounts: Amounts, element: string): number =>
  Object.hasOwn(amounts, element) ? Math.max(0, amounts[element]?.best ?? 0) : 0;

/** How much of each element the feeds have in a lot, together. */
export function sharedOf(feeds: FeedShares): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const elements of Object.values(feeds))
    for (const [element, mg] of Object.entries(elements)) total.set(element, (total.get(element) ?? 0) + mg);
  return total;
}

const mapped = (
  feeds: FeedShares,
  change: (mg: number, element: string, feed: string) => number,
): FeedShares =>
  Object.fromEntries(
    Object.entries(feeds).map(([feed, elements]) => [
      feed,
      Object.fromEntries(
        Object.entries(elements).map(([element, mg]) => [element, change(mg, element, feed)]),
      ),
    ]),
  );

/** Shares cut down, each in proportion, to what there is of each element (law 4); they stay as they are where they fit. */
export function withinContent(feeds: FeedShares, elements: ElementContents | Amounts): FeedShares {
  const total = sharedOf(feeds);
  return mapped(feeds, (mg, element) => {
    const [shared, there] = [total.get(element) ?? 0, bestOf(elements, element)];
    return shared <= there ? mg : mulDiv(mg, there, shared, "down");
  });
}

/**
 * Shares after a new measurement of the lot that holds them: where an element falls they fall with it, where it rises they stay.
 * What the feeds did not give is nobody's share.
 */
export function rescaled(feeds: FeedShares, before: Amounts, after: Amounts): FeedShares {
  const fitting = withinContent(feeds, before);
  return mapped(fitting, (mg, element) => {
    const [was, is] = [bestOf(before, element), bestOf(after, element)];
    return is >= was ? mg : mulDiv(mg, is, was, "down");
  });
}

/**
 * Splits shares as a draw of `mass_mg` of `total_mg` splits the content: rounded down on the side that leaves, and where what
 * stays would then exceed the content that stays, the last milligrams go along.
 */
export function drawShares(
  feeds: FeedShares,
  by: {
    readonly taken: Amounts;
    readonly left: Amounts;
    readonly mass_mg: number;
    readonly total_mg: number;
  },
): SharesDrawn {
  const floor = (mg: number) => (by.total_mg === 0 ? 0 : mulDiv(mg, by.mass_mg, by.total_mg, "down"));
  const tooMuch = new Map<string, number>();
  const total = sharedOf(feeds);
  const gone = sharedOf(mapped(feeds, floor));
  for (const [element, mg] of total)
    tooMuch.set(element, Math.max(0, mg - (gone.get(element) ?? 0) - bestOf(by.left, element)));
  const taken = mapped(feeds, (mg, element) => {
    const least = floor(mg);
    const along = Math.min(mg - least, tooMuch.get(element) ?? 0);
    tooMuch.set(element, (tooMuch.get(element) ?? 0) - along);
    return least + along;
  });
  return { taken, left: mapped(feeds, (mg, element, feed) => mg - (taken[feed]?.[element] ?? 0)) };
}
