import { readMass } from "../quantity/index.ts";

export const QUANTITY_MAX = 100_000;

/** A cell that says nothing reads as null; one that says something else than asked, as undefined. */
export type Reading<T> = T | null | undefined;

/** A whole number of pieces, 1 to 100,000: "12", "1,200", "12 ea", "3.0". Negative, broken and zero counts are not read (N6). */
export function readQuantity(cell: string): Reading<number> {
  if (cell === "") return null;
  const found = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*(?:x|ea|each|pcs?|pieces|units?)?\.?$/i.exec(cell);
  const quantity = Number(found?.[1]?.replaceAll(",", ""));
  return found && quantity >= 1 && quantity <= QUANTITY_MAX ? quantity : undefined;
}

export interface Weight {
  readonly mass_mg: number;
  /** The cell names one unit and its column another: the cell was taken. */
  readonly units_differ: boolean;
}

const unitOf = (text: string): string | undefined =>
  /(?:^|[^a-z])(mg|kgs?|lbs?|g|oz|t|short ?tons?|tonnes?|tons?)(?:$|[^a-z])/i.exec(text)?.[1]?.toLowerCase();

/** Two spellings of one unit weigh the same. */
const sameUnit = (a: string, b: string): boolean => {
  const one = (unit: string) => {
    const read = readMass(`1 ${unit}`, "unit");
    return read.ok ? read.value : Number.NaN;
  };
  return one(a) === one(b);
};

/**
 * A weight with its unit from the cell, from a column of units, or from the header ("Weight (kg)"), in that order (N6).
 * Without any, or with a unit that is ambiguous such as "tons", it is not read: never guessed.
 */
export function readWeight(cell: string, stated: { unit: string; header: string }): Reading<Weight> {
  if (cell === "") return null;
  const besides = stated.unit === "" ? unitOf(stated.header) : stated.unit;
  const own = readMass(cell, "weight");
  if (own.ok) {
    const unit = unitOf(cell);
    const differ = besides !== undefined && unit !== undefined && !sameUnit(unit, besides);
    return { mass_mg: own.value, units_differ: differ };
  }
  if (besides === undefined || own.refusal.code !== "mass_unit_unknown") return undefined;
  const joined = /[a-z]/i.test(cell) ? own : readMass(`${cell} ${besides}`, "weight");
  return joined.ok ? { mass_mg: joined.value, units_differ: false } : undefined;
}

/** Serial numbers of a cell. Blanks divide them only where that gives one a piece: some serials hold a blank. */
export function readSerials(cell: string, quantity: number | null): string[] {
  const parts = cell
    .split(/[;,|\n]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const words = parts.flatMap((part) => part.split(/\s+/));
  return quantity !== null && words.length === quantity ? words : parts;
}

/** One spelling of a serial number, for telling whether it was seen before: capitals, without blanks and dashes. */
export const serialKey = (serial: string): string => serial.toUpperCase().replace(/[\s-]+/g, "");

/** The start of a text, for showing; a character of two halves is not cut in the middle. */
export const startOf = (text: string, characters: number): string => text.slice(0, characters).toWellFormed();

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** A cell fit to be kept: control characters and broken halves of characters become U+FFFD, and that is told. */
export function scrub(cell: string): { readonly text: string; readonly control: boolean } {
  const text = cell.toWellFormed().replace(CONTROL, "\ufffd");
  return { text: text.trim(), control: text !== cell };
}

/** Whether this is a file of another kind, or text in another encoding: more than one character in a hundred is a control character. */
export const looksBinary = (text: string): boolean => (text.match(CONTROL)?.length ?? 0) * 100 > text.length;
