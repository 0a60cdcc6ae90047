import { type Measured, sum } from "../quantity/index.ts";
import type { ElementContents, FeedShares, LotId } from "./lot.ts";

/** Adds up element contents; a sum rests on a "less than" reading only if every term does. */
export function sumElements(all: readonly ElementContents[]): ElementContents {
  const terms = new Map<string, (Measured & { below?: boolean })[]>();
  for (const contents of all) {
    for (const [element, content] of Object.entries(contents)) {
      terms.set(element, [...(terms.get(element) ?? []), content]);
    }
  }
  return Object.fromEntries(
    [...terms].map(([element, list]) => [
      element,
      { ...sum(list), ...(list.every((c) => c.below) ? { below: true } : {}) },
    ]),
  );
}

export function sumFeeds(all: readonly FeedShares[]): FeedShares {
  const total: Record<LotId, Record<string, number>> = {};
  for (const feeds of all) {
    for (const [feed, elements] of Object.entries(feeds)) {
      const into = total[feed] ?? {};
      total[feed] = into;
      for (const [element, mg] of Object.entries(elements)) into[element] = (into[element] ?? 0) + mg;
    }
  }
  return total;
}
