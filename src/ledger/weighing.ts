import { type Measured, type ReadingDoubt, readingOf } from "../quantity/index.ts";

/** A weighing: whole milligrams, their doubt in its two parts, and the instrument in its calibration period, whose bias it shares. */
export interface Weighing {
  readonly mass_mg: number;
  readonly doubt_mg: ReadingDoubt;
  readonly scale: string;
}

/** A weighing as a measured value; `own` names it among all readings of the books. */
export const weighed = ({ mass_mg, doubt_mg, scale }: Weighing, own: string): Measured =>
  readingOf(mass_mg, doubt_mg, { own, shared: scale });
