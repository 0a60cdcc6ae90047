import { z } from "zod";
import { chooseLigand, ligandsOnFile } from "../../chemistry/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { calculation } from "../core/use-case.ts";

export const selectLigand = calculation({
  room: "column",
  verb: "select",
  summary:
    "What a ligand does with a feed: order, selectivities with bands, front, leaks and pH window, with sources.",
  word: "ligand",
  input: z
    .object({
      ligand: z.string().max(40).optional().describe("EDTA, HEDTA or DTPA"),
      list: z.boolean().default(false).describe("all ligands and constants on file instead of an answer"),
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
    list: false,
    feed: { Nd: 0.72, Pr: 0.24, Dy: 0.04 },
    ligand_mol_per_m3: 30,
    pH: 8,
    presaturant: "Cu",
  },
  async compute(_ports, { list, ligand, ...question }) {
    if (list) return done(ligandsOnFile());
    if (ligand === undefined)
      return refuse("input_malformed", "ligand", "name a ligand, or ask for the list of those on file");
    return chooseLigand({ ...question, ligand });
  },
});
