import { type Measured, mulDiv, scale } from "../quantity/index.ts";
import type { Contents, FeedShares } from "./lot.ts";
import { drawShares, type SharesDrawn, withinContent } from "./shares.ts";

/**
 * The rules by which an entry was decided; entries that state none keep folding as they did. By the second, feed shares never
 * exceed the content they are shares of, to the milligram, on both sides of a draw and after a restatement. By the third, of a
 * step, what was returned stays returned through it; by the fourth, with the metal that it was returned for.
 */
export type LedgerRules = 2 | 3 | 4;

/** What a draw of whole milligrams takes out of a lot, and what it leaves; the two add up exactly. */
export interface Draw {
  readonly taken: Contents;
  readonly left: Contents;
}

/** Draws `mass_mg` of a lot, its elements and feed shares in proportion; relative doubt is the same on both sides. */
export function draw(lot: Contents, mass_mg: number, rules?: LedgerRules): Draw {
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
  const shares =
    rules !== undefined
      ? drawShares(withinContent(lot.feeds_mg, lot.elements_mg), { taken, left, mass_mg, total_mg: total })
      : drawLoosely(lot.feeds_mg, mass_mg, total);
  return {
    taken: {
      mass_mg: { best: mass_mg, moves: scale(share, lot.mass_mg).moves },
      elements_mg: taken,
      feeds_mg: shares.taken,
    },
    left: {
      mass_mg: { best: total - mass_mg, moves: scale(1 - share, lot.mass_mg).moves },
      elements_mg: left,
      feeds_mg: shares.left,
    },
  };
}

/** The first rules: what is left of a share may exceed what is left of the content by the rounding of a draw. */
function drawLoosely(feeds_mg: FeedShares, mass_mg: number, total_mg: number): SharesDrawn {
  const taken: Record<string, Record<string, number>> = {};
  const left: Record<string, Record<string, number>> = {};
  for (const [feed, elements] of Object.entries(feeds_mg)) {
    const out: Record<string, number> = {};
    const stay: Record<string, number> = {};
    for (const [element, mg] of Object.entries(elements)) {
      out[element] = total_mg === 0 ? 0 : mulDiv(mg, mass_mg, total_mg, "down");
      stay[element] = mg - (out[element] ?? 0);
    }
    taken[feed] = out;
    left[feed] = stay;
  }
  return { taken, left };
}
