import { type Measured, type Reconciled, reconcile } from "../quantity/index.ts";
import type { ElementContents } from "./lot.ts";

type Content = Measured & { readonly below?: boolean };

/** One element of a lot read once more: what was known, what was read, whether the two agree, and what the lot holds by both. */
export interface ContentRead {
  readonly element: string;
  readonly known?: Content;
  readonly reading: Content;
  readonly sigmas: number;
  readonly agrees: boolean;
  readonly held: Content;
}

/**
 * Contents of a lot assayed anew (L42). Each element is what its reading and the books say together, by what they do not share: the
 * scale, a laboratory's method, the sample. Beyond chance both stand, and the content is as doubtful as they show; neither is
 * dropped. What nobody followed before is what was read.
 */
export function assayAnew(
  known: ElementContents,
  readings: ElementContents,
  apartIn: (element: string) => string,
): ContentRead[] {
  return Object.entries(readings).map(([element, reading]) => {
    const before = known[element];
    if (!before) return { element, reading, sigmas: 0, agrees: true, held: whole(reading, reading.below) };
    // A milligram may be rounding, as in L17.
    const { value, sigmas, agrees }: Reconciled = reconcile(before, reading, {
      cause: apartIn(element),
      rounding: 1,
    });
    const below = before.below && reading.below;
    return { element, known: before, reading, sigmas, agrees, held: whole(value, below) };
  });
}

const whole = ({ best, moves }: Measured, below: boolean | undefined): Content => ({
  best: Math.max(0, Math.round(best)),
  moves,
  ...(below ? { below: true } : {}),
});
