/** A point looked at, in units of the first steps from the start. */
interface Looked {
  readonly x: readonly number[];
  readonly value: number;
}

/** c + g d + d H d / 2 around the best point; H is symmetric. */
interface Model {
  readonly g: readonly number[];
  readonly H: readonly (readonly number[])[];
}

export interface ModelSearchAsked {
  readonly start: readonly number[];
  /** First steps; a variable whose step is nought is held. */
  readonly step: readonly number[];
  readonly evaluations: number;
  /** A point is doubted, and at last believed, when its model has failed down to this radius or promises no more than `gain`. */
  readonly small: number;
  readonly gain: number;
  /** Values from here on say that nothing works there: they bound the search and are kept out of its model. */
  readonly useless: number;
}

/** Curvature a variable is taken to have before anything is known of it, in units of value per first step squared. */
const CURVATURE = 0.05;
/** How much a change of curvature must explain before it is believed. */
const RIDGE = 1e-3;
/** Points farther off than this many radii say nothing of the slope here. */
const NEAR = 2.5;
const RADIUS_MAX = 3;
/** How far off a lowest point is doubted, one time after the other, before it is believed. */
const DOUBTS = [1, 0.5];

/**
 * Least value of a smooth function of few variables without its slopes: a quadratic through the points near the best one,
 * its curvature changed as little as they ask for (the idea of Powell, Math. Program. 100 (2004) 183, here by ridged least
 * squares), is minimised within a radius that grows where the model foretells well and shrinks where it does not.
 */
export function modelSearch(
  value: (x: readonly number[]) => number,
  asked: ModelSearchAsked,
): { readonly x: readonly number[]; readonly value: number; readonly evaluations: number } {
  const free = asked.step.flatMap((size, k) => (size === 0 ? [] : [k]));
  const real = (x: readonly number[]) =>
    asked.start.map((v, k) => v + (free.includes(k) ? x[free.indexOf(k)]! * asked.step[k]! : 0));
  const looked: Looked[] = [];
  const look = (x: readonly number[]): Looked => {
    const point = { x, value: value(real(x)) };
    looked.push(point);
    return point;
  };
  let best = look(free.map(() => 0));
  // One step along each variable, and the other way where that did not help: enough for slopes, and half of the curvatures.
  for (const k of free.keys()) {
    for (const sign of [1, -1]) {
      const from = best;
      const tried = look(from.x.map((v, i) => (i === k ? v + sign : v)));
      if (tried.value < best.value) best = tried;
      if (best !== from) break;
    }
  }
  let radius = 1;
  let doubts = 0;
  let H: readonly (readonly number[])[] = free.map((_, i) => free.map((__, k) => (i === k ? CURVATURE : 0)));
  while (looked.length < asked.evaluations) {
    const model = fitted(looked, { best, radius, H, useless: asked.useless });
    H = model.H;
    const d = lowest(model, radius);
    const promised = -foretold(model, d);
    if (promised < asked.gain || radius < asked.small) {
      const reach = DOUBTS[doubts++];
      if (reach === undefined) break;
      // The model says this is the lowest point. It is asked once more, to the emptier side along every variable.
      radius = reach;
      const centre = best;
      for (const k of free.keys()) {
        const sign = looked.reduce(
          (sum, p) => sum + weightOf(p, centre, radius) * (p.x[k]! - centre.x[k]!),
          0,
        );
        const tried = look(centre.x.map((v, i) => (i === k ? v + (sign > 0 ? -radius : radius) : v)));
        if (tried.value < best.value) best = tried;
      }
      if (best !== centre) doubts--;
      continue;
    }
    const tried = look(best.x.map((v, i) => v + d[i]!));
    const got = best.value - tried.value;
    const reached = Math.max(...d.map(Math.abs)) > 0.99 * radius;
    if (got > 0.7 * promised && reached) radius = Math.min(RADIUS_MAX, 2 * radius);
    else if (got < 0.2 * promised) radius /= 2;
    if (got > 0) best = tried;
  }
  return { x: real(best.x), value: best.value, evaluations: looked.length };
}

/** Least squares on slopes and on changes of curvature, the latter ridged; points count less the farther they are. */
function fitted(
  looked: readonly Looked[],
  given: {
    readonly best: Looked;
    readonly radius: number;
    readonly H: readonly (readonly number[])[];
    readonly useless: number;
  },
): Model {
  const { best, radius, H, useless } = given;
  const n = best.x.length;
  const pairs = H.flatMap((_, i) => H.flatMap((__, k) => (k >= i ? [[i, k] as const] : [])));
  const size = n + pairs.length;
  const normal = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (__, b): number => (a === b ? (a < n ? 1e-9 : RIDGE) : 0)),
  );
  const right: number[] = new Array(size).fill(0);
  for (const { x, value } of looked) {
    if (value >= useless || x === best.x) continue;
    const d = x.map((v, i) => v - best.x[i]!);
    const weight = weightOf({ x }, best, radius);
    if (weight === 0) continue;
    const row = [...d, ...pairs.map(([i, k]) => (i === k ? d[i]! ** 2 / 2 : d[i]! * d[k]!))];
    const rest = value - best.value - foretold({ g: d.map(() => 0), H }, d);
    for (let a = 0; a < size; a++) {
      right[a] = right[a]! + weight * row[a]! * rest;
      for (let b = 0; b < size; b++) normal[a]![b] = normal[a]![b]! + weight * row[a]! * row[b]!;
    }
  }
  const answer = solved(normal, right);
  const changed = H.map((row) => [...row]);
  pairs.forEach(([i, k], p) => {
    changed[i]![k] = changed[i]![k]! + answer[n + p]!;
    changed[k]![i] = changed[i]![k]!;
  });
  return { g: answer.slice(0, n), H: changed };
}

function weightOf(point: Pick<Looked, "x">, centre: Looked, radius: number): number {
  const far = Math.max(...point.x.map((v, i) => Math.abs(v - centre.x[i]!))) / Math.max(radius, 0.5);
  return far > NEAR ? 0 : 1 / (1 + far ** 4);
}

const foretold = ({ g, H }: Model, d: readonly number[]): number =>
  d.reduce((sum, v, i) => sum + v * (g[i]! + 0.5 * H[i]!.reduce((s, h, k) => s + h * d[k]!, 0)), 0);

/** Lowest point of the model within the radius, one variable after the other until none moves; from both ends of each where it bends down. */
function lowest(model: Model, radius: number): number[] {
  const d = model.g.map(() => 0);
  for (let round = 0; round < 60; round++) {
    for (const k of d.keys()) {
      const slope = model.g[k]! + model.H[k]!.reduce((s, h, i) => s + (i === k ? 0 : h * d[i]!), 0);
      const bend = model.H[k]![k]!;
      const ends = [-radius, radius];
      const inner = bend > 0 ? [Math.min(radius, Math.max(-radius, -slope / bend))] : [];
      d[k] = [...ends, ...inner].reduce((a, b) =>
        slope * b + 0.5 * bend * b * b < slope * a + 0.5 * bend * a * a ? b : a,
      );
    }
  }
  return d;
}

/** Gaussian elimination; the matrix is positive definite by its ridge. */
function solved(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i]![k]! / matrix[k]![k]!;
      for (let j = k; j < n; j++) matrix[i]![j] = matrix[i]![j]! - factor * matrix[k]![j]!;
      right[i] = right[i]! - factor * right[k]!;
    }
  }
  const x = right.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let j = i + 1; j < n; j++) sum -= matrix[i]![j]! * x[j]!;
    x[i] = sum / matrix[i]![i]!;
  }
  return x;
}
