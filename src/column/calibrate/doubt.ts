import { normalMatrix } from "./least-squares.ts";

/** Covariance of the logarithms, and directions in which the data say little. */
export interface Doubt {
  readonly covariance: readonly (readonly number[])[];
  readonly correlation: readonly (readonly number[])[];
  /** Parameters along which nothing is fixed, each with its share of the direction. */
  readonly open: readonly { readonly name: string; readonly share: number }[][];
}

/** An eigenvalue this far below the largest is a direction the data do not see: the differences are no more accurate. */
const singular = 1e-7;

export function doubtOf(
  slopes: readonly (readonly number[])[],
  names: readonly string[],
  variance: number,
): Doubt {
  const { values, vectors } = eigen(normalMatrix(slopes));
  const most = Math.max(...values, Number.MIN_VALUE);
  const floored = values.map((value) => Math.max(value, singular * most));
  const covariance = names.map((_, i) =>
    names.map((_, j) =>
      floored.reduce((sum, value, k) => sum + (variance * vectors[k]![i]! * vectors[k]![j]!) / value, 0),
    ),
  );
  const correlation = covariance.map((row, i) =>
    row.map((value, j) => value / Math.sqrt(covariance[i]![i]! * covariance[j]![j]!)),
  );
  const open = values.flatMap((value, k) =>
    value > singular * most
      ? []
      : [
          names
            .map((name, i) => ({ name, share: vectors[k]![i]! }))
            .filter(({ share }) => Math.abs(share) > 0.1),
        ],
  );
  return { covariance, correlation, open };
}

/** Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations. */
export function eigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v: number[][] = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q] === 0) continue;
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const c = Math.cos(angle);
        const s = Math.sin(angle);
        for (let k = 0; k < n; k++) {
          const [kp, kq] = [a[k]![p]!, a[k]![q]!];
          a[k]![p] = c * kp - s * kq;
          a[k]![q] = s * kp + c * kq;
        }
        for (let k = 0; k < n; k++) {
          const [pk, qk] = [a[p]![k]!, a[q]![k]!];
          a[p]![k] = c * pk - s * qk;
          a[q]![k] = s * pk + c * qk;
          const [vp, vq] = [v[p]![k]!, v[q]![k]!];
          v[p]![k] = c * vp - s * vq;
          v[q]![k] = s * vp + c * vq;
        }
      }
  }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}

/** Two-sided 90 % point of the normal distribution. */
const z = 1.6448536269514722;

/** The 95 % quantile of Student's t by its expansion (Abramowitz and Stegun 26.7.5). */
export const student = (freedom: number): number =>
  z +
  (z ** 3 + z) / 4 / freedom +
  (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 / freedom ** 2 +
  (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 / freedom ** 3;

/** What two parameters are together known to: p^1 q^power, the short axis of their ellipse. */
export function knownTogether(covariance: readonly (readonly number[])[], i: number, j: number) {
  const { values, vectors } = eigen([
    [covariance[i]![i]!, covariance[i]![j]!],
    [covariance[j]![i]!, covariance[j]![j]!],
  ]);
  const short = values[0]! < values[1]! ? vectors[0]! : vectors[1]!;
  const [a, b] = [short[0]!, short[1]!];
  // Where the first hardly takes part the second alone is known, and a power would mean nothing.
  const power = Math.abs(a) > 1e-3 * Math.abs(b) ? b / a : null;
  const scale = power === null ? 1 : Math.hypot(1, power);
  return { power, sd_relative: Math.sqrt(Math.max(0, Math.min(...values))) * scale };
}

/** Chi squared of two degrees of freedom at 90 %: -2 ln 0.1. */
const chi2_90 = -2 * Math.log(0.1);
const corners = 36;

/** Corners of the 90 % region of two parameters, in their own units. */
export function ellipse(
  best: readonly number[],
  covariance: readonly (readonly number[])[],
  i: number,
  j: number,
): [number, number][] {
  const first = Math.sqrt(covariance[i]![i]!);
  const mixed = covariance[i]![j]! / first;
  const rest = Math.sqrt(Math.max(0, covariance[j]![j]! - mixed * mixed));
  const radius = Math.sqrt(chi2_90);
  // Where nothing is fixed the logarithm would leave the range of numbers.
  const within = (x: number) => Math.max(-50, Math.min(50, x));
  return Array.from({ length: corners }, (_, k) => {
    const angle = (2 * Math.PI * k) / corners;
    const x = radius * Math.cos(angle);
    const y = radius * Math.sin(angle);
    return [best[i]! * Math.exp(within(first * x)), best[j]! * Math.exp(within(mixed * x + rest * y))];
  });
}
