/** Beyond this the series loses digits to its own size and the continued fraction is short. */
const SERIES_BELOW = 2;
const TERMS_MAX = 200;

/**
 * The probability that a normal variable lies more than `z` standard deviations above its mean: erfc(z / sqrt 2) / 2.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.6 (series) and 7.1.14 (continued fraction).
 */
export function normalAbove(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalAbove(-z);
  const x = z / Math.SQRT2;
  return (x < SERIES_BELOW ? 1 - erfBySeries(x) : erfcByFraction(x)) / 2;
}

function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < TERMS_MAX && term > sum * Number.EPSILON; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function erfcByFraction(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let below = x;
  for (let n = TERMS_MAX; n > 0; n--) below = x + n / 2 / below;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / below;
}
