import type { Pulse } from "./pulse.ts";

interface Known {
  readonly best: number;
  readonly sd: number;
}

export interface Widths {
  readonly peak_s: Known;
  readonly height: number;
  /** Between the two sides at half the height. */
  readonly half_width_s: Known;
  /** From the front side to the peak and from the peak to the rear side, at a tenth of the height. */
  readonly front_s: Known;
  readonly rear_s: Known;
}

/**
 * How far from a level, as a part of it, readings are taken together: no further than the noise asks for, since a skewed pulse bends,
 * and far enough that single readings do not decide.
 */
const reachOf = (noise: number, level: number, most: number) =>
  Math.min(most, Math.max(0.05, (8 * noise) / level));
const readings_least = 4;

/**
 * The peak by a parabola through the logarithm of its top, and each side at a height by a straight line of time over
 * sqrt(ln(height / signal)) through the readings around it: both are exact on a Gaussian, whatever the spacing of readings.
 */
export function widthsOf(pulse: Pulse): Widths {
  const { peak_s, height } = topOf(pulse);
  const side = (way: 1 | -1, part: number) => sideAt(pulse, { way, part, height });
  const [front_half, rear_half] = [side(-1, 0.5), side(1, 0.5)];
  const [front, rear] = [side(-1, 0.1), side(1, 0.1)];
  return {
    peak_s,
    height,
    half_width_s: apart(rear_half, front_half),
    front_s: apart(peak_s, front),
    rear_s: apart(rear, peak_s),
  };
}

const apart = (late: Known, early: Known): Known => ({
  best: late.best - early.best,
  sd: Math.hypot(late.sd, early.sd),
});

function topOf({ time_s, above, peak, height, noise }: Pulse): { peak_s: Known; height: number } {
  const least = (1 - reachOf(noise, height, 0.25)) * height;
  let [from, to] = [peak, peak];
  while (from > 0 && above[from - 1]! > least) from--;
  while (to < above.length - 1 && above[to + 1]! > least) to++;
  [from, to] = [Math.min(from, peak - 1), Math.max(to, peak + 1)];
  const middle = time_s[peak]!;
  const scale = (time_s[to]! - time_s[from]!) / 2;
  const points = time_s.slice(from, to + 1).map((t, i) => {
    const value = above[from + i]!;
    return { x: (t - middle) / scale, y: Math.log(value / height), weight: (value / height) ** 2 };
  });
  const [a, b, c] = parabola(points);
  const x = Math.max(-1, Math.min(1, -b / (2 * c)));
  // The slope at the top is known to the noise over the readings used, and the bend turns it into time.
  const moments = points.reduce((sum, p) => sum + p.weight * p.x * p.x, 0);
  const sd = ((noise / height) * scale) / (2 * Math.abs(c) * Math.sqrt(moments));
  return { peak_s: { best: middle + x * scale, sd }, height: height * Math.exp(a + b * x + c * x * x) };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** a + b x + c x², least squares by the normal equations. */
function parabola(points: readonly Point[]): [number, number, number] {
  const sum = (of: (p: Point) => number) => points.reduce((total, p) => total + p.weight * of(p), 0);
  const s = [0, 1, 2, 3, 4].map((k) => sum((p) => p.x ** k));
  const r = [0, 1, 2].map((k) => sum((p) => p.y * p.x ** k));
  const det3 = (m: readonly (readonly number[])[]): number => {
    const [[a, b, c], [d, e, f], [g, h, i]] = m as [number[], number[], number[]];
    return a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
  };
  const rows = [0, 1, 2].map((k) => [s[k]!, s[k + 1]!, s[k + 2]!]);
  const whole = det3(rows);
  const replaced = (column: number) =>
    det3(rows.map((row, k) => row.map((value, j) => (j === column ? r[k]! : value)))) / whole;
  return [replaced(0), replaced(1), replaced(2)];
}

/** Where a side of the pulse stands at a part of its height. */
function sideAt(
  { time_s, above, peak, noise }: Pulse,
  { way, part, height }: { way: 1 | -1; part: number; height: number },
): Known {
  const level = part * height;
  const reach = reachOf(noise, level, 0.5);
  let inner = peak;
  while (above[inner + way]! > Math.min((1 + reach) * level, 0.9 * height)) inner += way;
  let outer = inner;
  const beyond = () => Math.abs(outer - inner) + 1 >= readings_least && above[outer]! < (1 - reach) * level;
  while (outer + way >= 0 && outer + way < above.length && !beyond()) outer += way;
  // The two readings around the level are always among them.
  if (above[inner]! < level) inner -= way;
  const among = Array.from({ length: Math.abs(outer - inner) + 1 }, (_, k) => inner + k * way).filter(
    (k) => above[k]! > 0 && above[k]! < height,
  );
  const points = among.map((k) => ({
    x: Math.sqrt(Math.log(height / above[k]!)),
    y: time_s[k]!,
    // A reading errs by the noise, its time on the side by the noise over the slope.
    weight: Math.log(height / above[k]!) * above[k]! ** 2,
  }));
  const target = Math.sqrt(-Math.log(part));
  const total = points.reduce((sum, p) => sum + p.weight, 0);
  const mean = points.reduce((sum, p) => sum + p.weight * p.x, 0) / total;
  const time = points.reduce((sum, p) => sum + p.weight * p.y, 0) / total;
  const spread = points.reduce((sum, p) => sum + p.weight * (p.x - mean) ** 2, 0);
  const slope = points.reduce((sum, p) => sum + p.weight * (p.x - mean) * (p.y - time), 0) / spread;
  // dy/dt of the signal where x is the target: signal * 2 x / (dt/dx).
  const steepness = (level * 2 * target) / Math.abs(slope);
  const readings = total / Math.max(...points.map((p) => p.weight));
  return { best: time + slope * (target - mean), sd: noise / steepness / Math.sqrt(readings) };
}
