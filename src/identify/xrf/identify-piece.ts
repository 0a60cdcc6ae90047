import { table } from "../../quantity/index.ts";
import { type Fit, fitSpectrum } from "./fit.ts";
import { COATS, SEEN, type Tables, tablesOf } from "./fluorescence.ts";
import { HANDHELD, type Instrument } from "./instrument.ts";
import { darkOf, darkSd_pct, guessMaterial, type PieceMaterial, RARE_EARTH_MAGNETS } from "./materials.ts";
import { fittedPart, type Spectrum } from "./spectrum.ts";

export interface Interval {
  readonly best: number;
  readonly lo90: number;
  readonly hi90: number;
}

export interface PieceIdentity {
  readonly id: string;
  readonly material: PieceMaterial | "unknown";
  readonly material_p: Readonly<Record<PieceMaterial, number>>;
  readonly rare_earth_magnet: boolean;
  /** Weight percent of the piece below its coat, dark elements counted in. */
  readonly wt_pct: Readonly<Record<string, Interval | { readonly refused: string }>>;
  readonly coat: { readonly element: string; readonly thickness_um: Interval } | null;
  readonly fit: { readonly chi2_reduced: number; readonly gain_error: number; readonly offset_eV: number };
}

/** The fit behind an identity, for a picture of it. */
export interface PieceFit {
  readonly identity: PieceIdentity;
  /** The channels that were fitted. */
  readonly spectrum: Spectrum;
  readonly fit: Fit;
}

/** 90 % of a normal law lie within so many standard deviations. */
const sigmas_90 = 1.645;
/** How well the forward model knows an element's lines, relative: fundamental parameters (Elam et al., Radiat. Phys. Chem. 63, 2002) after the factors above. */
const model_relative_sd = 0.004;
/**
 * K lines above 14 keV leave from far deeper than the L and K lines of the matrix, so that they hang on the tube's
 * spectrum and on attenuation far from theirs; below a coat every line does. Chosen on own generator, seed 778.
 */
const K_LINES_ABOVE_14_KEV = new Set(["Sr", "Zr", "Nb", "Mo", "Ba"]);
const deep_relative_sd = 0.014;
const below_coat_relative_sd = 0.013;
/** Below a coat the lines of Nd that lie beside those of Pr are weakened unequally. */
const below_coat_overlap = 4;
/** What a fault in the shape of a strong element's lines looks like in those that lie below them, share of the strong one. */
const OVERLAPS: Readonly<Record<string, readonly (readonly [strong: string, share: number])[]>> = table({
  La: [["Nd", 0.001]],
  Ce: [["Nd", 0.001]],
  Pr: [["Nd", 0.0015]],
  Gd: [["Fe", 0.0005]],
  Tb: [["Fe", 0.0004]],
  Dy: [["Fe", 0.0005]],
});
/** The same for the thickness of a coat: its density and attenuation. */
const coat_relative_sd = 0.05;
/** Nickel or zinc below this share of what is seen is an alloying trace, and no coat is tried. */
const coat_share_least = 0.004;
/** No material known here is so much nickel or zinc: with rare earths beside it, it is a coat, however few the counts. */
const coat_sure_share = 0.3;
/** Rare earths count as seen from so many standard deviations of their sum. */
const seen_from_sd = 3;
/** A coat must explain the spectrum better than the metal in the piece by this much of chi-squared. */
const coat_gain_least = 12;
/** What a coat hides: lines of these fall where those of iron, cobalt or the coat are, or do not get out. */
const HIDDEN_BELOW_COAT: Readonly<Record<string, string>> = table({
  Dy: "its L lines do not come through the coat apart from those of iron and the coat, and its K lines are beyond the tube",
  Tb: "its L lines do not come through the coat apart from those of iron, and its K lines are beyond the tube",
});
const NEVER_SEEN = { B: { refused: "too light: its X-rays do not reach the detector" } };
/** Looked for below a coat; anything else a coated magnet has little of, and a coat makes it look like what it is not. */
const BELOW_COAT = new Set("Fe Co Cu Ga Zr Nb La Ce Pr Nd Sm Gd Tb Dy".split(" "));
const ANY = new Set(SEEN);

let usual: Tables | undefined;

/** Material, composition with covariance, and coat of one piece from its spectrum. */
export function identifyPiece(given: Spectrum, instrument?: Instrument): PieceFit {
  const spectrum = fittedPart(given);
  if (!instrument && spectrum.tube_kV === HANDHELD.tube_kV) usual ??= tablesOf(HANDHELD);
  const own = instrument ?? { ...HANDHELD, tube_kV: spectrum.tube_kV };
  const tables = !instrument && spectrum.tube_kV === HANDHELD.tube_kV && usual ? usual : tablesOf(own);
  const bare = fitSpectrum(spectrum, tables, { coating: undefined, darkOf, elements: ANY });
  const fit = coated(spectrum, tables, bare) ?? bare;
  return { identity: identityOf(spectrum, fit), spectrum, fit };
}

/** The fit with a coat, where there is metal for one and it explains the spectrum better. */
function coated(spectrum: Spectrum, tables: Tables, bare: Fit): Fit | undefined {
  let best: Fit | undefined;
  for (const element of Object.keys(COATS)) {
    const share = bare.fractions.get(element) ?? 0;
    if (share < coat_share_least) continue;
    const sure = share > coat_sure_share && lightSeen(bare);
    const fit = fitSpectrum(spectrum, tables, { coating: element, darkOf, elements: BELOW_COAT });
    const { nearest } = guessMaterial(seenOf(fit));
    if (!RARE_EARTH_MAGNETS.has(nearest)) continue;
    if (sure || fit.chi2 + coat_gain_least < (best?.chi2 ?? bare.chi2)) best = fit;
  }
  return best;
}

/** Whether what is seen is mostly a coat's metal, seen through or not. */
const plated = ({ fractions }: Fit): boolean =>
  Object.keys(COATS).some((element) => (fractions.get(element) ?? 0) > coat_sure_share);

/** Whether neodymium and praseodymium stand out of the counts. */
function lightSeen(fit: Fit): boolean {
  const light = ["Nd", "Pr"];
  const sum_pct = light.reduce((sum, element) => sum + 100 * (fit.fractions.get(element) ?? 0), 0);
  return sum_pct > seen_from_sd * Math.sqrt(varianceOf(fit)(light));
}

function seenOf(fit: Fit): ReadonlyMap<string, number> {
  const total = [...fit.fractions.values()].reduce((sum, value) => sum + value, 0);
  return new Map([...fit.fractions].map(([element, value]) => [element, total > 0 ? value / total : 0]));
}

/** Variance of the sum of some weight percents, by counting and by how badly the model fits. */
const varianceOf =
  ({ covariance, chi2_reduced }: Fit) =>
  (elements: readonly string[]): number => {
    const at = elements.map((element) => SEEN.indexOf(element)).filter((i) => i >= 0);
    let sum = 0;
    for (const i of at) for (const j of at) sum += covariance[i * SEEN.length + j] ?? 0;
    return 1e4 * Math.max(0, sum) * Math.max(1, chi2_reduced);
  };

function identityOf(spectrum: Spectrum, fit: Fit): PieceIdentity {
  const guess = guessMaterial(seenOf(fit), varianceOf(fit));
  const p = Object.entries(guess.probabilities).reduce(
    (sum, [material, value]) => sum + (RARE_EARTH_MAGNETS.has(material as PieceMaterial) ? value : 0),
    0,
  );
  return {
    id: spectrum.id,
    material: guess.material,
    material_p: guess.probabilities,
    rare_earth_magnet: guess.material !== "unknown" && p > 0.5,
    wt_pct: weightsOf(fit, darkSd_pct(guess.nearest)),
    coat: fit.coat
      ? {
          element: fit.coat.element,
          thickness_um: interval(
            fit.coat.thickness_um,
            Math.hypot(
              fit.coat.sd_um * Math.sqrt(Math.max(1, fit.chi2_reduced)),
              coat_relative_sd * fit.coat.thickness_um,
            ),
            Number.POSITIVE_INFINITY,
          ),
        }
      : null,
    fit: {
      chi2_reduced: fit.chi2_reduced,
      gain_error: fit.scale.gain_error,
      offset_eV: fit.scale.offset_keV * 1000,
    },
  };
}

function interval(best: number, sd: number, most: number): Interval {
  return {
    best,
    lo90: Math.max(0, best - sigmas_90 * sd),
    hi90: Math.min(most, best + sigmas_90 * sd),
  };
}

function weightsOf(fit: Fit, dark_sd_pct: number): PieceIdentity["wt_pct"] {
  const n = SEEN.length;
  const seen = [...fit.fractions.values()].reduce((sum, value) => sum + value, 0);
  const scatter = Math.max(1, fit.chi2_reduced);
  const weights: Record<string, Interval | { refused: string }> = { ...NEVER_SEEN };
  SEEN.forEach((element, k) => {
    const best = 100 * (fit.fractions.get(element) ?? 0);
    const refused = fit.coat || plated(fit) ? HIDDEN_BELOW_COAT[element] : undefined;
    if (refused !== undefined) {
      weights[element] = { refused };
      return;
    }
    if (fit.coat && !BELOW_COAT.has(element)) return;
    const counted = 1e4 * fit.covariance[k * n + k]! * scatter;
    const share = best / 100 / seen;
    const model_sd = Math.hypot(
      model_relative_sd,
      K_LINES_ABOVE_14_KEV.has(element) ? deep_relative_sd : 0,
      fit.coat ? below_coat_relative_sd : 0,
    );
    const overlap = fit.coat ? below_coat_overlap : 1;
    const modelled = model_sd * best * Math.sqrt(1 - share + share ** 2);
    const below = (OVERLAPS[element] ?? []).map(
      ([strong, part]) => overlap * part * 100 * (fit.fractions.get(strong) ?? 0),
    );
    const sd = Math.hypot(Math.sqrt(counted), modelled, share * dark_sd_pct, ...below);
    if (best === 0 && counted === 0) weights[element] = { best: 0, lo90: 0, hi90: limit_pct(fit, k) };
    else weights[element] = interval(best, sd, 100);
  });
  return weights;
}

/** What would have gone unnoticed of an element that was not found, weight percent. */
const limit_pct = (fit: Fit, k: number): number => 100 * (fit.limits[k] ?? 0);
