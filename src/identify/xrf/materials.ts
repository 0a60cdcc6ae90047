import { table } from "../../quantity/index.ts";
/** What a piece is made of, as far as a spectrum tells. */
export const PIECE_MATERIALS = [
  "NdFeB_sintered",
  "NdFeB_bonded",
  "SmCo5",
  "Sm2Co17",
  "ferrite",
  "steel",
  "stainless",
] as const;
export type PieceMaterial = (typeof PIECE_MATERIALS)[number];

export const RARE_EARTH_MAGNETS: ReadonlySet<PieceMaterial> = new Set([
  "NdFeB_sintered",
  "NdFeB_bonded",
  "SmCo5",
  "Sm2Co17",
]);

/** Sums of elements that tell the materials apart. */
const FEATURES = {
  light: ["La", "Ce", "Pr", "Nd"],
  heavy: ["Gd", "Tb", "Dy"],
  Pr: ["Pr"],
  Sm: ["Sm"],
  Fe: ["Fe"],
  Co: ["Co"],
  alkaline: ["Sr", "Ba"],
  Cr: ["Cr"],
  Ni: ["Ni"],
  NbZr: ["Nb", "Zr"],
  Cu: ["Cu"],
} as const;
type Feature = keyof typeof FEATURES;

interface MaterialPrior {
  /** Mean and spread of each sum in weight percent of what is seen; sums not named are near nothing. */
  readonly of: Readonly<Partial<Record<Feature, readonly [mean: number, sd: number]>>>;
  /** Weight percent of the piece that is not seen: mean by element, and the doubt of the sum. */
  readonly dark: Readonly<Record<string, number>>;
  readonly dark_sd: number;
}

/** Spread of a sum that a material does not have: traces and the fit's own faults. */
const absent: readonly [number, number] = [0, 0.35];

/**
 * Compositions of magnets: J.M.D. Coey, Magnetism and Magnetic Materials (2010), ch. 11, and the product's alloy table
 * (`../magnets/alloys.ts`); steels: AISI 1010 to 1020 and 304/316. Spreads cover the trade's range, not one maker's.
 * Oxygen of ferrite comes from its metals, see `darkOf`.
 */
const PRIORS: Readonly<Record<PieceMaterial, MaterialPrior>> = {
  NdFeB_sintered: {
    of: {
      light: [29.5, 3],
      heavy: [1.5, 2],
      Pr: [4, 4],
      Fe: [66, 4],
      Co: [1.5, 1.5],
      NbZr: [0.25, 0.3],
      Cu: [0.14, 0.07],
    },
    dark: { B: 1, Al: 0.5 },
    dark_sd: 0.3,
  },
  NdFeB_bonded: {
    of: {
      light: [27.3, 2],
      heavy: [0, 0.3],
      Pr: [0.3, 0.6],
      Fe: [68, 4],
      Co: [3, 3],
      NbZr: [1.8, 1],
      Cu: [0, 0.04],
    },
    dark: { B: 0.9, C: 1.5, O: 1.2 },
    dark_sd: 1,
  },
  SmCo5: {
    of: { light: [4, 6], Pr: [4, 5], Sm: [31, 5], Co: [65, 3], Fe: [0, 1], Cu: [0, 1] },
    dark: {},
    dark_sd: 0.3,
  },
  Sm2Co17: {
    of: { light: [0, 1.5], Sm: [25.5, 2], Co: [50, 4], Fe: [16, 4], Cu: [6, 2], NbZr: [2.7, 1] },
    dark: {},
    dark_sd: 0.3,
  },
  ferrite: {
    of: { light: [1.5, 2.5], Fe: [87, 4], Co: [0.4, 0.8], alkaline: [11.5, 3] },
    dark: { Al: 0.3, Si: 0.4 },
    dark_sd: 1.5,
  },
  steel: { of: { Fe: [98.5, 2], Cr: [0.4, 1], Ni: [0.3, 1] }, dark: { Si: 0.3 }, dark_sd: 0.3 },
  stainless: { of: { Fe: [70, 6], Cr: [18, 3], Ni: [9, 4] }, dark: { Si: 0.5 }, dark_sd: 0.4 },
};

/** Farther from every material than this, in squared spreads, a piece is none of them. */
const far_away = 150;

export interface MaterialGuess {
  readonly probabilities: Readonly<Record<PieceMaterial, number>>;
  /** The likeliest, or unknown when the piece is like none of them. */
  readonly material: PieceMaterial | "unknown";
  readonly nearest: PieceMaterial;
}

/**
 * Normal likelihoods of the sums, independent, each material as likely as the next beforehand.
 *
 * @param seen mass shares of the elements seen, adding up to one
 * @param variance of the sum of some of them by counting, wt% squared: few counts leave materials alike
 */
export function guessMaterial(
  seen: ReadonlyMap<string, number>,
  variance: (elements: readonly string[]) => number = () => 0,
): MaterialGuess {
  const sums = Object.entries(FEATURES).map(
    ([feature, elements]) =>
      [
        feature as Feature,
        elements.reduce((sum, e) => sum + 100 * (seen.get(e) ?? 0), 0),
        variance(elements),
      ] as const,
  );
  const scores = PIECE_MATERIALS.map((material) => {
    let distance = 0;
    let width = 0;
    for (const [feature, sum, counted] of sums) {
      const [mean, spread] = PRIORS[material].of[feature] ?? absent;
      const sd = Math.sqrt(spread ** 2 + counted);
      distance += ((sum - mean) / sd) ** 2;
      width += Math.log(sd);
    }
    return { material, distance, score: -0.5 * distance - width };
  });
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  // Of a piece unlike all of them nothing is known: each is as likely as before.
  const unknown = best.distance > far_away;
  const weights = scores.map(({ score }) => (unknown ? 1 : Math.exp(score - best.score)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    probabilities: Object.fromEntries(
      scores.map(({ material }, k) => [material, weights[k]! / total]),
    ) as Record<PieceMaterial, number>,
    material: unknown ? "unknown" : best.material,
    nearest: best.material,
  };
}

/** Oxygen to metal by mass in the oxides of a ferrite: Fe2O3, SrO, BaO, La2O3, Co3O4 (atomic masses of IUPAC 2021). */
const OXYGEN: Readonly<Record<string, number>> = table({
  Fe: 0.4297,
  Sr: 0.1826,
  Ba: 0.1165,
  La: 0.1728,
  Co: 0.362,
});

/** Mass fractions of what a spectrum does not show, for the material that the seen part is nearest to. */
export function darkOf(seen: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const { nearest } = guessMaterial(seen);
  const dark = new Map(Object.entries(PRIORS[nearest].dark).map(([e, pct]) => [e, pct / 100]));
  if (nearest !== "ferrite") return dark;
  let oxygen = 0;
  for (const [element, ratio] of Object.entries(OXYGEN)) oxygen += ratio * (seen.get(element) ?? 0);
  const other = [...dark.values()].reduce((sum, value) => sum + value, 0);
  dark.set("O", ((1 - other) * oxygen) / (1 + oxygen));
  return dark;
}

export const darkSd_pct = (nearest: PieceMaterial): number => PRIORS[nearest].dark_sd;
