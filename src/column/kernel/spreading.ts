import type { Simulation } from "../input/simulation.ts";

/** Traces below this part of the normality decide nothing. */
const trace_fraction = 1e-6;

/**
 * Whether some inlet lets in an ion that is kept less than one it meets: an eluent, a gradient, a wash, a regeneration. What
 * follows then spreads as it moves and keeps what it suffered anywhere in the bed; a train that is only displaced sharpens
 * itself and forgets it.
 */
export function spreads(simulation: Simulation): boolean {
  const { initial_liquid, initial_solid, inlet, affinities, normality, input } = simulation;
  const within = (amounts: readonly number[], full = normality): number[] =>
    affinities.filter((_, i) => amounts[i]! > trace_fraction * full);
  let strongest = Math.max(
    0,
    ...within(initial_liquid),
    ...within(initial_solid, input.bed.capacity_mol_per_m3_bed),
  );
  for (const { c } of inlet) {
    const ions = within(c);
    if (ions.some((affinity) => affinity < strongest)) return true;
    strongest = Math.max(strongest, ...ions);
  }
  return false;
}
