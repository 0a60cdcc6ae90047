import { z } from "zod";
import { chooseLigand } from "../../chemistry/index.ts";
import { calculation } from "../use-case.ts";

export const selectLigand = calculation({
  room: "column",
  verb: "select",
  summary:
    "What a ligand does with a feed: order, selectivities with bands, front, leaks and pH window, with sources.",
  word: "ligand",
  input: z
    .object({
      ligand: z.string().max(40).describe("EDTA, HEDTA or DTPA"),
      series: z
        .string()
        .max(80)
        .optional()
        .describe("one series of constants; all of the ligand's at one ionic strength otherwise"),
      feed: z
        .record(z.string().max(10), z.number())
        .optional()
        .describe("amounts of elements, and of ions such as Fe3+, in mol; every element on file otherwise"),
      ligand_mol_per_m3: z.number().default(30).describe("of the displacer"),
      pH: z.number().default(8),
      presaturant: z.string().max(4).default("Cu").describe("divalent metal ahead of the train"),
    })
    .strict(),
  example: {
    ligand: "EDTA",
    feed: { Nd: 0.72, Pr: 0.24, Dy: 0.04 },
    ligand_mol_per_m3: 30,
    pH: 8,
    presaturant: "Cu",
  },
  async compute(_ports, question) {
    return chooseLigand(question);
  },
});
