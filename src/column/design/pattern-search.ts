/**
 * Least value of a function of few variables without slopes: Hooke and Jeeves, J. ACM 8 (1961) 212. One variable after the
 * other is moved as far as it helps, with strides that double; when none helps, all steps are halved. Nothing in it is random.
 */
export function patternSearch(
  value: (x: readonly number[]) => number,
  given: {
    readonly start: readonly number[];
    readonly step: readonly number[];
    readonly evaluations: number;
    readonly small: number;
  },
): { readonly x: readonly number[]; readonly value: number; readonly evaluations: number } {
  let x = [...given.start];
  let best = value(x);
  let used = 1;
  let scale = 1;
  const moved = (k: number, by: number) => x.map((v, i) => (i === k ? v + by : v));
  while (used < given.evaluations && scale > given.small) {
    let helped = false;
    for (const [k, step] of given.step.entries()) {
      if (step === 0) continue;
      for (const sign of [1, -1]) {
        let stride = sign * scale * step;
        let went = false;
        while (used < given.evaluations) {
          const tried = moved(k, stride);
          const found = value(tried);
          used += 1;
          if (found >= best) break;
          x = tried;
          best = found;
          went = true;
          stride *= 2;
        }
        if (went) {
          helped = true;
          break;
        }
      }
    }
    if (!helped) scale /= 2;
  }
  return { x, value: best, evaluations: used };
}
