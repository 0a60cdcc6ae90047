import { normalBelow } from "./normal.ts";

/** The logarithm of the gamma function for x > 0: Stirling's series after shifting x above 20 (DLMF 5.11.1). */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 20) {
    shift += Math.log(at);
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}

const TERMS_MAX = 1000;
const SMALL = 1e-15;

/** Distribution function of the gamma law of this shape and unit scale: power series below, continued fraction above (DLMF 8.11.4, 8.9.2). */
export function gammaBelow(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let [term, sum] = [1 / shape, 1 / shape];
    for (let n = 1; n < TERMS_MAX && term > SMALL * sum; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return front * sum;
  }
  // Lentz's way with the continued fraction of the upper part.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < TERMS_MAX; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < SMALL) break;
  }
  return 1 - front * fraction;
}

const Z_MAX = 5;
const KNOTS = 400;
const tables = new Map<number, Float64Array>();

/**
 * A standard normal draw as a draw of the gamma law with mean 1 and this spread, by equal probabilities; so draws that
 * are tied stay tied. Beyond five standard deviations the last value stands. Interpolated to about 1e-3 of the spread.
 */
export function gammaOf(z: number, spread: number): number {
  const table = tables.get(spread) ?? tableOf(spread);
  const at = ((Math.max(-Z_MAX, Math.min(Z_MAX, z)) + Z_MAX) / (2 * Z_MAX)) * KNOTS;
  const low = Math.min(KNOTS - 1, Math.floor(at));
  const here = table[low] ?? 0;
  return here + (at - low) * ((table[low + 1] ?? here) - here);
}

function tableOf(spread: number): Float64Array {
  const shape = 1 / spread ** 2;
  const table = new Float64Array(KNOTS + 1);
  let low = 0;
  for (let k = 0; k <= KNOTS; k++) {
    const p = normalBelow(-Z_MAX + (2 * Z_MAX * k) / KNOTS);
    let high = Math.max(1, 2 * low);
    while (gammaBelow(shape, high) < p) high *= 2;
    let from = low;
    for (let i = 0; i < 50; i++) {
      const middle = (from + high) / 2;
      if (gammaBelow(shape, middle) < p) from = middle;
      else high = middle;
    }
    low = from;
    table[k] = low / shape;
  }
  tables.set(spread, table);
  return table;
}
