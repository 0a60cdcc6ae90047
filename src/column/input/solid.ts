import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { SimulationInput } from "./schema.ts";
import { inOrder } from "./species.ts";

/** The solid at the start, mol per m3 of bed: as given, in equilibrium with the liquid, or all presaturant where the liquid is empty. */
export function readSolid(
  input: SimulationInput,
  given: { names: readonly string[]; affinities: readonly number[]; initial_liquid: readonly number[] },
): Result<number[], ColumnRefusal> {
  const { names, affinities, initial_liquid } = given;
  const capacity = input.bed.capacity_mol_per_m3_bed;
  const stated = input.initial_solid_mol_per_m3_bed;
  if (stated) {
    const solid = inOrder(names, stated, "initial_solid_mol_per_m3_bed");
    if (!solid.ok) return solid;
    const total = solid.value.reduce((a, b) => a + b, 0);
    if (Math.abs(total - capacity) > 1e-6 * capacity) {
      return refuse(
        "solid_not_full",
        "initial_solid_mol_per_m3_bed",
        `the solid holds ${total}, its capacity is ${capacity}: exchange is charge for charge`,
      );
    }
    return solid;
  }
  const weight = initial_liquid.reduce((sum, c, i) => sum + c * (affinities[i] ?? 0), 0);
  if (weight > 0) return done(initial_liquid.map((c, i) => (capacity * c * (affinities[i] ?? 0)) / weight));
  const presaturant = input.species.findIndex((s) => s.role === "presaturant");
  if (presaturant < 0)
    return refuse(
      "species_unknown",
      "species",
      "the liquid is empty at the start, and no species is the presaturant",
    );
  return done(names.map((_, i) => (i === presaturant ? capacity : 0)));
}
