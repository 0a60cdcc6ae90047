import { Decimal } from "decimal.js";
import { normalAbove } from "../quantity/index.ts";

/**
 * How results are judged against limits: one at or within its limit is accepted, whatever its doubt. How likely such a yes is
 * false is printed beside it. Source: JCGM 106:2012, 8.2 (simple acceptance) and 7.4 (one-sided interval, normal law).
 */
export const DECISION_RULE = "simple acceptance (JCGM 106:2012, 8.2)";

/** Less than this is printed as less than this. */
const LEAST = 1e-6;

/** The probability, never nothing where there is doubt, that a value is beyond its limit although its reading is not: `room` is how far inside the reading lies. */
export const beyondLimit = (room: Decimal, u: Decimal): number =>
  u.isZero() ? 0 : Math.max(Number.MIN_VALUE, normalAbove(room.div(u).toNumber()));

/** Two digits, as text: "0.49", "0", "<0.000001". */
export function probabilityText(p: number): string {
  if (p === 0) return "0";
  return p < LEAST ? `<${new Decimal(LEAST).toFixed()}` : new Decimal(p).toSignificantDigits(2).toFixed();
}

/**
 * That at least one of several is beyond its limit. Readings are independent, and a sum of them only rises with each: so that
 * the probability that all lie within is at least the product, and this is never too small (Harris 1960).
 */
export const anyBeyond = (each: readonly number[]): number =>
  0 - Math.expm1(each.reduce((sum, p) => sum + Math.log1p(-p), 0));
