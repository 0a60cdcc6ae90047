import { combine, type Measured, spread } from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";

/** A doubt wide enough to hide a drum hides no drum: what nobody lost by weighing is at most a hundredth. Our estimate, evidence C. */
const MOST_BY_WEIGHING = 0.01;

interface Moved {
  readonly inputs: readonly { readonly mass_mg: Measured }[];
  readonly additions?: readonly { readonly mass_mg: Measured }[];
  readonly outputs: readonly { readonly mass_mg: Measured }[];
}

/** What a step takes and does not make: it leaves by a loss or stands nowhere. With the doubt of all that was weighed of it. */
export function notMade({ inputs, additions = [], outputs }: Moved): Measured {
  const signed = (sign: 1 | -1, parts: Moved["inputs"]) => parts.map((part) => [sign, part.mass_mg] as const);
  return combine([...signed(1, inputs), ...signed(1, additions), ...signed(-1, outputs)]);
}

/** By how much weighing alone can make matter seem lost, of what was drawn: three times its doubt, and a milligram a part. */
export function lostByWeighing(moved: Moved): number {
  const drawn_mg = moved.inputs.reduce((total, { mass_mg }) => total + mass_mg.best, 0);
  const most = Math.min(CLOSURE_K * spread(notMade(moved)), MOST_BY_WEIGHING * drawn_mg);
  return most + moved.inputs.length + moved.outputs.length;
}
