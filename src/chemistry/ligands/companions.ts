/** Constants of ions that travel with the rare earths: presaturant, iron, aluminium. One entry is one table at one ionic strength. */
export interface CompanionSeries {
  readonly id: string;
  readonly ligand: string;
  /** Absent where the table does not state it. */
  readonly temperature_C?: number;
  readonly ionic_strength_M: number;
  readonly source: string;
  /** C: not confirmed here. Absent: read in the source named. */
  readonly confidence?: "C";
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
    id: "HEDTA-critical-0.1M",
    ligand: "HEDTA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    source:
      "values as in Martell and Smith, Critical Stability Constants 1, 25 C, I 0.1 M; grade C: remembered to about 0.2, not confirmed (Al: SC-Database, 12.4 to 14.4 by author)",
    confidence: "C",
    logK: {
      "Cu2+": 17.5,
      "Fe3+": 19.8,
      "Fe2+": 12.2,
      "Al3+": 14.4,
      "Co2+": 14.5,
      "Ni2+": 17.1,
      "Zn2+": 14.6,
      "Mn2+": 10.8,
      "Ca2+": 8.2,
      "Mg2+": 7.0,
    },
  },
  {
    id: "DTPA-critical-0.1M",
    ligand: "DTPA",
    temperature_C: 25,
    ionic_strength_M: 0.1,
    source:
      "values as in Martell and Smith, Critical Stability Constants 1, 25 C, I 0.1 M; grade C: remembered to about 0.3, not confirmed (Al: SC-Database, 18.4 to 18.7 by author)",
    confidence: "C",
    logK: {
      "Cu2+": 21.4,
      "Fe3+": 28.0,
      "Fe2+": 16.4,
      "Al3+": 18.6,
      "Co2+": 19.0,
      "Ni2+": 20.1,
      "Zn2+": 18.2,
      "Mn2+": 15.5,
      "Ca2+": 10.8,
      "Mg2+": 9.3,
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
