import type { CampaignInput } from "../../src/column/index.ts";

/** An input as it comes from a file, so that a test can spoil any field of it. */
export type Input = Record<string, any>;

/** Two products pushed through a short bed, with a film: small enough to run often. */
export function smallTrain(ask: object, change: (input: Input) => void = () => {}): Input {
  const input: Input = {
    model: "film",
    bed: {
      length_m: 0.3,
      void_fraction: 0.4,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 500,
    },
    flow: { superficial_velocity_m_per_s: 2e-4 },
    transport: { axial_dispersion_m2_per_s: 6e-8, film_coefficient_m_per_s: 5e-6 },
    species: [
      { name: "p", role: "presaturant", affinity: 1 },
      { name: "a", role: "product", affinity: 20 },
      { name: "b", role: "product", affinity: 60 },
      { name: "d", role: "displacer", affinity: 2000 },
    ],
    initial_mol_per_m3: { p: 90 },
    inlet: [
      { until_s: 2500, mol_per_m3: { a: 40, b: 50 } },
      { until_s: 13000, mol_per_m3: { d: 90 } },
    ],
    ask,
  };
  change(input);
  return input;
}

/** The magnet feed of the examples on one-metre beds, to the purity of neodymium and an error asked. */
export function magnetCampaign(Nd_purity_min: number, error_l1_max: number): CampaignInput {
  return {
    products: [
      { name: "Dy", mole_fraction: 0.039, affinity: 40, purity_min: 0.99 },
      { name: "Nd", mole_fraction: 0.837, affinity: 1960, purity_min: Nd_purity_min },
      { name: "Pr", mole_fraction: 0.124, affinity: 3175.2, purity_min: 0.99 },
    ],
    length_m: 1,
    superficial_m_per_s: 2e-4,
    normality_mol_per_m3: 90,
    bed: {
      void_fraction: 0.38,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 567,
    },
    dispersion_m2_per_s: 6.3e-8,
    film_coefficient_m_per_s: 4.66e-6,
    viscosity_Pa_s: 1e-3,
    density_kg_per_m3: 1000,
    presaturant: { name: "Cu", affinity: 1 },
    displacer: { name: "Na", affinity: 127_008 },
    error_l1_max,
  };
}
