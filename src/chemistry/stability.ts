import type { Element } from "./elements.ts";

/** Stability constants log10 K of 1:1 complexes: one series is one author, one medium, one temperature. Series are never mixed. */
export interface StabilitySeries {
  readonly id: string;
  readonly ligand: string;
  readonly temperature_C: number;
  readonly ionic_strength_M: number;
  readonly medium: string;
  readonly source: string;
  readonly logK: Readonly<Partial<Record<Element, number>>>;
}

const SC_DATABASE = "IUPAC SC-Database v4.62 (public per-metal exports), reference code";

export const STABILITY_SERIES: readonly StabilitySeries[] = [
  {
    id: "EDTA-1978NLb",
    ligand: "EDTA",
    temperature_C: 20,
    ionic_strength_M: 0.1,
    medium: "KNO3",
    source: `${SC_DATABASE} 1978NLb`,
    logK: {
      La: 15.66,
      Ce: 16.14,
      Pr: 16.56,
      Nd: 16.77,
      Sm: 17.3,
      Eu: 17.51,
      Gd: 17.53,
      Tb: 18.09,
      Dy: 18.46,
      Er: 19.01,
      Tm: 19.48,
      Yb: 19.67,
      Lu: 19.99,
    },
  },
  {
    id: "EDTA-1959BDb",
    ligand: "EDTA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    medium: "KCl",
    source: `${SC_DATABASE} 1959BDb`,
    logK: {
      La: 15.19,
      Ce: 15.45,
      Pr: 15.76,
      Nd: 16.05,
      Sm: 16.53,
      Eu: 16.66,
      Gd: 16.82,
      Tb: 17.32,
      Dy: 17.78,
      Ho: 18.04,
      Er: 18.37,
      Tm: 18.64,
      Yb: 18.99,
      Lu: 19.14,
    },
  },
  {
    id: "EDTA-1953WSa",
    ligand: "EDTA",
    temperature_C: 20,
    ionic_strength_M: 0.1,
    medium: "KCl",
    source: `${SC_DATABASE} 1953WSa`,
    logK: {
      La: 14.72,
      Ce: 15.39,
      Pr: 15.75,
      Nd: 16.06,
      Sm: 16.55,
      Eu: 16.69,
      Gd: 16.7,
      Tb: 17.25,
      Dy: 17.57,
      Ho: 17.67,
      Er: 17.98,
      Tm: 18.59,
      Yb: 18.68,
      Lu: 19.06,
      Y: 17.56,
    },
  },
  {
    id: "HEDTA-1956SPa",
    ligand: "HEDTA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    medium: "KNO3",
    source: `${SC_DATABASE} 1956SPa`,
    logK: {
      La: 13.22,
      Ce: 14.08,
      Pr: 14.39,
      Nd: 14.7,
      Sm: 15.17,
      Eu: 15.21,
      Gd: 15.1,
      Tb: 15.1,
      Dy: 15.08,
      Ho: 15.06,
      Er: 15.17,
      Tm: 15.38,
      Yb: 15.64,
      Lu: 15.79,
      Y: 14.49,
    },
  },
  {
    id: "DTPA-1962MTc",
    ligand: "DTPA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    medium: "KNO3",
    source: `${SC_DATABASE} 1962MTc`,
    logK: {
      La: 19.48,
      Ce: 20.5,
      Pr: 21.07,
      Nd: 21.6,
      Sm: 22.34,
      Eu: 22.39,
      Gd: 22.46,
      Tb: 22.71,
      Dy: 22.82,
      Ho: 22.78,
      Er: 22.74,
      Tm: 22.72,
      Yb: 22.62,
      Lu: 22.44,
      Y: 22.05,
    },
  },
];

export const findSeries = (id: string): StabilitySeries | undefined =>
  STABILITY_SERIES.find((s) => s.id === id);
