import { type Measured, mulDiv, scale } from "../quantity/index.ts";

export type LotId = string;

/** Element contents in milligrams. `below` marks a content that rests on a "less than" reading. */
export type ElementContents = Readonly<Record<string, Measured & { readonly below?: boolean }>>;

/** For each settled feed lot, how many whole milligrams of each element in this lot came from it. */
export type FeedShares = Readonly<Record<LotId, Readonly<Record<string, number>>>>;

export type LotState = "on_hand" | "in_transit" | "consumed" | "delivered" | "reversed";

/** One lot as the books hold it now. `mass_mg` and `elements_mg` are what is left after every draw. */
export interface Lot {
  readonly id: LotId;
  readonly kind: string;
  readonly owner: string;
  readonly place: string;
  readonly state: LotState;
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  readonly opened: { readonly at: string; readonly mass_mg: Measured; readonly elements_mg: ElementContents };
  readonly feeds_mg: FeedShares;
  readonly parents: readonly { readonly lot: LotId; readonly mass_mg: number }[];
  readonly children: readonly LotId[];
  /** The step that made it, or the consignment it was opened from. */
  readonly made_by: string;
  /** Consignments whose data-bearing devices it may hold (law 7). */
  readonly data_from: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
}

/** What a draw of whole milligrams takes out of a lot, and what it leaves; the two add up exactly. */
export interface Draw {
  readonly taken: Contents;
  readonly left: Contents;
}

export interface Contents {
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  readonly feeds_mg: FeedShares;
}

/** Draws `mass_mg` of a lot, its elements and feed shares in proportion; relative doubt is the same on both sides. */
export function draw(lot: Contents, mass_mg: number): Draw {
  const total = lot.mass_mg.best;
  const share = total === 0 ? 0 : mass_mg / total;
  const part = (whole: number) => (total === 0 ? 0 : mulDiv(whole, mass_mg, total, "halfEven"));
  const taken: Record<string, Measured & { below?: boolean }> = {};
  const left: Record<string, Measured & { below?: boolean }> = {};
  for (const [element, content] of Object.entries(lot.elements_mg)) {
    const mark = content.below ? { below: true } : {};
    const best = part(content.best);
    taken[element] = { best, moves: scale(share, content).moves, ...mark };
    left[element] = { best: content.best - best, moves: scale(1 - share, content).moves, ...mark };
  }
  const feedsTaken: Record<LotId, Record<string, number>> = {};
  const feedsLeft: Record<LotId, Record<string, number>> = {};
  for (const [feed, elements] of Object.entries(lot.feeds_mg)) {
    const out: Record<string, number> = {};
    const stay: Record<string, number> = {};
    for (const [element, mg] of Object.entries(elements)) {
      out[element] = total === 0 ? 0 : mulDiv(mg, mass_mg, total, "down");
      stay[element] = mg - (out[element] ?? 0);
    }
    feedsTaken[feed] = out;
    feedsLeft[feed] = stay;
  }
  return {
    taken: {
      mass_mg: { best: mass_mg, moves: scale(share, lot.mass_mg).moves },
      elements_mg: taken,
      feeds_mg: feedsTaken,
    },
    left: {
      mass_mg: { best: total - mass_mg, moves: scale(1 - share, lot.mass_mg).moves },
      elements_mg: left,
      feeds_mg: feedsLeft,
    },
  };
}
