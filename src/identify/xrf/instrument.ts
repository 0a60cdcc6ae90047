import { atom, attenuation } from "./atomic.ts";

/** A tube, a filter, a geometry and a detector; everything the forward model needs of an instrument. */
export interface Instrument {
  readonly tube_kV: number;
  /** Aluminium in the beam, grams per square centimetre. */
  readonly filter_g_per_cm2: number;
  /** Anode K lines over the continuum, in photons behind the filter. */
  readonly anode_lines_share: number;
  /** Beam and detector to the surface of the sample, degrees. */
  readonly angle_in_degrees: number;
  readonly angle_out_degrees: number;
  /** Silicon of the detector, grams per square centimetre. */
  readonly detector_g_per_cm2: number;
}

/**
 * A handheld with a rhodium tube at 50 kV behind 0.5 mm of aluminium (2.70 g/cm3), 45 degrees in and out, and 0.5 mm of
 * silicon (2.33 g/cm3). The share of the rhodium lines is fitted to the development spectra; for another instrument
 * it is measured on a piece that is known.
 */
export const HANDHELD: Instrument = {
  tube_kV: 50,
  filter_g_per_cm2: 0.135,
  anode_lines_share: 0.33,
  angle_in_degrees: 45,
  angle_out_degrees: 45,
  detector_g_per_cm2: 0.1165,
};

/** Energies at which the beam is summed, and photons in each. */
export interface Beam {
  readonly energy_keV: Float64Array;
  readonly photons: Float64Array;
}

const step_keV = 0.2;
const least_keV = 4;

/** Kramers' continuum behind the filter, with the K lines of rhodium in the bins they fall into. */
export function beamOf(instrument: Instrument): Beam {
  const { tube_kV, filter_g_per_cm2, anode_lines_share } = instrument;
  const bins = Math.max(1, Math.round((tube_kV - least_keV) / step_keV));
  const energy_keV = Float64Array.from({ length: bins }, (_, k) => least_keV + (k + 0.5) * step_keV);
  const aluminium = atom("Al");
  const photons = energy_keV.map(
    (energy) =>
      step_keV *
      Math.max(0, tube_kV / energy - 1) *
      Math.exp(-attenuation(aluminium, "total", energy) * filter_g_per_cm2),
  );
  const continuum = photons.reduce((sum, value) => sum + value, 0);
  const lines = atom("Rh").lines.filter(({ shell }) => shell === "K");
  const rates = lines.reduce((sum, { rate }) => sum + rate, 0);
  for (const { energy_keV: line, rate } of lines) {
    const bin = Math.floor((line - least_keV) / step_keV);
    if (bin >= 0 && bin < bins) photons[bin]! += (anode_lines_share * continuum * rate) / rates;
  }
  return { energy_keV, photons };
}

/** Share of the photons of an energy that the detector stops. */
export const efficiency = (instrument: Instrument, energy_keV: number): number =>
  1 - Math.exp(-attenuation(atom("Si"), "total", energy_keV) * instrument.detector_g_per_cm2);
