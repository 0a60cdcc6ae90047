import { done, type Result, refuse } from "../../quantity/index.ts";
import { chungWen_m2_per_s, filmCoefficient_m_per_s } from "../correlations.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { SimulationInput } from "./schema.ts";
import type { Simulation } from "./simulation.ts";

type Transport = Pick<
  Simulation,
  | "interstitial_m_per_s"
  | "void_fraction"
  | "pore_fraction"
  | "dispersion_m2_per_s"
  | "exchange_per_s"
  | "film_coefficient_m_per_s"
  | "transport_from"
>;

/** Velocity, dispersion and exchange: as given, or by correlation. */
export function readTransport(input: SimulationInput): Result<Transport, ColumnRefusal> {
  const { bed, model } = input;
  const us = input.flow.superficial_velocity_m_per_s;
  const missing = (field: string) =>
    refuse("transport_not_computable", field, `${field} is needed for the ${model} model`);
  if (model === "equilibrium") {
    if (bed.total_porosity === undefined) return missing("bed.total_porosity");
    const u = us / bed.total_porosity;
    const D = input.transport?.axial_dispersion_m2_per_s ?? dispersionOf(input, bed.total_porosity);
    if (typeof D === "string") return missing(D);
    return done({
      interstitial_m_per_s: u,
      void_fraction: bed.total_porosity,
      pore_fraction: 0,
      dispersion_m2_per_s: D,
      exchange_per_s: undefined,
      film_coefficient_m_per_s: undefined,
      transport_from: input.transport ? "given" : "correlations",
    });
  }
  const { void_fraction, particle_porosity, particle_radius_m } = bed;
  if (void_fraction === undefined) return missing("bed.void_fraction");
  if (particle_porosity === undefined) return missing("bed.particle_porosity");
  if (particle_radius_m === undefined) return missing("bed.particle_radius_m");
  const u = us / void_fraction;
  const D = input.transport?.axial_dispersion_m2_per_s ?? dispersionOf(input, void_fraction);
  if (typeof D === "string") return missing(D);
  const film =
    input.transport?.film_coefficient_m_per_s ??
    filmOf(input, { void_fraction, particle_porosity, particle_radius_m });
  if (typeof film === "string") return missing(film);
  const pores = (1 - void_fraction) * particle_porosity;
  const exchange_per_s = (3 * (1 - void_fraction) * film) / particle_radius_m;
  return done({
    interstitial_m_per_s: u,
    void_fraction,
    pore_fraction: pores,
    dispersion_m2_per_s: D,
    exchange_per_s,
    film_coefficient_m_per_s: film,
    transport_from: input.transport?.film_coefficient_m_per_s === undefined ? "correlations" : "given",
  });
}

/** Dispersion by correlation, or the name of the field that is missing for it. */
function dispersionOf(input: SimulationInput, void_fraction: number): number | string {
  const { viscosity_Pa_s, density_kg_per_m3 } = input.fluid ?? {};
  const radius_m = input.bed.particle_radius_m;
  if (radius_m === undefined) return "bed.particle_radius_m";
  if (viscosity_Pa_s === undefined) return "fluid.viscosity_Pa_s";
  if (density_kg_per_m3 === undefined) return "fluid.density_kg_per_m3";
  return chungWen_m2_per_s({
    superficial_m_per_s: input.flow.superficial_velocity_m_per_s,
    radius_m,
    void_fraction,
    viscosity_Pa_s,
    density_kg_per_m3,
  });
}

function filmOf(
  input: SimulationInput,
  bed: { void_fraction: number; particle_porosity: number; particle_radius_m: number },
): number | string {
  const { diffusivity_m2_per_s, pore_diffusivity_m2_per_s } = input.fluid ?? {};
  if (diffusivity_m2_per_s === undefined) return "fluid.diffusivity_m2_per_s";
  if (pore_diffusivity_m2_per_s === undefined) return "fluid.pore_diffusivity_m2_per_s";
  if (bed.particle_porosity === 0) return "bed.particle_porosity";
  return filmCoefficient_m_per_s({
    superficial_m_per_s: input.flow.superficial_velocity_m_per_s,
    radius_m: bed.particle_radius_m,
    void_fraction: bed.void_fraction,
    particle_porosity: bed.particle_porosity,
    diffusivity_m2_per_s,
    pore_diffusivity_m2_per_s,
  });
}
