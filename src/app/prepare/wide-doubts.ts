import type { Lot, StepCommand } from "../../ledger/index.ts";
import { inKg, type Refusal, refuse, wholeDoubt } from "../../quantity/index.ts";

/** What is weighed where a lot is divided is known to a tenth of itself, or it was not weighed. Our estimate, evidence C. */
const WIDEST = 0.1;

/**
 * A stated doubt wide enough to hide what is missing closes any step (R3): of a draw it is at most the draw, and of what a step divides
 * one lot into (the same kind comes out, nothing is put in) at most a tenth of its mass.
 */
export function doubtTooWide(
  { inputs, additions, outputs }: StepCommand,
  lots: ReadonlyMap<string, Lot>,
): { readonly ok: false; readonly refusal: Refusal<"doubt_too_wide"> } | undefined {
  const [input, ...others] = inputs;
  const kind = input && lots.get(input.lot)?.kind;
  const divides = others.length + additions.length === 0 && outputs.every((output) => output.kind === kind);
  const limits = [
    ...inputs.map((draw, i) => ({ ...draw, at: `inputs[${i}].sd`, part: 1 })),
    ...(divides ? outputs : []).map((output, i) => ({ ...output, at: `outputs[${i}].sd`, part: WIDEST })),
  ];
  for (const { doubt_mg, mass_mg, at, part } of limits) {
    if (doubt_mg === undefined || mass_mg === undefined || mass_mg <= 0) continue;
    const [sd, most] = [wholeDoubt(doubt_mg), part * mass_mg];
    if (sd > most)
      return refuse(
        "doubt_too_wide",
        at,
        `${inKg(sd)} is the doubt of ${inKg(mass_mg)}: at most ${inKg(most)} is accepted. Weigh it anew`,
        { sd_mg: Math.round(sd), most_mg: Math.round(most) },
      );
  }
  return undefined;
}
