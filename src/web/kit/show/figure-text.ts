/** Half the width of a 90 % interval in standard uncertainties of a normal distribution (JCGM 100:2008, table G.1). */
export const K_90 = 1.645;

export type MassUnit = "t" | "kg" | "g" | "mg";

const MG_PER: Readonly<Record<MassUnit, number>> = { t: 1e9, kg: 1e6, g: 1e3, mg: 1 };

/** The most decimals a mass can have: the books hold whole milligrams. */
const DECIMALS_MAX: Readonly<Record<MassUnit, number>> = { t: 9, kg: 6, g: 3, mg: 0 };

/** The unit in which a mass reads easily; one unit for a whole column is asked with its largest. */
export function unitFor(mass_mg: number): MassUnit {
  const size = Math.abs(mass_mg);
  if (size >= 1e9 * 100) return "t";
  if (size >= 1e5) return "kg";
  return size >= 100 ? "g" : "mg";
}

const formats = new Map<number, Intl.NumberFormat>();

/** A number with thousands separated and a fixed number of decimals; minus as a minus sign. */
export function decimals(value: number, places: number): string {
  const format =
    formats.get(places) ??
    new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  formats.set(places, format);
  const text = format.format(value);
  return (/[1-9]/.test(text) ? text : text.replace("-", "")).replace("-", "\u2212");
}

/** A count, with thousands separated. */
export const whole = (count: number): string => decimals(count, 0);

/** Decimals so that the doubt shows two digits when it starts with 1, one otherwise. */
export function placesFor(half: number): number {
  if (!(half > 0)) return 0;
  const exponent = Math.floor(Math.log10(half));
  const leading = half / 10 ** exponent;
  return Math.max(0, (leading < 1.95 ? 1 : 0) - exponent);
}

/** Decimals that show four significant digits, and no more than `most`. */
function significant(value: number, most: number): number {
  if (value === 0) return 0;
  return Math.min(most, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value)))));
}

export interface FigureText {
  readonly best: string;
  /** Half the 90 % interval; absent where no doubt is stated. */
  readonly half?: string;
  readonly unit: string;
}

/** "12.3 ± 0.4 kg": a mass with half its 90 % interval. A mass without a stated doubt shows at least four digits. */
export function massText(mass_mg: number, given: { sd_mg?: number; unit?: MassUnit } = {}): FigureText {
  // Nothing, give or take a kilogram, is said in kilograms.
  const unit = given.unit ?? unitFor(Math.max(Math.abs(mass_mg), K_90 * (given.sd_mg ?? 0)));
  const value = mass_mg / MG_PER[unit];
  const half = (K_90 * (given.sd_mg ?? 0)) / MG_PER[unit];
  if (!(half > 0)) return { best: decimals(value, significant(value, DECIMALS_MAX[unit])), unit };
  const places = Math.min(placesFor(half), DECIMALS_MAX[unit]);
  return { best: decimals(value, places), half: decimals(half, places), unit };
}

/** A plain number with its standard uncertainty, in the same notation. */
export function numberText(value: number, given: { sd?: number; unit?: string } = {}): FigureText {
  const half = K_90 * (given.sd ?? 0);
  const unit = given.unit ?? "";
  if (!(half > 0)) return { best: decimals(value, significant(value, 6)), unit };
  const places = Math.min(placesFor(half), 9);
  return { best: decimals(value, places), half: decimals(half, places), unit };
}

/** A purity or yield in percent; near 100 % as many digits as there are nines to tell apart. */
export function percentText(fraction: number): string {
  const missing = Math.abs(1 - fraction);
  const places = missing === 0 || missing >= 0.1 ? 1 : Math.min(5, Math.floor(-Math.log10(missing)));
  return `${decimals(fraction * 100, places)} %`;
}

/** One standard uncertainty of a measured value: its independent causes in quadrature. */
export const spreadOf = (measured: { readonly moves: Readonly<Record<string, number>> }): number =>
  Math.hypot(...Object.values(measured.moves));

/** "at_the_bench" as people read it. */
export const words = (name: string): string => name.replaceAll("_", " ");

/** The beginning of a sentence, or of a label that stands alone. */
export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** An instant as its date, and its time where it matters; both in the reader's own zone. */
export function dateText(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  if (/^\d{4}-\d\d-\d\d$/.test(at)) return dayFormat("UTC").format(time);
  return dayFormat().format(time);
}

/** A sentence with its days as everything else here writes them. */
export const datesIn = (text: string): string => text.replace(/\b\d{4}-\d\d-\d\d\b/g, dateText);

export function timeText(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  return new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" }).format(time);
}

const dayFormat = (timeZone?: string) =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "medium", ...(timeZone ? { timeZone } : {}) });

/** A decimal text with its thousands separated and every digit kept: what an agreement prints is not rounded again. */
export function groupedText(text: string): string {
  const found = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (!found) return text;
  const [, sign = "", whole = "0", part = ""] = found;
  return `${sign ? "\u2212" : ""}${thousands(whole)}${part}`;
}

const thousands = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * A decimal text, as the books carry money and oxide, rounded half up to `places` without passing through a binary float.
 * What is not a decimal is shown as it is.
 */
export function exactText(text: string, places: number): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return text;
  const [, sign = "", whole = "0", part = ""] = found;
  const digits = BigInt(whole + part.slice(0, places).padEnd(places, "0"));
  const rounded = String(digits + (part.charAt(places) >= "5" ? 1n : 0n)).padStart(places + 1, "0");
  const head = thousands(rounded.slice(0, rounded.length - places));
  const tail = places > 0 ? `.${rounded.slice(rounded.length - places)}` : "";
  return `${sign && /[1-9]/.test(rounded) ? "\u2212" : ""}${head}${tail}`;
}
