import { z } from "zod";
import { DesignRequest, type DrawnResult, designPlant } from "../../column/index.ts";
import { calculation } from "../core/use-case.ts";

/** Part of the time of a design that goes into drawn plants; the room says how far the rest is. */
const DRAWN = 0.3;

export const designColumn = calculation({
  room: "column",
  verb: "design",
  long: true,
  summary:
    "Design a separation: velocity, loading, cuts and recycle of each column for a feed and its specifications.",
  // The column room reads its own contract, so that a refusal names the field in its words.
  input: z.unknown().meta(z.toJSONSchema(DesignRequest, { io: "input" }) as Record<string, unknown>),
  example: {
    feed: { mole_fractions: { Nd: 0.8, Pr: 0.2 } },
    affinities: { Nd: 1, Pr: 2.04 },
    ligand: { name: "EDTA", normality_mol_per_m3: 90 },
    bed: {
      length_m: 0.5,
      void_fraction: 0.38,
      particle_porosity: 0.3,
      particle_radius_m: 3e-5,
      capacity_mol_per_m3_bed: 567,
    },
    specifications: { Nd: { purity_min: 0.99 }, Pr: { purity_min: 0.99 } },
    zones: 1,
    error_l1_max: 0.02,
  } as unknown,
  compute: ({ pool, progress }, input) =>
    designPlant(
      input,
      pool
        ? async (jobs) => {
            const results = await pool.each("column sample", jobs, (count) =>
              progress?.(
                1 - DRAWN * (1 - count / jobs.length),
                `${count} of ${jobs.length} drawn plants simulated`,
              ),
            );
            return results as readonly DrawnResult[];
          }
        : undefined,
      progress,
    ),
});
