import { isElement, whyNoElement } from "../chemistry/index.ts";
import { type Refusal, refuse } from "../quantity/index.ts";

/** A standard uncertainty of a content: relative to it, or in mg/kg. */
export type ContentSd = { readonly relative: number } | { readonly mg_per_kg: number };

export const GRADINGS = ["unsized", "sized", "narrow", "one_size"] as const;
export type Grading = (typeof GRADINGS)[number];

/** What the material is made of, for the error that no care in sampling avoids. */
export interface Grain {
  /** Sieve that 95 % of the mass passes. */
  readonly top_mm: number;
  readonly grading: Grading;
  /** Grain below which what bears the elements is free of the rest; absent where it is free as it is. */
  readonly liberation_mm?: number;
  readonly g_per_cm3: number;
  readonly rest_g_per_cm3: number;
  /** What grains that bear an element hold of it. */
  readonly bearing_mg_per_kg: Readonly<Record<string, number>>;
  /** The top size when the portions were divided, where it was ground before. */
  readonly divided_mm?: number;
}

/** What is known of a sample against its lot, apart from what laboratories err by. */
export interface Sampling {
  /** The whole of it, as stated. */
  readonly sampling_sd?: Readonly<Record<string, ContentSd>>;
  /** Between increments: of n of them the sample errs by its nth root. */
  readonly increment_sd?: Readonly<Record<string, ContentSd>>;
  readonly grain?: Grain;
  /** All increments together, where it is known, and the lot they were taken of. */
  readonly mass_mg?: number;
  readonly lot_mg: number;
  /** Of the sample's moisture against the lot's, in percentage points. */
  readonly moisture_sd_pct?: number;
}

/** Shape factor: a grain's volume over that of the cube around it, for grains that are no flakes. Source: Gy, Sampling of Particulate Materials (1979). */
const SHAPE = 0.5;
/** Size range factor by d95 over d5: above 4, 4 to 2, below 2, one. Source: Gy (1979). */
const SIZE_RANGE: Readonly<Record<Grading, number>> = {
  unsized: 0.25,
  sized: 0.5,
  narrow: 0.75,
  one_size: 1,
};
/** Of grains larger than their liberation size. Source: François-Bongarçon and Gy, J. S. Afr. Inst. Min. Metall. 102 (2002) 475. */
const LIBERATION_POWER = 1.5;
const MG_PER_G = 1000;
const MM_PER_CM = 10;

/**
 * Relative variance of the fundamental sampling error, Gy's formula: f g c l d^3 (1/M_S - 1/M_L), d the top size in cm, masses in g,
 * c = (1 - a)/a ((1 - a) r + a t) with a the share of bearing grains, r and t the densities of them and of the rest. It is what a
 * correct sample of single grains errs by; segregation and wrong cuts come on top. Source: Gy (1979); Pitard (1993), chapter 10.
 */
export function fundamentalVariance(
  { top_mm, grading, liberation_mm, g_per_cm3, rest_g_per_cm3 }: Grain,
  { share, sample_mg, of_mg }: { readonly share: number; readonly sample_mg: number; readonly of_mg: number },
): number {
  if (share <= 0 || share >= 1 || sample_mg <= 0 || sample_mg >= of_mg) return 0;
  const composition = ((1 - share) / share) * ((1 - share) * g_per_cm3 + share * rest_g_per_cm3);
  const free = liberation_mm === undefined || liberation_mm >= top_mm;
  const liberation = free ? 1 : (liberation_mm / top_mm) ** LIBERATION_POWER;
  const grain_g = SHAPE * SIZE_RANGE[grading] * composition * liberation * (top_mm / MM_PER_CM) ** 3;
  return grain_g * (MG_PER_G / sample_mg - MG_PER_G / of_mg);
}

const inMgPerKg = (sd: ContentSd, content: number): number =>
  "relative" in sd ? sd.relative * content : sd.mg_per_kg;

/** How far a sample errs at a content, in mg/kg: all portions alike, and one of them by itself. */
export interface SamplingDoubt {
  readonly shared: number;
  readonly own: number;
}

/** What a sample and one of its portions err by in one element (Y19, Y20). */
export function samplingDoubt(
  { sampling, increments_count }: { readonly sampling?: Sampling; readonly increments_count: number },
  element: string,
  { content, portion_mg }: { readonly content: number; readonly portion_mg?: number | undefined },
): SamplingDoubt {
  if (!sampling) return { shared: 0, own: 0 };
  const { sampling_sd, increment_sd, grain, mass_mg, lot_mg } = sampling;
  const stated = sampling_sd?.[element];
  if (stated) return { shared: inMgPerKg(stated, content), own: 0 };
  const between = increment_sd?.[element];
  if (between) return { shared: inMgPerKg(between, content) / Math.sqrt(increments_count), own: 0 };
  const bearing = grain?.bearing_mg_per_kg[element];
  if (!grain || !bearing || mass_mg === undefined) return { shared: 0, own: 0 };
  const share = content / bearing;
  const divided = { ...grain, top_mm: grain.divided_mm ?? grain.top_mm };
  const fundamental = (of: Grain, sample_mg: number, of_mg: number) =>
    content * Math.sqrt(fundamentalVariance(of, { share, sample_mg, of_mg }));
  return {
    shared: fundamental(grain, mass_mg, lot_mg),
    own: fundamental(divided, portion_mg ?? mass_mg, mass_mg),
  };
}

export type SamplingDoubtRefusal = Refusal<
  | "element_unknown"
  | "doubt_stated_twice"
  | "grain_impossible"
  | "mass_exceeds_lot"
  | "portion_exceeds_sample"
>;

/** What cannot be said of a sample against its lot (Y19). */
export function faultySampling(
  { sampling_sd = {}, increment_sd = {}, grain, mass_mg, lot_mg }: Sampling,
  portions: readonly { readonly mass_mg?: number }[],
): { readonly ok: false; readonly refusal: SamplingDoubtRefusal } | undefined {
  const bearing = grain?.bearing_mg_per_kg ?? {};
  for (const [field, of] of Object.entries({ sampling_sd, increment_sd, "grain.bearing_mg_per_kg": bearing }))
    for (const element of Object.keys(of))
      if (!isElement(element)) return refuse("element_unknown", `${field}.${element}`, whyNoElement(element));
  const twice = Object.keys(sampling_sd).find((element) => increment_sd[element] ?? bearing[element]);
  if (twice !== undefined)
    return refuse(
      "doubt_stated_twice",
      `sampling_sd.${twice}`,
      `${twice}: state the whole doubt of the sample, or what it is worked out from`,
    );
  const both = Object.keys(increment_sd).find((element) => bearing[element]);
  if (both !== undefined)
    return refuse(
      "doubt_stated_twice",
      `increment_sd.${both}`,
      `${both}: what increments differ by holds what single grains do; state one of the two`,
    );
  if (grain && (grain.divided_mm ?? 0) > grain.top_mm)
    return refuse("grain_impossible", "grain.divided_mm", "grinding makes no grain larger");
  if (grain && mass_mg === undefined)
    return refuse(
      "grain_impossible",
      "mass",
      "what grains do depends on the mass of all increments: state it",
    );
  if ((mass_mg ?? 0) > lot_mg)
    return refuse("mass_exceeds_lot", "mass", "a sample is no heavier than its lot");
  const parts_mg = portions.reduce((total, portion) => total + (portion.mass_mg ?? 0), 0);
  return parts_mg > (mass_mg ?? parts_mg)
    ? refuse("portion_exceeds_sample", "mass", "the portions weigh more than all increments together")
    : undefined;
}
