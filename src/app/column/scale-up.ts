import { z } from "zod";
import { ScaleUpInput, scaleUp } from "../../column/index.ts";
import { calculation } from "../core/use-case.ts";

export const scaleColumnUp = calculation({
  room: "column",
  verb: "scale-up",
  long: true,
  summary:
    "One column at other diameters: pressure, spread, tanks, reagents per kg of oxide, floor, and the chance of each specification.",
  // As for simulate, the room reads its own contract and names the field it refuses.
  input: z.unknown().meta(z.toJSONSchema(ScaleUpInput, { io: "input" }) as Record<string, unknown>),
  // Sample data: planning values, no plant's own.
  example: {
    simulation: {
      model: "film",
      bed: {
        length_m: 0.5,
        void_fraction: 0.38,
        particle_porosity: 0.3,
        particle_radius_m: 0.00003,
        capacity_mol_per_m3_bed: 567,
      },
      flow: { superficial_velocity_m_per_s: 0.0002 },
      fluid: {
        viscosity_Pa_s: 0.001,
        density_kg_per_m3: 1000,
        diffusivity_m2_per_s: 5e-10,
        pore_diffusivity_m2_per_s: 1e-10,
      },
      species: [
        { name: "Cu", role: "presaturant", affinity: 0.025 },
        { name: "Nd", role: "product", affinity: 1 },
        { name: "Pr", role: "product", affinity: 2.04 },
        { name: "Na", role: "displacer", affinity: 80 },
      ],
      initial_mol_per_m3: { Cu: 90 },
      inlet: [
        { until_s: 4700, mol_per_m3: { Nd: 72, Pr: 18 } },
        { until_s: 25000, mol_per_m3: { Na: 90 } },
      ],
    },
    diameter_m: 0.4572,
    to_diameters_m: [1.524],
    calibration: { parameters: { "affinity:Pr": { best: 2.04, sd_relative: 0.03 } } },
    specifications: { Nd: { purity_min: 0.99, yield_min: 0.8 } },
    vessel: { rating_Pa: 300000 },
    spread: { velocity_sd_fraction: [0.002, 0.01] },
    permits: [{ name: "sample limit of copper", consumable: "copper", per: "day", kg_max: 10 }],
    samples: 20,
    cells: 60,
  } as unknown,
  compute: async ({ progress }, input) => scaleUp(input, progress),
});
