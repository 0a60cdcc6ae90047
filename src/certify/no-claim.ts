import type { ElementContents } from "../ledger/index.ts";
import { spread } from "../quantity/index.ts";
import type { Claims } from "./passport.ts";

/** An element that a passport claims nothing of, or nothing of on one feed, and why. */
export interface NoClaim {
  readonly element: string;
  readonly feed?: string;
  readonly why: string;
}

/** Beyond a third of a content zero is within three standard uncertainties: there may be none of it. */
const DOUBT_MOST = 1 / 3;

/** Why a content carries no claim; nothing where it is certain enough to carry one. */
export const doubtfulBecause = (where: string, best: number, sd: number): string | undefined =>
  doubtful(best, sd) ? because(where, best, sd) : undefined;

const doubtful = (best: number, sd: number): boolean => sd > DOUBT_MOST * Math.max(0, best);
const because = (where: string, best: number, sd: number): string =>
  `${where} holds ${Math.round(best)} ± ${Math.round(sd)} mg of it: a standard uncertainty of more than a third`;

/** Elements of a product that carry no claim (C45): what the lot holds of them, or what was measured in a feed, is too doubtful. */
export function withoutClaim(asked: {
  readonly lot: { readonly id: string; readonly elements_mg: ElementContents };
  readonly elements: readonly string[];
  readonly shares_mg: Claims;
  readonly feeds: ReadonlyMap<
    string,
    { readonly measured: Readonly<Record<string, { readonly best: number; readonly sd: number }>> }
  >;
}): NoClaim[] {
  const { lot, elements, shares_mg, feeds } = asked;
  return elements.flatMap((element): NoClaim[] => {
    const sharing = Object.keys(shares_mg).filter((feed) => (shares_mg[feed]?.[element] ?? 0) > 0);
    const held = lot.elements_mg[element];
    if (sharing.length === 0 || !held) return [];
    const sd = spread(held);
    if (doubtful(held.best, sd)) return [{ element, why: because(lot.id, held.best, sd) }];
    return sharing.flatMap((feed) => {
      const measured = feeds.get(feed)?.measured[element];
      return measured && doubtful(measured.best, measured.sd)
        ? [{ element, feed, why: because(feed, measured.best, measured.sd) }]
        : [];
    });
  });
}

export const carriesNone = (none: readonly NoClaim[], feed: string, element: string): boolean =>
  none.some((one) => one.element === element && (one.feed ?? feed) === feed);
