import type { Spectrum } from "./spectrum.ts";

/** Where the lines lie and how wide they are, as fitted. */
export interface Scale {
  /** Fitted energy = (1 + gain_error) x nominal + offset. */
  readonly gain_error: number;
  readonly offset_keV: number;
  /** Full width at half maximum at Mn K alpha, 5.9 keV. */
  readonly width_keV: number;
}

export const USUAL_SCALE: Scale = { gain_error: 0, offset_keV: 0, width_keV: 0.14 };

const fwhm_per_sigma = 2 * Math.sqrt(2 * Math.LN2);
/** Fano factor and energy per electron-hole pair of silicon: 0.115 and 3.65 eV (Knoll, Radiation Detection, 4th ed., ch. 11). */
const fano_keV = 0.115 * 0.00365;
const reference_keV = 5.9;

export const sigma_keV = (energy_keV: number, width_keV: number): number =>
  Math.sqrt(
    Math.max(1e-6, (width_keV / fwhm_per_sigma) ** 2 + fano_keV * Math.max(-4, energy_keV - reference_keV)),
  );

/** One line on the channels it reaches: its shape per unit area, and how that changes with place and width. */
export interface Peak {
  readonly first: number;
  readonly shape: Float64Array;
  readonly byPlace: Float64Array;
  readonly byWidth: Float64Array;
}

const reach_sigmas = 5;

export function peakOf(spectrum: Spectrum, scale: Scale, energy_keV: number): Peak {
  const { e0_keV, step_keV, counts } = spectrum;
  const place = (1 + scale.gain_error) * energy_keV + scale.offset_keV;
  const sigma = sigma_keV(energy_keV, scale.width_keV);
  const reach = reach_sigmas * sigma;
  const first = Math.max(0, Math.floor((place - reach - e0_keV) / step_keV));
  const end = Math.min(counts.length, Math.ceil((place + reach - e0_keV) / step_keV));
  const length = Math.max(0, end - first);
  const shape = new Float64Array(length);
  const byPlace = new Float64Array(length);
  const byWidth = new Float64Array(length);
  const height = step_keV / (sigma * Math.sqrt(2 * Math.PI));
  const widening = scale.width_keV / (fwhm_per_sigma ** 2 * sigma);
  for (let i = 0; i < length; i++) {
    const off = (e0_keV + (first + i + 0.5) * step_keV - place) / sigma;
    const value = height * Math.exp(-0.5 * off * off);
    shape[i] = value;
    byPlace[i] = (value * off) / sigma;
    byWidth[i] = (value * (off * off - 1) * widening) / sigma;
  }
  return { first, shape, byPlace, byWidth };
}
