import { done, refuse } from "../../quantity/index.ts";
import type { SimulationInput } from "./schema.ts";
import { inOrder } from "./species.ts";

/** What the liquid holds at the start and in every step of the inlet, in the order of the species. */
export function readConcentrations(input: SimulationInput, names: readonly string[]) {
  const initial = inOrder(names, input.initial_mol_per_m3, "initial_mol_per_m3");
  if (!initial.ok) return initial;
  const inlet: { until_s: number; c: number[] }[] = [];
  for (const [i, step] of input.inlet.entries()) {
    const c = inOrder(names, step.mol_per_m3, `inlet[${i}].mol_per_m3`);
    if (!c.ok) return c;
    const before = input.inlet[i - 1]?.until_s ?? 0;
    if (step.until_s <= before)
      return refuse(
        "input_malformed",
        `inlet[${i}].until_s`,
        "the steps of the inlet end one after the other",
      );
    inlet.push({ until_s: step.until_s, c: c.value });
  }
  return done({ initial_liquid: initial.value, inlet });
}
