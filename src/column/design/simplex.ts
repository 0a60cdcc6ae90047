/**
 * Least value of a function of few variables without slopes: Nelder and Mead, Comput. J. 7 (1965) 308, with the usual
 * factors 1, 2, 1/2, 1/2. Ends after so many evaluations, or when the simplex has become small. Nothing in it is random.
 */
export function simplex(
  value: (x: readonly number[]) => number,
  given: { readonly start: readonly number[]; readonly step: readonly number[]; readonly evaluations: number; readonly small: number },
): { readonly x: readonly number[]; readonly value: number; readonly evaluations: number } {
  let used = 0;
  const at = (x: readonly number[]) => {
    used += 1;
    return { x, f: value(x) };
  };
  let points = [at(given.start)];
  for (const [i, step] of given.step.entries()) points.push(at(given.start.map((v, k) => (k === i ? v + step : v))));
  const along = (from: readonly number[], to: readonly number[], t: number) => from.map((v, k) => v + t * (to[k]! - v));
  while (used < given.evaluations) {
    points.sort((a, b) => a.f - b.f);
    const best = points[0]!;
    const worst = points.at(-1)!;
    const second = points.at(-2)!;
    if (points.every((p) => p.x.every((v, k) => Math.abs(v - best.x[k]!) < given.small))) break;
    const middle = best.x.map((_, k) => points.slice(0, -1).reduce((sum, p) => sum + p.x[k]!, 0) / (points.length - 1));
    const mirrored = at(along(worst.x, middle, 2));
    let better: typeof mirrored | undefined;
    if (mirrored.f < best.f) {
      const further = at(along(worst.x, middle, 3));
      better = further.f < mirrored.f ? further : mirrored;
    } else if (mirrored.f < second.f) better = mirrored;
    else {
      const nearer = at(mirrored.f < worst.f ? along(worst.x, middle, 1.5) : along(worst.x, middle, 0.5));
      if (nearer.f < Math.min(worst.f, mirrored.f)) better = nearer;
    }
    if (better) points = [...points.slice(0, -1), better];
    else points = [best, ...points.slice(1).map((p) => at(along(best.x, p.x, 0.5)))];
  }
  points.sort((a, b) => a.f - b.f);
  return { x: points[0]!.x, value: points[0]!.f, evaluations: used };
}
