import { spread } from "../quantity/index.ts";
import type { FeedRecord } from "./apply.ts";
import type { FeedAgreed, FeedMeasured } from "./entries.ts";
import type { ElementContents } from "./lot.ts";

type Ceilings = FeedMeasured["elements_mg"];

/** Of each element what was measured, or what is agreed where that is less. */
export const lesserOf = (measured: Ceilings, agreed: Ceilings): Ceilings =>
  Object.fromEntries(
    Object.entries(measured).map(([element, most]) => {
      const now = agreed[element];
      return [element, now && now.best < most.best ? now : most];
    }),
  );

/** What is agreed of a feed now, where claims on it end elsewhere by it than they do; nothing where they do not. */
export function lessAgreed(
  feed: FeedRecord | undefined,
  {
    elements_mg,
    ...given
  }: Omit<FeedAgreed, "feed" | "elements_mg"> & { readonly elements_mg: ElementContents },
): FeedAgreed | undefined {
  if (!feed) return undefined;
  const agreed = Object.fromEntries(
    Object.entries(elements_mg)
      .filter(([element]) => feed.measured_mg[element])
      .map(([element, content]) => [element, { best: content.best, sd: spread(content) }]),
  );
  const ends = lesserOf(feed.declared_mg ?? feed.measured_mg, agreed);
  const same = Object.entries(ends).every(([element, { best }]) => best === feed.measured_mg[element]?.best);
  return same ? undefined : { feed: feed.feed, ...given, elements_mg: agreed };
}
