/** 95 % quantile of the normal distribution: a 90 % interval is best ± 1.645 sd. */
const K_90 = 1.6448536269514722;

/** Milligrams as kilograms or grams, with as many digits as they are worth. */
export function mass(mg: number): string {
  const size = Math.abs(mg);
  if (size >= 1e9) return `${number(mg / 1e6, 1)} kg`;
  if (size >= 1e6) return `${number(mg / 1e6, 3)} kg`;
  if (size >= 1e3) return `${number(mg / 1e3, 2)} g`;
  return `${number(mg, 0)} mg`;
}

/** Best estimate and its 90 % interval in one notation, both in the unit of the larger. */
export function measuredMass(best: number, sd: number): string {
  if (sd === 0) return mass(best);
  const half = K_90 * sd;
  const [unit, per] =
    Math.max(Math.abs(best), half) >= 1e6
      ? ["kg", 1e6]
      : Math.max(Math.abs(best), half) >= 1e3
        ? ["g", 1e3]
        : ["mg", 1];
  const digits = Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(half / (per as number)))));
  return `${number(best / (per as number), digits)} ± ${number(half / (per as number), digits)} ${unit}`;
}

export const spread = (moves: Readonly<Record<string, number>>): number =>
  Math.hypot(...Object.values(moves));

export const number = (x: number, digits: number): string =>
  x.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const percent = (x: number, digits = 2): string => `${number(100 * x, digits)} %`;

export const day = (at: string): string =>
  new Date(at).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
export const instant = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

export const words = (name: string): string => name.replaceAll("_", " ");
