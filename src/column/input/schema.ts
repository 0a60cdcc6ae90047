import { z } from "zod";

const Positive = z.number().positive().max(1e12);
const Fraction = z.number().gt(0).lt(1);
const Concentrations = z.record(z.string(), z.number().min(0).max(1e6));
const CELLS_MAX = 20_000;
export const TIMES_MAX = 200_000;

export const SimulationInput = z.strictObject({
  id: z.string().max(200).optional(),
  model: z.enum(["equilibrium", "film"]),
  bed: z.strictObject({
    length_m: Positive,
    total_porosity: Fraction.optional(),
    void_fraction: Fraction.optional(),
    particle_porosity: z.number().min(0).lt(1).optional(),
    particle_radius_m: Positive.optional(),
    capacity_mol_per_m3_bed: Positive,
  }),
  flow: z.strictObject({ superficial_velocity_m_per_s: Positive }),
  transport: z
    .strictObject({
      axial_dispersion_m2_per_s: z.number().min(0).max(1),
      film_coefficient_m_per_s: Positive.optional(),
    })
    .optional(),
  fluid: z
    .strictObject({
      viscosity_Pa_s: Positive.optional(),
      density_kg_per_m3: Positive.optional(),
      diffusivity_m2_per_s: Positive.optional(),
      pore_diffusivity_m2_per_s: Positive.optional(),
    })
    .optional(),
  species: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        role: z.enum(["presaturant", "product", "displacer", "other"]),
        affinity: Positive,
      }),
    )
    .min(2)
    .max(40),
  initial_mol_per_m3: Concentrations,
  initial_solid_mol_per_m3_bed: Concentrations.optional(),
  inlet: z
    .array(z.strictObject({ until_s: Positive, mol_per_m3: Concentrations }))
    .min(1)
    .max(1000),
  ask: z.strictObject({
    outlet_times_s: z.union([
      z.strictObject({ from: z.number().min(0), to: z.number().min(0), step: Positive }),
      z.array(z.number().min(0)).min(1).max(TIMES_MAX),
    ]),
    error_l1_max: z.number().positive().max(1).optional(),
    cut_tolerance: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe("Largest error of purity and yield of the cuts, as fractions: 0.0002 is 0.02 points"),
    impurity_tolerance: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe("Largest relative error of every impurity of the cuts down to 10 ppm"),
    cells: z.number().int().min(10).max(CELLS_MAX).optional(),
    cuts: z
      .array(
        z.union([
          z.strictObject({ species: z.string(), purity_min: z.number().gt(0).max(1) }),
          z.strictObject({ species: z.string(), from_s: z.number().min(0), to_s: z.number().min(0) }),
        ]),
      )
      .max(100)
      .optional(),
  }),
});
export type SimulationInput = z.infer<typeof SimulationInput>;
