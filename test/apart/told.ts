import type { Entry } from "../../src/ledger/index.ts";

/** Shorter texts and rounder numbers are everybody's: a grade, a day, a share. */
const TELLING_LETTERS = 6;
const TELLING_DIGITS = 7;

/** The values of a JSON value that could only come from where they stand: names, words and exact numbers. */
export function tellingValues(value: unknown, into: Set<string> = new Set()): Set<string> {
  if (typeof value === "string") {
    if (value.length >= TELLING_LETTERS && !isInstant(value)) into.add(value);
  } else if (typeof value === "number") {
    if (String(Math.abs(value)).replace(/\D/g, "").replace(/0+$/, "").length >= TELLING_DIGITS)
      into.add(String(value));
  } else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) tellingValues(inner, into);
  }
  return into;
}

/** Instants are in the header of every entry. */
const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text);

/** What the header of an entry tells everyone. */
export const headerValues = ({ seq, time, kind, sealed, prev, hash }: Entry): Set<string> =>
  tellingValues([seq, time, kind, sealed, prev, hash]);
