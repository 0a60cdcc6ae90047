/** Constants of ions that travel with the rare earths: presaturant, iron, aluminium. One entry is one table at one ionic strength. */
export interface CompanionSeries {
  readonly id: string;
  readonly ligand: string;
  /** Absent where the table does not state it. */
  readonly temperature_C?: number;
  readonly ionic_strength_M: number;
  readonly source: string;
  /** log10 K of the 1:1 complex, by ion and charge. */
  readonly logK: Readonly<Record<string, number>>;
}

export const COMPANION_SERIES: readonly CompanionSeries[] = [
  {
    id: "EDTA-textbook-0.1M",
    ligand: "EDTA",
    temperature_C: 20,
    ionic_strength_M: 0.1,
    source:
      "analytical chemistry textbook, table of EDTA formation constants at I about 0.1 M, 20 C (compilation)",
    logK: {
      "Cu2+": 18.8,
      "Fe3+": 25.1,
      "Fe2+": 14.3,
      "Al3+": 16.3,
      "Co2+": 16.3,
      "Ni2+": 18.6,
      "Zn2+": 16.7,
      "Mn2+": 13.8,
      "Ca2+": 10.7,
      "Mg2+": 8.7,
      "Sc3+": 23.1,
      "Y3+": 18.2,
      "Ga3+": 20.5,
      "Na+": 1.7,
      "Li+": 2.8,
    },
  },
  {
    id: "EDTA-minteq-0M",
    ligand: "EDTA",
    temperature_C: 25,
    ionic_strength_M: 0,
    source: "USGS phreeqc3, database minteq.v4.dat",
    logK: {
      "Cu2+": 20.5,
      "Fe3+": 27.7,
      "Fe2+": 16.0,
      "Al3+": 19.1,
      "Co2+": 18.17,
      "Ni2+": 20.1,
      "Zn2+": 18.0,
      "Ca2+": 12.42,
    },
  },
  {
    id: "citrate-minteq-0M",
    ligand: "citrate",
    temperature_C: 25,
    ionic_strength_M: 0,
    source: "USGS phreeqc3, database minteq.v4.dat",
    logK: {
      "Cu2+": 7.57,
      "Fe3+": 13.1,
      "Fe2+": 6.1,
      "Al3+": 9.97,
      "Co2+": 6.19,
      "Ni2+": 6.59,
      "Zn2+": 6.21,
    },
  },
];
