import { decimals } from "../kit/show/figure-text.ts";

/** Up to so wide, over the value, an interval is written as half of it behind a ±; a wider one as its two ends. */
const ROUGH = 0.5;

/** Up to here it is sure enough to be written so, lopsided or not: by its wider side. */
const SURE = 0.05;

/** Decimals at which a width shows two digits. */
const placesOf = (width: number): number => Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(width))));

/** Three digits, and no more decimals than they need. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return "not known";
  if (value === 0) return "0";
  const places = Math.max(0, Math.min(9, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return decimals(value, places);
}

/** A figure as it is read: "123.4 ± 1.3", or "3 to 69, likely 36" where it is loose; plain where nothing moves it. */
export function drawnText(
  { best, interval_90 }: { readonly best: number; readonly interval_90: readonly [number, number] | null },
  per = 1,
): string {
  const value = best * per;
  if (interval_90 === null) return plain(value);
  const [low, high] = [interval_90[0] * per, interval_90[1] * per];
  const half = (high - low) / 2;
  const even = Math.abs((high + low) / 2 - value) <= 0.25 * half;
  const places = placesOf(half);
  const widest = Math.max(high - value, value - low);
  if (widest <= SURE * Math.abs(value))
    return `${decimals(value, placesOf(widest))} ± ${decimals(widest, placesOf(widest))}`;
  if (even && half <= ROUGH * Math.abs(value))
    return `${decimals(value, places)} ± ${decimals(half, places)}`;
  return `${decimals(low, places)} to ${decimals(high, places)}, likely ${decimals(value, places)}`;
}

/** "97 of 100", as chances are counted. */
export const chanceText = ({ probability }: { readonly probability: number }): string =>
  `${decimals(100 * probability, 0)} of 100`;
