import { assert } from "./result.ts";

export type Rounding = "down" | "up" | "halfEven";

/** Divides two whole numbers with one named rounding; exact for any size. */
function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  assert(denominator > 0n, "the denominator of a rounded division is positive");
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const floor = remainder < 0n ? quotient - 1n : quotient;
  if (rounding === "down") return floor;
  if (rounding === "up") return floor + 1n;
  const twice = 2n * (remainder < 0n ? remainder + denominator : remainder);
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/** `a * b / c` on safe integers with one rounding step. Throws a Fault when the result is not a safe integer. */
export function mulDiv(a: number, b: number, c: number, rounding: Rounding): number {
  const result = Number(divide(BigInt(a) * BigInt(b), BigInt(c), rounding));
  assert(Number.isSafeInteger(result), "a product of whole numbers stays a safe integer");
  return result;
}

/**
 * Shares a whole number out in proportion to the weights so that the parts add up to it exactly
 * (largest remainder; ties go to the earlier part).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  assert(Number.isSafeInteger(total), "what is apportioned is a whole number");
  assert(weights.every((w) => w >= 0) && sum > 0, "weights are not negative and not all zero");
  const exact = weights.map((w) => (total * w) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((x, i) => ({ i, remainder: x - Math.floor(x) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (let k = 0; k < left; k++) {
    const slot = order[k % order.length];
    assert(slot, "there is a part to give the remainder to");
    parts[slot.i] = (parts[slot.i] ?? 0) + 1;
  }
  return parts;
}
