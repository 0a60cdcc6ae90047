import { alsoMoved, combineReadings, type Measured, spread } from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";
import type { Contents } from "./lot.ts";
import { elementsInProportion } from "./proportion.ts";

type Held = Pick<Contents, "mass_mg" | "elements_mg">;

/** A lot's mass read once more, against what the books say of it. */
export interface WeighedAnew {
  /** The reading less the books; what both weighings share has gone from its doubt. */
  readonly off_mg: Measured;
  readonly agrees: boolean;
  readonly held: Held;
}

/**
 * Weighs a lot anew (L41). Where the reading agrees with the books within chance, the two are combined by what they do not share, and
 * what errs with the mass moves with it; contents that were not worked out from it stay. Where it does not, matter has gone or come:
 * the lot holds what was read, in the composition the books had.
 */
export function weighAnew(lot: Held, reading: Measured): WeighedAnew {
  const { value, off } = combineReadings(lot.mass_mg, reading);
  // A milligram may be rounding, as in L17.
  const agrees = Math.abs(off.best) <= CLOSURE_K * spread(off) + 1;
  if (!agrees)
    return {
      off_mg: off,
      agrees,
      held: { mass_mg: reading, elements_mg: elementsInProportion(lot, reading) },
    };
  const elements_mg = Object.fromEntries(
    Object.entries(lot.elements_mg).map(([element, content]) => {
      const { best, moves } = alsoMoved(content, lot.mass_mg, reading);
      return [element, { ...content, best: Math.max(0, Math.round(best)), moves }];
    }),
  );
  return { off_mg: off, agrees, held: { mass_mg: { ...value, best: Math.round(value.best) }, elements_mg } };
}
