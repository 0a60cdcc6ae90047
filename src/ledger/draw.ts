import { type Measured, mulDiv, readingOf, scale, spread, subtract } from "../quantity/index.ts";
import type { Contents, ElementContents, FeedShares } from "./lot.ts";
import { lumpedHeld } from "./lumped.ts";
import { elementsInProportion, leftInProportion } from "./proportion.ts";
import { drawShares, type SharesDrawn, withinContent } from "./shares.ts";

/**
 * The rules by which an entry was decided; entries that state none keep folding as they did. By the second, feed shares never
 * exceed the content they are shares of, to the milligram, on both sides of a draw and after a restatement. By the third, of a
 * step, what was returned stays returned through it. By the fourth, what is taken has the doubt of its own weighing, and what is
 * left is the lot less that; and of a step, what was returned goes with the metal that it was returned for.
 */
export type LedgerRules = 2 | 3 | 4;

/** What a draw of whole milligrams takes out of a lot, and what it leaves; the two add up exactly. */
export interface Draw {
  readonly taken: Contents;
  readonly left: Contents;
}

/**
 * Draws what was weighed (or is otherwise known) to be taken of a lot, its elements and feed shares in proportion. What is left errs
 * as the lot and as what was taken: a lot of which much was drawn is known by difference (the fourth rules).
 */
export function drawWeighed(lot: Contents, mass_mg: Measured): Draw {
  const [taken_mg, total_mg] = [mass_mg.best, lot.mass_mg.best];
  if (taken_mg === total_mg) return draw(lot, total_mg, 2);
  const taken = elementsInProportion(lot, mass_mg);
  const left = elementsLeft(lot, mass_mg);
  const shares = drawShares(withinContent(lot.feeds_mg, lot.elements_mg), {
    ...{ taken, left, mass_mg: taken_mg, total_mg },
  });
  return {
    taken: { mass_mg, elements_mg: taken, feeds_mg: shares.taken },
    left: { mass_mg: subtract(lot.mass_mg, mass_mg), elements_mg: left, feeds_mg: shares.left },
  };
}

const elementsLeft = (lot: Contents, mass_mg: Measured): ElementContents =>
  Object.fromEntries(
    Object.entries(lot.elements_mg).map(([element, content]) => [
      element,
      { ...content, ...leftInProportion(content, lot.mass_mg, mass_mg) },
    ]),
  );

/** What is left of a lot of which something was weighed away, without working out the doubt of what was taken. */
function leftWeighed(lot: Contents, mass_mg: Measured): Contents {
  const [taken_mg, total_mg] = [mass_mg.best, lot.mass_mg.best];
  const left = elementsLeft(lot, mass_mg);
  const gone = ([element, { best }]: [string, Measured]) =>
    [element, { best: best - (left[element]?.best ?? 0), moves: {} }] as const;
  const taken = Object.fromEntries(Object.entries(lot.elements_mg).map(gone));
  const shares = drawShares(withinContent(lot.feeds_mg, lot.elements_mg), {
    ...{ taken, left, mass_mg: taken_mg, total_mg },
  });
  return { mass_mg: subtract(lot.mass_mg, mass_mg), elements_mg: left, feeds_mg: shares.left };
}

/**
 * What an entry leaves of a lot it drew on, by its rules. `entry` names the entry and the lot: small causes of what is left are lumped
 * under it, or a lot that is drawn on a hundred times would carry a hundred readings.
 */
export function leftBy(
  rules: LedgerRules | undefined,
  drawn: { readonly lot: Contents; readonly mass_mg: Measured; readonly entry: string },
): Contents {
  const { lot, mass_mg, entry } = drawn;
  if (rules !== undefined && mass_mg.best === lot.mass_mg.best) return emptied(lot);
  if (rules !== 4) return draw(lot, mass_mg.best, rules).left;
  const left = leftWeighed(lot, mass_mg);
  return { ...left, ...lumpedHeld(left, entry) };
}

/** What a draw of everything leaves: by all rules but the first nothing, whatever moved it. */
function emptied({ elements_mg, feeds_mg }: Contents): Contents {
  const none = Object.entries(elements_mg).map(
    ([element, { below }]) => [element, { best: 0, moves: {}, ...(below ? { below } : {}) }] as const,
  );
  const shares = Object.entries(feeds_mg).map(
    ([feed, of]) => [feed, Object.fromEntries(Object.keys(of).map((element) => [element, 0]))] as const,
  );
  return {
    mass_mg: { best: 0, moves: {} },
    elements_mg: Object.fromEntries(none),
    feeds_mg: Object.fromEntries(shares),
  };
}

/**
 * A part taken that nobody weighed by itself: it errs by itself, as much as its share of the lot does, or by `most_mg` where less was
 * possible.
 */
export function takenUnweighed(
  lot: Contents,
  taken: { readonly mass_mg: number; readonly own: string; readonly most_mg?: number },
): Measured {
  const { mass_mg, own, most_mg = Number.POSITIVE_INFINITY } = taken;
  if (mass_mg === lot.mass_mg.best) return lot.mass_mg;
  const sd = Math.min((mass_mg / lot.mass_mg.best) * spread(lot.mass_mg), most_mg);
  return readingOf(mass_mg, { random: sd, shared: 0 }, { own, shared: "" });
}

/** What a delivery takes of a lot, which nobody weighs by itself, and what it leaves. */
export function drawDelivered(
  lot: Contents,
  of: {
    readonly lot: string;
    readonly mass_mg: number;
    readonly shipment: string;
    readonly rules?: LedgerRules;
  },
): Draw {
  const entry = `${of.shipment}/${of.lot}`;
  if (of.rules !== 4) return draw(lot, of.mass_mg, of.rules);
  const mass_mg = takenUnweighed(lot, { mass_mg: of.mass_mg, own: entry });
  return { taken: drawWeighed(lot, mass_mg).taken, left: leftBy(4, { lot, mass_mg, entry }) };
}

/** The first three rules: relative doubt is the same on both sides. */
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
