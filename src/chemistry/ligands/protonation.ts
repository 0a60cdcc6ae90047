/** Protonation of a ligand: log10 of the overall constants, L + n H = HnL, n from 1. */
export interface Protonation {
  readonly ligand: string;
  /** Absent where the table does not state it. */
  readonly temperature_C?: number;
  readonly ionic_strength_M: number;
  readonly source: string;
  /** C: not confirmed here. */
  readonly confidence?: "C";
  readonly logBeta: readonly number[];
}

export const PROTONATIONS: readonly Protonation[] = [
  {
    ligand: "EDTA",
    ionic_strength_M: 0.1,
    // The steps 10.27, 6.16, 2.67, 2.0 summed; two public tables give the same four within 0.02.
    logBeta: [10.27, 16.43, 19.1, 21.1],
    source:
      "textbook table of acid constants: EDTA pK 2.0, 2.67, 6.16, 10.27; ionic strength not printed, taken as 0.1 M",
  },
  {
    ligand: "HEDTA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    confidence: "C",
    // The steps 9.81, 5.41, 2.72 summed.
    logBeta: [9.81, 15.22, 17.94],
    source:
      "values as in Martell and Smith, Critical Stability Constants 1, 25 C, I 0.1 M; grade C: remembered to about 0.1, not confirmed",
  },
  {
    ligand: "DTPA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    confidence: "C",
    // The steps 10.48, 8.60, 4.28, 2.65, 1.82 summed.
    logBeta: [10.48, 19.08, 23.36, 26.01, 27.83],
    source:
      "values as in Martell and Smith, Critical Stability Constants 1, 25 C, I 0.1 M; grade C: remembered to about 0.1, not confirmed",
  },
  {
    ligand: "EDTA",
    temperature_C: 25,
    ionic_strength_M: 0,
    logBeta: [10.95, 17.22, 20.34, 22.5, 24.0],
    source: "USGS phreeqc3, database minteq.v4.dat",
  },
  {
    ligand: "citrate",
    temperature_C: 25,
    ionic_strength_M: 0,
    logBeta: [6.4, 11.16, 14.29],
    source: "USGS phreeqc3, database minteq.v4.dat",
  },
];

export const findProtonation = (ligand: string, ionicStrength_M: number): Protonation | undefined =>
  PROTONATIONS.find((p) => p.ligand === ligand && p.ionic_strength_M === ionicStrength_M);

/** Shares of the free ligand as L, HL, H2L, ... at a pH; they sum to 1. */
export function protonShares(protonation: Protonation, pH: number): number[] {
  const logs = [0, ...protonation.logBeta].map((beta, n) => beta - n * pH);
  // The largest term is taken out, so that no power overflows.
  const top = Math.max(...logs);
  const terms = logs.map((log) => 10 ** (log - top));
  const sum = terms.reduce((a, b) => a + b, 0);
  return terms.map((term) => term / sum);
}

/** Dissolved H4EDTA over its solid: the room-temperature solubility of the acid, about 0.5 g/L, over its molar mass 292.24. Grade C: remembered from suppliers' sheets, not confirmed. */
export const H4EDTA_SOLUBILITY_M = 0.5 / 292.24;

/** The pH below which free EDTA of this concentration precipitates as H4EDTA; undefined where it never does. */
export function precipitationPH(protonation: Protonation, free_M: number): number | undefined {
  const acid = (pH: number) => (protonShares(protonation, pH)[4] ?? 0) * free_M;
  // H4L falls with pH from 2 up in every table above; below 2 it may turn into H5L again.
  let low = 2;
  let high = 14;
  if (acid(low) <= H4EDTA_SOLUBILITY_M) return undefined;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (acid(middle) > H4EDTA_SOLUBILITY_M) low = middle;
    else high = middle;
  }
  return high;
}
