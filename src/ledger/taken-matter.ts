import { inKg, type Refusal, refuse } from "../quantity/index.ts";
import { type MatterMoved, OF_THE_MATTER, preservesMatter } from "./carry.ts";
import type { Lot, LotId } from "./lot.ts";
import { freeOf, type Takings } from "./taking.ts";

/** Chemistry, blending or a change of kind on matter that a passport describes or an order waits for (L36). */
export function changesTakenMatter(
  lots: ReadonlyMap<LotId, Lot>,
  takings: ReadonlyMap<LotId, Takings>,
  step: MatterMoved,
): { readonly ok: false; readonly refusal: Refusal<"already_promised"> } | undefined {
  const before = step.inputs.map(({ lot }) => lots.get(lot));
  if (preservesMatter(step, before)) return undefined;
  for (const [i, input] of step.inputs.entries()) {
    const lot = before[i];
    const taken = takings.get(input.lot);
    if (!lot || !taken) continue;
    for (const taking of OF_THE_MATTER) {
      const free_mg = freeOf(lot, taken, taking);
      if (input.mass_mg.best <= free_mg) continue;
      const by = Object.keys(taken[taking]).join(", ");
      const why = taking === "claimed" ? `passport ${by} describes it` : `it is promised to ${by}`;
      return refuse(
        "already_promised",
        `inputs[${i}]`,
        `${input.lot}: ${why}; ${inKg(free_mg)} of it may be changed. Revoke the passport or release the promise first (certify revoke, orders release); a step that only divides the lot, into parts of its own kind and product, needs neither`,
        { free_mg },
      );
    }
  }
  return undefined;
}
