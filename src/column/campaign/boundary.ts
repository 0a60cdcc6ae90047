/**
 * A boundary of constant pattern between two neighbours, the front member leaving first; x is its mole fraction. Where the film
 * alone spreads it, x falls from front to rear by dz = -lambda (1 / x + alpha / (1 - x)) dx with lambda = HTU / (alpha - 1):
 * the long tail reaches into the front member. Where dispersion alone does, alpha stands over x and the long tail reaches into
 * the rear one. The two are added, which is exact for either alone. All lengths below are integrals of this, by own derivation.
 */
export interface Boundary {
  readonly alpha: number;
  readonly film_m: number;
  readonly dispersion_m: number;
}

/** Weights of 1 / x and of 1 / (1 - x). */
const weights = ({ alpha, film_m, dispersion_m }: Boundary) => ({
  rear: (film_m + alpha * dispersion_m) / (alpha - 1),
  front: (alpha * film_m + dispersion_m) / (alpha - 1),
});

/** From the local cut theta to 1 - theta. */
export const massTransferZone_m = (b: Boundary, theta: number): number =>
  (weights(b).rear + weights(b).front) * Math.log((1 - theta) / theta);

/** What the front member leaves beyond its cut, at which its neighbour's fraction is theta. */
export const lostByFront_m = (b: Boundary, theta: number): number =>
  weights(b).rear * (1 - theta) + weights(b).front * (theta - 1 - Math.log(theta));

/** What the rear member leaves ahead of its cut. */
export const lostByRear_m = (b: Boundary, theta: number): number =>
  weights(b).front * (1 - theta) + weights(b).rear * (theta - 1 - Math.log(theta));

/** What of the rear member gets into the front member's cut. */
export const intoFront_m = (b: Boundary, theta: number): number =>
  weights(b).front * theta + weights(b).rear * (-Math.log1p(-theta) - theta);

/** What of the front member gets into the rear member's cut. */
export const intoRear_m = (b: Boundary, theta: number): number =>
  weights(b).rear * theta + weights(b).front * (-Math.log1p(-theta) - theta);

/**
 * The local cut at which a band's mean purity is just the one asked. One theta at both ends takes most: there the last drop
 * at either end costs the same impurity. Undefined where the boundaries leave nothing of the band at any cut.
 */
export function cutOf(
  band_m: number,
  sides: { readonly ahead: Boundary | undefined; readonly behind: Boundary | undefined },
  purity_min: number,
): { readonly theta: number; readonly lost_m: number } | undefined {
  const { ahead, behind } = sides;
  if (!ahead && !behind) return { theta: 0.5, lost_m: 0 };
  const lost = (theta: number) =>
    (behind ? lostByFront_m(behind, theta) : 0) + (ahead ? lostByRear_m(ahead, theta) : 0);
  const impure = (theta: number) =>
    (behind ? intoFront_m(behind, theta) : 0) + (ahead ? intoRear_m(ahead, theta) : 0);
  const pure = (theta: number) => {
    const own = band_m - lost(theta);
    return own > 0 && own / (own + impure(theta)) >= purity_min;
  };
  // Own material grows and impurity falls away as the cut is made looser, down to where nothing is left of the band.
  let tight = -60;
  let loose = Math.log(0.5);
  if (pure(0.5)) return { theta: 0.5, lost_m: lost(0.5) };
  // Between "nothing left" and "too impure" there may be cuts that do; the loosest of a scan is refined.
  let found: number | undefined;
  for (let k = 0; k <= SCAN; k++) {
    const at = loose + ((tight - loose) * k) / SCAN;
    if (!pure(Math.exp(at))) continue;
    found = at;
    break;
  }
  if (found === undefined) return undefined;
  tight = found;
  loose = Math.min(loose, found + (60 + Math.log(0.5)) / SCAN);
  for (let k = 0; k < 50; k++) {
    const middle = (tight + loose) / 2;
    if (pure(Math.exp(middle))) tight = middle;
    else loose = middle;
  }
  const theta = Math.exp(tight);
  return { theta, lost_m: lost(theta) };
}

const SCAN = 240;
