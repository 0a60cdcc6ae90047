import type { SimulationInput } from "./schema.ts";

/** A simulation as the kernel needs it: every default filled in, every species in one order. */
export interface Simulation {
  readonly input: SimulationInput;
  readonly names: readonly string[];
  readonly affinities: readonly number[];
  readonly interstitial_m_per_s: number;
  readonly void_fraction: number;
  readonly pore_fraction: number;
  readonly dispersion_m2_per_s: number;
  /** Exchange between moving liquid and pores per bed volume, 3 (1 - void) k_f / R; without one, equilibrium. */
  readonly exchange_per_s: number | undefined;
  readonly film_coefficient_m_per_s: number | undefined;
  readonly transport_from: "given" | "correlations";
  readonly normality: number;
  readonly initial_liquid: readonly number[];
  readonly initial_solid: readonly number[];
  readonly inlet: readonly { readonly until_s: number; readonly c: readonly number[] }[];
  readonly end_s: number;
  readonly times_s: readonly number[];
  /** Cells of one thickness up to the outlet, for whoever asks a column again and again with loads that hardly differ. */
  readonly even_cells?: true;
}
