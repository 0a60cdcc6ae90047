import { combine, type Measured, mulDiv } from "../quantity/index.ts";
import type { Contents, ElementContents } from "./lot.ts";

type Held = Pick<Contents, "mass_mg" | "elements_mg">;

/**
 * What a part holds that has the composition of the whole: content times part over whole, in whole milligrams. Its doubt is that of all
 * three to the first order (JCGM 100:2008, 5.1.6 and 5.2): what the content owes to the mass of the whole is taken out again.
 */
export function inProportion(content: Measured, whole: Measured, part: Measured): Measured {
  if (whole.best === 0) return { best: 0, moves: {} };
  const share = part.best / whole.best;
  const { moves } = combine([
    [share, content],
    [content.best / whole.best, part],
    [(-content.best * share) / whole.best, whole],
  ]);
  return { best: mulDiv(content.best, part.best, whole.best, "halfEven"), moves };
}

/** What is left of a content when such a part of it is gone: to the last digit the content less `inProportion`, in one pass. */
export function leftInProportion(content: Measured, whole: Measured, part: Measured): Measured {
  if (whole.best === 0) return content;
  const share = part.best / whole.best;
  const [ofPart, ofWhole] = [content.best / whole.best, (-content.best * share) / whole.best];
  const left: Record<string, number> = Object.create(null);
  for (const cause in content.moves) {
    const move = content.moves[cause] ?? 0;
    const stays = move - share * move;
    if (stays !== 0) left[cause] = stays;
  }
  // Few of the causes are of the masses: those are worked out once more.
  for (const cause in { ...part.moves, ...whole.moves }) {
    const move = content.moves[cause] ?? 0;
    const taken = share * move + ofPart * (part.moves[cause] ?? 0) + ofWhole * (whole.moves[cause] ?? 0);
    if (move === taken) delete left[cause];
    else left[cause] = move - taken;
  }
  const gone = mulDiv(content.best, part.best, whole.best, "halfEven");
  return { best: content.best - gone, moves: Object.setPrototypeOf(left, Object.prototype) };
}

/** The elements of a part with the composition of the whole. */
export const elementsInProportion = (of: Held, part: Measured): ElementContents =>
  Object.fromEntries(
    Object.entries(of.elements_mg).map(([element, content]) => [
      element,
      { ...inProportion(content, of.mass_mg, part), ...(content.below ? { below: true } : {}) },
    ]),
  );
