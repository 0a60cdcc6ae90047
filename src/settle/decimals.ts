import { Decimal as AnyDecimal } from "decimal.js";

/**
 * Decimals of this room: wide enough that sums and products of anything readable here are exact
 * (12 + 12 digits in, quotients cut at 30 places, so products stay far below 120 digits).
 */
export const Decimal = AnyDecimal.clone({
  precision: 120,
  rounding: AnyDecimal.ROUND_HALF_EVEN,
  toExpNeg: -1000,
  toExpPos: 1000,
});
export type Decimal = AnyDecimal;

/** Decimal places to which a quotient is carried (SPEC S2). */
export const QUOTIENT_PLACES = 30;

export type RoundingMode = "half_up" | "half_even";

/** Text that is a decimal here: no exponent, no blanks, no grouping, bounded length (SPEC S1). */
const DECIMAL_TEXT = /^-?\d{1,12}(\.\d{1,12})?$/;

/** The decimal in a text, or undefined when it is not one. */
export const parseDecimal = (given: unknown): Decimal | undefined =>
  typeof given === "string" && DECIMAL_TEXT.test(given) ? new Decimal(given) : undefined;

/** Text of a figure this room carried: longer, because a quotient has up to 30 places and products of it more. */
const CARRIED_TEXT = /^-?\d{1,30}(\.\d{1,60})?$/;

/** As `parseDecimal`, for figures that a statement computed. */
export const parseCarried = (given: unknown): Decimal | undefined =>
  typeof given === "string" && CARRIED_TEXT.test(given) ? new Decimal(given) : undefined;

/** A decimal as plain text, all its digits, no exponent and no "-0". */
export const decimalText = (value: Decimal): string => (value.isZero() ? "0" : value.toFixed());

/** A quotient carried to 30 places, half to even (SPEC S2). */
export const divide = (left: Decimal, right: Decimal): Decimal =>
  left.div(right).toDecimalPlaces(QUOTIENT_PLACES, Decimal.ROUND_HALF_EVEN);

/** Rounds to decimal places; `half_up` is half away from zero, as the trade means it. */
export const roundTo = (value: Decimal, places: number, mode: RoundingMode): Decimal =>
  value.toDecimalPlaces(places, mode === "half_up" ? Decimal.ROUND_HALF_UP : Decimal.ROUND_HALF_EVEN);

export const sumOf = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), new Decimal(0));
