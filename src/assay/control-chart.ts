/**
 * Warning limits at two standard deviations, action limits at three. Source: W. A. Shewhart's chart for single values as
 * in ISO 7870-2 (Shewhart control charts).
 */
const WARNING_SD = 2;
const ACTION_SD = 3;

/** Fewer results than this do not set limits of their own. Source: CLSI C24 (statistical quality control), 20 results at least. */
export const OWN_LIMITS_RESULTS_MIN = 20;

/**
 * Rules of the chart. Source: J. O. Westgard et al., Clinical Chemistry 27 (1981) 493–501: 1_2s warns; 1_3s and 2_2s reject.
 * 1_2s: one result beyond two standard deviations. 1_3s: one beyond three. 2_2s: two in a row beyond two on the same side.
 */
export type ChartRule = "1_2s" | "1_3s" | "2_2s";

export interface ChartLimits {
  readonly centre: number;
  readonly sd: number;
  readonly warning: readonly [low: number, high: number];
  readonly action: readonly [low: number, high: number];
}

export interface ChartPoint {
  readonly check: string;
  readonly at: string;
  readonly value: number;
}

export interface JudgedPoint extends ChartPoint {
  /** How many standard deviations from the centre, signed. */
  readonly z: number;
  readonly rules: readonly ChartRule[];
}

export type ChartState = "in_control" | "warning" | "out_of_control";

export const limitsAbout = (centre: number, sd: number): ChartLimits => ({
  centre,
  sd,
  warning: [centre - WARNING_SD * sd, centre + WARNING_SD * sd],
  action: [centre - ACTION_SD * sd, centre + ACTION_SD * sd],
});

/** Limits from the laboratory's own first results: their mean and their standard deviation. */
export function ownLimits(points: readonly ChartPoint[]): ChartLimits | undefined {
  const first = points.slice(0, OWN_LIMITS_RESULTS_MIN).map((p) => p.value);
  if (first.length < OWN_LIMITS_RESULTS_MIN) return undefined;
  const mean = first.reduce((sum, x) => sum + x, 0) / first.length;
  const squares = first.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (first.length - 1));
  return sd > 0 ? limitsAbout(mean, sd) : undefined;
}

/** Judges results in the order of time. */
export function judged(points: readonly ChartPoint[], limits: ChartLimits): JudgedPoint[] {
  let before = 0;
  return points.map((point) => {
    const z = (point.value - limits.centre) / limits.sd;
    const rules: ChartRule[] = [];
    if (Math.abs(z) > WARNING_SD) rules.push("1_2s");
    if (Math.abs(z) > ACTION_SD) rules.push("1_3s");
    if (Math.abs(z) > WARNING_SD && Math.abs(before) > WARNING_SD && z * before > 0) rules.push("2_2s");
    before = z;
    return { ...point, z, rules };
  });
}

/** What the last result says of the measurement now. */
export function stateOf(points: readonly JudgedPoint[]): ChartState | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  if (last.rules.includes("1_3s") || last.rules.includes("2_2s")) return "out_of_control";
  return last.rules.length > 0 ? "warning" : "in_control";
}
