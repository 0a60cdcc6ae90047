import { type Speciation, speciate } from "../speciation.ts";
import { hydrolysisAt, hydroxides, soluble_M } from "./hydrolysis.ts";
import type { Protonation } from "./protonation.ts";

export interface Solution {
  readonly totals_M: Readonly<Record<string, number>>;
  /** log10 K of each metal with the ligand L. */
  readonly constants: ReadonlyMap<string, number>;
  readonly protonation: Protonation;
  readonly pH: number;
}

/** Ligand, protons, metals and their hydroxide complexes at one pH, all at the ionic strength of the protonation. */
export function dissolved({ totals_M, constants, protonation, pH }: Solution) {
  return speciate({
    totals_M,
    pH,
    species: [
      ...protonation.logBeta.map((logBeta, i) => ({
        name: `H${i + 1}L`,
        logBeta,
        protons: i + 1,
        of: { L: 1 },
      })),
      ...[...constants].map(([name, logBeta]) => ({ name: `${name}L`, logBeta, of: { [name]: 1, L: 1 } })),
      ...[...constants.keys()].flatMap((name) => {
        const hydrolysis = hydrolysisAt(name, protonation.ionic_strength_M);
        return hydrolysis ? hydroxides(name, hydrolysis) : [];
      }),
    ],
  });
}

/** How many times over its solubility an ion stands: above 1 its hydroxide falls out. Undefined where that is not on file. */
export function saturation(solution: Solution, solved: Speciation, name: string): number | undefined {
  const hydrolysis = hydrolysisAt(name, solution.protonation.ionic_strength_M);
  return hydrolysis && (solved.concentrations_M[name] ?? 0) / soluble_M(hydrolysis, solution.pH);
}
