import { z } from "zod";

const Positive = z.number().positive().max(1e12);

export const Consumable = z.strictObject({
  name: z.string().min(1).max(60),
  per: z
    .enum(["displacer_mol", "capacity_mol", "bed_m3", "liquid_m3"])
    .describe(
      "what a cycle takes it by: what is let in of the displacer, the capacity of the bed, the bed, or all liquid",
    ),
  kg: Positive.describe("for one of these, in one cycle"),
  recovered_fraction: z.number().min(0).lt(1).default(0),
  source: z.string().max(300).optional(),
  grade: z.enum(["S", "D", "N", "R", "G"]).optional(),
});
export type Consumable = z.output<typeof Consumable>;

export const Permit = z.strictObject({
  name: z.string().min(1).max(100).describe("as the permit calls it"),
  consumable: z.string().min(1).max(60),
  per: z.enum(["kg_oxide", "day"]),
  kg_max: Positive,
  source: z.string().max(300).optional(),
});
export type Permit = z.output<typeof Permit>;

/** Where nothing is stated: EDTA behind a copper form, nothing recovered. Every line is replaced by stating `consumables`. */
export function usualConsumables(given: {
  readonly regeneration_excess: number;
  readonly settled_kg_per_m3_bed: number;
  readonly life_cycles: number;
}): Consumable[] {
  const none = { recovered_fraction: 0 };
  return [
    {
      ...{ name: "EDTA", per: "displacer_mol", kg: 0.292_24, ...none, grade: "D" },
      source: "one mol of ligand for one mol of what it carries; 292.24 g/mol as the acid",
    },
    {
      ...{
        name: "copper",
        per: "capacity_mol",
        kg: 1.5 * 0.063_546 * (1 + given.regeneration_excess),
        ...none,
        grade: "D",
      },
      source:
        "three charges of a rare earth for two of copper: 1.5 mol of 63.546 g/mol, and the excess stated",
    },
    {
      ...{ name: "hydrochloric acid", per: "displacer_mol", kg: 4 * 0.036_461, ...none, grade: "R" },
      source:
        "four protons for each ligand, so that it leaves as its acid before oxalate is added; as HCl of 36.461 g/mol",
    },
    {
      ...{ name: "water", per: "liquid_m3", kg: 1000, ...none, grade: "D" },
      source: "all liquid let in, taken as water",
    },
    {
      ...{
        name: "resin",
        per: "bed_m3",
        kg: given.settled_kg_per_m3_bed / given.life_cycles,
        ...none,
        grade: "G",
      },
      source: "mass of settled beads over the cycles they live",
    },
  ];
}
