import type { Element } from "../../chemistry/index.ts";
import type { EvidenceGrade } from "../classify/classes.ts";

/** Spelled as the spectrometry side spells materials. */
export type Material = "NdFeB_sintered" | "NdFeB_bonded" | "SmCo5" | "Sm2Co17" | "ferrite";

export interface Fraction {
  readonly mean_wt_pct: number;
  /** Between families of magnets; what the table itself may be wrong by is a fixed share of this. */
  readonly sd_wt_pct: number;
}

/** What magnets of one kind and use are made of. Elements are data: nothing else in the room names them. */
export interface Alloy {
  readonly material: Material;
  readonly wt_pct: Readonly<Partial<Record<Element, Fraction>>>;
  /** Elements that stand in for each other: pairs and the correlation of their fractions between families. */
  readonly trades: readonly (readonly [Element, Element, number])[];
  readonly evidence: EvidenceGrade;
  readonly source: string;
}

const f = (mean_wt_pct: number, sd_wt_pct: number): Fraction => ({ mean_wt_pct, sd_wt_pct });

/** Together, half of each, they have the means and spreads that were published: Nd 22.9 and 2.8, Pr 2.7 and 2.1, Dy 1.4 and 1.5 wt%. */
const DISK_SOURCE =
  "Nd, Pr, Dy of both together: Ueberschaar and Rotter 2015, drives collected in Germany, several alloys by year; that a melt is of neodymium or of didymium is the trade's practice, the halves and the split are estimates; Tb, Co estimated; Fe, B from Nd2Fe14B";

export const ALLOYS = {
  disk_neodymium: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(24.4, 2.3),
      Pr: f(0.8, 0.6),
      Dy: f(1.4, 1.4),
      Tb: f(0.1, 0.1),
      Co: f(1.5, 0.8),
      Fe: f(66, 2),
      B: f(1, 0.05),
    },
    trades: [["Nd", "Pr", -0.3]],
    evidence: "B",
    source: DISK_SOURCE,
  },
  disk_didymium: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(21.4, 2.3),
      Pr: f(4.6, 1.2),
      Dy: f(1.4, 1.4),
      Tb: f(0.1, 0.1),
      Co: f(1.5, 0.8),
      Fe: f(66, 2),
      B: f(1, 0.05),
    },
    trades: [["Nd", "Pr", -0.3]],
    evidence: "B",
    source: DISK_SOURCE,
  },
  disk_spindle: {
    material: "NdFeB_bonded",
    wt_pct: { Nd: f(22, 2.5), Pr: f(0.6, 0.5), Dy: f(3, 2), Co: f(3, 1.5), Fe: f(66, 2), B: f(0.9, 0.05) },
    trades: [],
    evidence: "C",
    source:
      "Bonded powder estimated; that the spindle ring is rich in Dy is said by Ueberschaar and Rotter 2015",
  },
  sintered_small: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(25, 2.5),
      Pr: f(5, 2.2),
      Dy: f(0.6, 0.6),
      Tb: f(0.1, 0.1),
      Ce: f(0.2, 0.3),
      Co: f(1, 0.6),
      Fe: f(65.5, 1.5),
      B: f(1, 0.05),
    },
    trades: [["Nd", "Pr", -0.7]],
    evidence: "B",
    source:
      "Rare earths 29 to 33 wt% together (Yang and others 2017); a phone magnet with Nd to Pr of five to one (Oeko-Institut 2012)",
  },
  sintered_hot: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(23, 2.5),
      Pr: f(3.5, 2.5),
      Dy: f(3.5, 2),
      Tb: f(0.3, 0.4),
      Co: f(1.5, 0.8),
      Fe: f(65.5, 1.5),
      B: f(1, 0.05),
    },
    trades: [
      ["Nd", "Pr", -0.7],
      ["Nd", "Dy", -0.4],
    ],
    evidence: "C",
    source:
      "Grades SH to UH: Dy 4 to 9 wt% before about 2012, 0 to 4 after, less when diffused along grain boundaries",
  },
  sintered_wind: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(23, 2),
      Pr: f(3.5, 2),
      Dy: f(3.5, 1.5),
      Tb: f(0.2, 0.3),
      Co: f(1, 0.6),
      Fe: f(66, 1.5),
      B: f(1, 0.05),
    },
    trades: [["Nd", "Pr", -0.7]],
    evidence: "B",
    source: "About 30 wt% rare earths and 4 wt% Dy: Heim and Vander Wal 2023",
  },
  sintered_ebike: {
    material: "NdFeB_sintered",
    wt_pct: {
      Nd: f(16.2, 0.8),
      Pr: f(4.8, 0.4),
      Gd: f(3.6, 0.5),
      Dy: f(1.6, 0.4),
      La: f(0.65, 0.25),
      Ce: f(0.15, 0.1),
      Sm: f(0.2, 0.08),
      Co: f(0.2, 0.1),
      Fe: f(59, 3),
      B: f(1.7, 0.4),
    },
    trades: [],
    evidence: "A",
    source:
      "Eight sets of worn-out hub motor magnets by electron microprobe: Materials 2025, 18(13), 2946 (B by that method is rough)",
  },
  bonded: {
    material: "NdFeB_bonded",
    wt_pct: { Nd: f(23, 2.5), Pr: f(0.5, 0.5), Co: f(2.5, 1.5), Fe: f(68, 2), B: f(0.9, 0.05) },
    trades: [],
    evidence: "C",
    source: "Melt-spun powder in 2 to 8 wt% of binder; estimate",
  },
  samarium_cobalt_1_5: {
    material: "SmCo5",
    wt_pct: { Sm: f(35, 1.5), Pr: f(0.8, 1.5), Co: f(63.5, 1.5) },
    trades: [],
    evidence: "B",
    source: "Formula 33.8 wt% Sm; sold with 34 to 37",
  },
  samarium_cobalt_2_17: {
    material: "Sm2Co17",
    wt_pct: { Sm: f(25.5, 1.5), Gd: f(0.3, 0.8), Co: f(50, 1.5), Fe: f(15.5, 1) },
    trades: [],
    evidence: "A",
    source: "Sm 23 to 28, Co 48 to 52, Fe 14 to 17, Cu 5 to 7, Zr 2 to 3 wt%: magnet maker's data",
  },
  ferrite: {
    material: "ferrite",
    wt_pct: { Fe: f(62, 1), La: f(0.4, 0.8), Co: f(0.1, 0.15) },
    trades: [],
    evidence: "B",
    source:
      "SrFe12O19 by formula; kinds with La and Co hold up to 3 wt% La, which no one recovers from ferrite",
  },
} as const satisfies Readonly<Record<string, Alloy>>;

export type AlloyName = keyof typeof ALLOYS;
export const alloy = (name: AlloyName): Alloy => ALLOYS[name];
