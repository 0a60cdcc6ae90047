import { table } from "../../quantity/index.ts";
/** How an ion takes hydroxide from water, and when its hydroxide falls out. At ionic strength 0, 25 C. */
export interface Hydrolysis {
  /** log10 of M + n H2O = M(OH)n + n H, n from 1. */
  readonly logBeta: readonly number[];
  /** log10 of M(OH)z (s) + z H = M + z H2O, of the fresh hydroxide where fresh and aged differ. */
  readonly logSolubility: number;
  readonly charge: 2 | 3;
}

/**
 * Baes and Mesmer, The Hydrolysis of Cations (1976), 25 C, ionic strength 0; aluminium, iron and copper rounded as in
 * minteq.v4. Grade C: from memory of the tables, to some 0.3 in a first constant and 1 in a solubility; not confirmed here.
 */
export const HYDROLYSIS_SOURCE =
  "Baes and Mesmer, The Hydrolysis of Cations (1976), 25 C, ionic strength 0; grade C: not confirmed against the book";

const rareEarth = (first: number, logSolubility: number): Hydrolysis => ({
  logBeta: [first],
  logSolubility,
  charge: 3,
});

export const HYDROLYSIS: Readonly<Record<string, Hydrolysis>> = table({
  "Fe3+": { logBeta: [-2.19, -5.67, -12.6, -21.6], logSolubility: 4.9, charge: 3 },
  "Al3+": { logBeta: [-4.97, -10.1, -16.8, -22.7], logSolubility: 10.8, charge: 3 },
  "Cu2+": { logBeta: [-7.7, -16.2], logSolubility: 8.64, charge: 2 },
  Sc: rareEarth(-4.3, 9.7),
  Y: rareEarth(-7.7, 17.5),
  La: rareEarth(-8.5, 20.3),
  Ce: rareEarth(-8.3, 19.8),
  Pr: rareEarth(-8.1, 19.5),
  Nd: rareEarth(-8.0, 18.6),
  Sm: rareEarth(-7.9, 16.5),
  Eu: rareEarth(-7.8, 17.5),
  Gd: rareEarth(-8.0, 15.6),
  Tb: rareEarth(-7.9, 16.5),
  Dy: rareEarth(-8.0, 15.9),
  Ho: rareEarth(-8.0, 15.4),
  Er: rareEarth(-7.9, 15.0),
  Tm: rareEarth(-7.7, 15.0),
  Yb: rareEarth(-7.7, 14.7),
  Lu: rareEarth(-7.6, 14.5),
});

/**
 * log10 of an activity coefficient over the square of the charge, by Davies (J. Chem. Soc. 1938, 2093) with 0.3, at 25 C; good
 * to 0.5 M and not beyond.
 */
export const davies = (ionicStrength_M: number): number => {
  const root = Math.sqrt(ionicStrength_M);
  return -0.5085 * (root / (1 + root) - 0.3 * ionicStrength_M);
};

/** Moved openly to another ionic strength by Davies; that it was moved is for the caller to say (X11). */
export function hydrolysisAt(name: string, ionicStrength_M: number): Hydrolysis | undefined {
  const given = HYDROLYSIS[name];
  if (!given) return undefined;
  const shift = davies(ionicStrength_M);
  const z = given.charge;
  return {
    // Squares of charges: what is made, less what is used up.
    logBeta: given.logBeta.map((log, k) => log - shift * ((z - k - 1) ** 2 + (k + 1) - z ** 2)),
    logSolubility: given.logSolubility - shift * (z ** 2 - z),
    charge: z,
  };
}

/** Hydroxide complexes of an ion for the mass action; their protons count backwards. */
export const hydroxides = (name: string, hydrolysis: Hydrolysis) =>
  hydrolysis.logBeta.map((logBeta, k) => ({
    name: `${name}(OH)${k + 1}`,
    logBeta,
    protons: -(k + 1),
    of: { [name]: 1 },
  }));

/** The most of the free ion that water of this pH holds beside its hydroxide, mol/L. */
export const soluble_M = (hydrolysis: Hydrolysis, pH: number): number =>
  10 ** (hydrolysis.logSolubility - hydrolysis.charge * pH);
