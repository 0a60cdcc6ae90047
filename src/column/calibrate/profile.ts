import { minimise, type Residuals, sumOfSquares } from "./least-squares.ts";

/** One parameter moved, all others fitted anew: how far until the fit is as much worse as the level allows. */
export interface Profile {
  /** 90 % interval; null where the data never close it before the bound of the parameter. */
  readonly interval_90: readonly [number | null, number | null];
  /** What was looked at: the value, and the root of the rise in chi squared, negative below the best. */
  readonly points: readonly { readonly value: number; readonly root: number }[];
}

export interface ProfileAsked {
  readonly model: Residuals;
  readonly point: readonly number[];
  readonly bounds: readonly { readonly min: number; readonly max: number }[];
  /** Sum of squares at the best point, and what one unit of chi squared is in it. */
  readonly least: number;
  readonly variance: number;
  /** Student's t of the level: the rise allowed is its square. */
  readonly t: number;
  readonly sd: readonly number[];
}

const LOOKS = 8;
/** Rounds of fitting the others: they start from where the last look left them. */
const ROUNDS = 5;
/** Near enough to the level, over it. */
const CLOSE = 0.02;
/** Farthest stride in logarithm, where the first order would step out of the world. */
const STRIDE_MAX = 2;

/** The profile of one parameter (Venzon and Moolgavkar, Appl. Stat. 37 (1988) 87, by a search along one line instead of their Newton steps). */
export function profileOf(asked: ProfileAsked, k: number): Profile {
  const low = side(asked, k, -1);
  const high = side(asked, k, 1);
  return {
    interval_90: [low.end, high.end],
    points: [...low.points, { value: Math.exp(asked.point[k]!), root: 0 }, ...high.points].sort(
      (a, b) => a.value - b.value,
    ),
  };
}

function side(asked: ProfileAsked, k: number, sign: 1 | -1) {
  const { point, bounds, t, sd } = asked;
  const edge = sign > 0 ? bounds[k]!.max - point[k]! : point[k]! - bounds[k]!.min;
  const points: { value: number; root: number }[] = [];
  let others = point.filter((_, i) => i !== k);
  const rootAt = (reach: number): number => {
    const found = fittedBeside(asked, { k, at: point[k]! + sign * reach, others });
    others = found?.others ?? others;
    const root = found
      ? Math.sqrt(Math.max(0, found.cost - asked.least) / asked.variance)
      : Number.POSITIVE_INFINITY;
    points.push({ value: Math.exp(point[k]! + sign * reach), root: sign * Math.min(root, 1e6) });
    return root;
  };
  if (edge <= 0) return { end: null, points };
  let within = 0;
  let rootWithin = 0;
  let beyond: number | undefined;
  let rootBeyond = 0;
  let reach = Math.min(edge, Math.max(1e-6, Math.min(STRIDE_MAX, t * sd[k]!)));
  for (let look = 0; look < LOOKS; look++) {
    const root = rootAt(reach);
    if (Math.abs(root / t - 1) < CLOSE) return { end: Math.exp(point[k]! + sign * reach), points };
    if (root < t) {
      if (reach >= edge) return { end: null, points };
      [within, rootWithin] = [reach, root];
    } else [beyond, rootBeyond] = [reach, root];
    // The root is nearly straight: between a look within and one beyond by the chord, else outward by its slope.
    const out = rootWithin > 0 ? (within * t) / rootWithin : Number.POSITIVE_INFINITY;
    reach =
      beyond === undefined
        ? Math.min(edge, Math.max(1.2 * within, Math.min(1.05 * out, within + STRIDE_MAX)))
        : within +
          (beyond - within) *
            Math.min(0.9, Math.max(0.1, (t - rootWithin) / (Math.min(rootBeyond, 10 * t) - rootWithin)));
  }
  return { end: beyond === undefined ? null : Math.exp(point[k]! + sign * beyond), points };
}

/** The others fitted while one is held. */
function fittedBeside(
  asked: ProfileAsked,
  given: { readonly k: number; readonly at: number; readonly others: readonly number[] },
): { readonly cost: number; readonly others: number[] } | undefined {
  const { k, at, others } = given;
  const whole = (rest: readonly number[]) => [...rest.slice(0, k), at, ...rest.slice(k)];
  const held: Residuals = (rest) => asked.model(whole(rest));
  if (others.length === 0) {
    const alone = held([]);
    return alone && { cost: sumOfSquares(alone), others: [] };
  }
  const found = minimise(
    held,
    others,
    asked.bounds.filter((_, i) => i !== k),
    ROUNDS,
  );
  return found && { cost: sumOfSquares(found.residuals), others: [...found.point] };
}
