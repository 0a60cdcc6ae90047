import { inKg, type Refusal, refuse } from "../quantity/index.ts";
import { drawTaken, type MatterMoved, OF_THE_MATTER, preservesMatter } from "./carry.ts";
import { lostByWeighing } from "./lost.ts";
import type { Lot, LotId } from "./lot.ts";
import { freeOf, type Takings } from "./taking.ts";

/**
 * Chemistry, blending or a change of kind on matter that a passport describes or an order waits for, or a loss of it: where a lot is
 * only divided, its parts hold all that was taken of what was drawn, up to what weighing loses (L36).
 */
export function changesTakenMatter(
  lots: ReadonlyMap<LotId, Lot>,
  takings: ReadonlyMap<LotId, Takings>,
  step: MatterMoved,
): { readonly ok: false; readonly refusal: Refusal<"already_promised"> } | undefined {
  const before = step.inputs.map(({ lot }) => lots.get(lot));
  const made_mg = preservesMatter(step, before)
    ? step.outputs.reduce(
        (sum, { mass_mg }) => sum + mass_mg.best,
        lostByWeighing({ inputs: step.inputs, outputs: step.outputs }),
      )
    : 0;
  for (const [i, input] of step.inputs.entries()) {
    const lot = before[i];
    const taken = takings.get(input.lot);
    if (!lot || !taken) continue;
    for (const taking of OF_THE_MATTER) {
      const drawn = { held_mg: lot.mass_mg.best, mass_mg: input.mass_mg.best };
      const along = Object.values(drawTaken(taken[taking], drawn).along);
      const along_mg = along.reduce((sum, mg) => sum + mg, 0);
      if (along_mg <= made_mg) continue;
      const free_mg = freeOf(lot, taken, taking);
      const by = Object.keys(taken[taking]).join(", ");
      const why = taking === "claimed" ? `passport ${by} describes it` : `it is promised to ${by}`;
      return refuse(
        "already_promised",
        `inputs[${i}]`,
        `${input.lot}: ${why}; ${inKg(free_mg)} of it may be changed or lost. Revoke the passport or release the promise first (certify revoke, orders release); a step that only divides the lot, into parts of its own kind and product that hold all of it, needs neither`,
        { free_mg },
      );
    }
  }
  return undefined;
}
