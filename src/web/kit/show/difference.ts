import { decimals, type MassUnit, unitFor } from "./figure-text.ts";

const MG_PER: Readonly<Record<MassUnit, number>> = { t: 1e9, kg: 1e6, g: 1e3, mg: 1 };

/** How usual a difference of two weighings is, by how many standard uncertainties it is from nothing. */
export function howUsual(difference_mg: number, sd_mg: number): string {
  const z = sd_mg > 0 ? Math.abs(difference_mg) / sd_mg : Math.abs(difference_mg) > 1 ? Infinity : 0;
  if (z <= 1) return "usual for this scale";
  if (z <= 2) return "not unusual for this scale";
  if (z <= 3) return "rare for this scale, yet within what it errs";
  return "more than the scale errs: something came or went";
}

/** How much one weighing is of another: "12 g lighter than the books". Less than half a milligram is nothing that a scale shows. */
export function sizeWords(difference_mg: number, than: string): string {
  const shown_mg = Math.round(difference_mg);
  if (shown_mg === 0) return `the same as ${than}`;
  const unit = unitFor(shown_mg);
  const size = Math.abs(shown_mg) / MG_PER[unit];
  const places = unit === "mg" ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const side = shown_mg < 0 ? "lighter" : "heavier";
  return `${decimals(size, places).replace(/\.0+$/, "")} ${unit} ${side} than ${than}`;
}

/** A difference as a person at a scale reads it: "12 g lighter than the books, usual for this scale". */
export function differenceWords(difference_mg: number, sd_mg: number, than: string): string {
  const size = sizeWords(difference_mg, than);
  return Math.round(difference_mg) === 0 ? size : `${size}, ${howUsual(difference_mg, sd_mg)}`;
}
