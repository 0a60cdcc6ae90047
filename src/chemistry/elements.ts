/**
 * Standard atomic weights: IUPAC/CIAAW, "Standard atomic weights of the elements 2021" (Prohaska et al., Pure Appl. Chem. 94 (2022)
 * 573), abridged to five figures, the conventional value where the standard is an interval. The rare earths, whose purity is told to
 * a part in ten thousand and more, stand unabridged. (CIAAW moved gadolinium, lutetium and
 * zirconium in 2024; this table is that of 2021.)
 * They are decimal strings, so that factors are computed from them exactly and never pasted from a table.
 */
export const ATOMIC_WEIGHTS = {
  H: "1.008",
  He: "4.0026",
  Li: "6.94",
  Be: "9.0122",
  B: "10.81",
  C: "12.011",
  N: "14.007",
  O: "15.999",
  F: "18.998",
  Ne: "20.180",
  Na: "22.990",
  Mg: "24.305",
  Al: "26.982",
  Si: "28.085",
  P: "30.974",
  S: "32.06",
  Cl: "35.45",
  Ar: "39.95",
  K: "39.098",
  Ca: "40.078",
  Sc: "44.955907",
  Ti: "47.867",
  V: "50.942",
  Cr: "51.996",
  Mn: "54.938",
  Fe: "55.845",
  Co: "58.933",
  Ni: "58.693",
  Cu: "63.546",
  Zn: "65.38",
  Ga: "69.723",
  Ge: "72.630",
  As: "74.922",
  Se: "78.971",
  Br: "79.904",
  Kr: "83.798",
  Rb: "85.468",
  Sr: "87.62",
  Y: "88.905838",
  Zr: "91.224",
  Nb: "92.906",
  Mo: "95.95",
  Ru: "101.07",
  Rh: "102.91",
  Pd: "106.42",
  Ag: "107.87",
  Cd: "112.41",
  In: "114.82",
  Sn: "118.71",
  Sb: "121.76",
  Te: "127.60",
  I: "126.90",
  Xe: "131.29",
  Cs: "132.91",
  Ba: "137.33",
  La: "138.90547",
  Ce: "140.116",
  Pr: "140.90766",
  Nd: "144.242",
  Sm: "150.36",
  Eu: "151.964",
  Gd: "157.25",
  Tb: "158.925354",
  Dy: "162.500",
  Ho: "164.930329",
  Er: "167.259",
  Tm: "168.934219",
  Yb: "173.045",
  Lu: "174.9668",
  Hf: "178.49",
  Ta: "180.95",
  W: "183.84",
  Re: "186.21",
  Os: "190.23",
  Ir: "192.22",
  Pt: "195.08",
  Au: "196.97",
  Hg: "200.59",
  Tl: "204.38",
  Pb: "207.2",
  Bi: "208.98",
  Th: "232.04",
  Pa: "231.04",
  U: "238.03",
} as const;

export type Element = keyof typeof ATOMIC_WEIGHTS;

/** No isotope that could give one a standard weight: found in no lot, weighed by no laboratory of the trade. */
export const WITHOUT_STANDARD_WEIGHT = [
  ...[
    "Tc",
    "Pm",
    "Po",
    "At",
    "Rn",
    "Fr",
    "Ra",
    "Ac",
    "Np",
    "Pu",
    "Am",
    "Cm",
    "Bk",
    "Cf",
    "Es",
    "Fm",
    "Md",
    "No",
    "Lr",
  ],
  ...["Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds", "Rg", "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og"],
] as const;

export const isElement = (symbol: string): symbol is Element => Object.hasOwn(ATOMIC_WEIGHTS, symbol);

/** Why a symbol cannot be followed on the books, in words that end a refusal `element_unknown`. */
export const whyNoElement = (symbol: string): string =>
  (WITHOUT_STANDARD_WEIGHT as readonly string[]).includes(symbol)
    ? `${symbol} has no stable isotope and no standard atomic weight, so nothing is weighed as ${symbol} here`
    : `no element "${symbol.slice(0, 30)}" is known here`;

/** The rare-earth elements as IUPAC names them: Sc, Y and the lanthanides (Pm left out: it has no stable isotope). */
export const RARE_EARTHS: readonly Element[] = [
  "Sc",
  "Y",
  "La",
  "Ce",
  "Pr",
  "Nd",
  "Sm",
  "Eu",
  "Gd",
  "Tb",
  "Dy",
  "Ho",
  "Er",
  "Tm",
  "Yb",
  "Lu",
];

export const isRareEarth = (symbol: string): boolean => (RARE_EARTHS as readonly string[]).includes(symbol);

/** What sintered NdFeB is bought for, the most of it first: neodymium and praseodymium, and the two that keep it hard when warm. */
export const MAGNET_ELEMENTS = ["Nd", "Pr", "Dy", "Tb"] as const satisfies readonly Element[];

/** For tables: those of magnets first, then the other rare earths, each in the order of the periodic table; the rest by letter. */
export function byMagnetsFirst(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || a.localeCompare(b);
}

function rankOf(symbol: string): number {
  const at = (RARE_EARTHS as readonly string[]).indexOf(symbol);
  if (at < 0) return 2 * RARE_EARTHS.length;
  return (MAGNET_ELEMENTS as readonly string[]).includes(symbol) ? at : RARE_EARTHS.length + at;
}
