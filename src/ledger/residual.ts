import { combine, type Measured } from "../quantity/index.ts";
import type { StepRecorded } from "./step.ts";

type Sides = Pick<StepRecorded, "inputs" | "additions" | "outputs" | "losses">;

/** What went in and did not come out of a step. */
export interface Residual {
  readonly mass_mg: Measured;
  readonly elements_mg: Readonly<Record<string, Measured>>;
}

const NOTHING: Measured = { best: 0, moves: {} };

/**
 * What a step left open, with its doubt by cause. Of the mass it is worked out from the parts in the entry; of an element it is as the
 * closure states it, which knew the small causes before they were lumped. Entries from before that was stated are worked out: a cause
 * that was lumped counts in full, so that the doubt is never too small for that.
 */
export function residualOf(step: Sides & { readonly closure?: StepRecorded["closure"] }): Residual {
  const sides = [
    ...[...step.inputs, ...step.additions].map((part) => [1, part] as const),
    ...[...step.outputs, ...step.losses].map((part) => [-1, part] as const),
  ];
  const stated = step.closure?.elements ?? {};
  const all = Object.values(stated);
  const names =
    all.length > 0 && all.every(({ moves_mg }) => moves_mg)
      ? Object.keys(stated)
      : [...new Set(sides.flatMap(([, part]) => Object.keys(part.elements_mg)))];
  const open = (element: string): Measured => {
    const known = stated[element];
    if (known?.moves_mg) return { best: known.residual_mg, moves: known.moves_mg };
    return combine(sides.map(([sign, part]) => [sign, part.elements_mg[element] ?? NOTHING] as const));
  };
  return {
    mass_mg: combine(sides.map(([sign, part]) => [sign, part.mass_mg] as const)),
    elements_mg: Object.fromEntries(names.sort().map((name) => [name, open(name)])),
  };
}
