import type { Simulation } from "../input/simulation.ts";

/** Traces below this part of the normality decide nothing. */
const trace_fraction = 1e-6;

/**
 * Whether some inlet lets in an ion that is kept less than one it meets: an eluent, a gradient, a wash, a regeneration. What
 * follows then spreads as it moves and keeps what it suffered anywhere in the bed; a train that is only displaced sharpens
 * itself and forgets it.
 */
export function spreads({ initial_liquid, inlet, affinities, normality }: Simulation): boolean {
  const within = (liquid: readonly number[]): number[] =>
    affinities.filter((_, i) => liquid[i]! > trace_fraction * normality);
  let strongest = Math.max(0, ...within(initial_liquid));
  for (const { c } of inlet) {
    const ions = within(c);
    if (ions.some((affinity) => affinity < strongest)) return true;
    strongest = Math.max(strongest, ...ions);
  }
  return false;
}
