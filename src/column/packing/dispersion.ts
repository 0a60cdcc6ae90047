/**
 * Variance of the residence time over the square of its mean, of plug flow with dispersion in a vessel closed at both ends
 * (what enters is carried in, nothing diffuses back out): 2/Pe - 2/Pe² (1 - e^-Pe), Pe = u L / E.
 * Source: van der Laan, Chem. Eng. Sci. 7 (1958) 187; derived anew from the second derivative of the transfer function.
 */
export function closedVariance(peclet: number): number {
  // Below, the difference of two near ones loses its digits to the series 1 - Pe/3 + Pe²/12.
  if (peclet < 1e-3) return 1 - peclet / 3 + peclet ** 2 / 12;
  return 2 / peclet + (2 / peclet ** 2) * Math.expm1(-peclet);
}

/** The Peclet number of which the closed vessel has this variance, above 0 and below 1. */
export function pecletOf(variance: number): number {
  let [low, high] = [1e-6, Math.max(10, 4 / variance)];
  for (let k = 0; k < halvings; k++) {
    const middle = Math.sqrt(low * high);
    if (closedVariance(middle) > variance) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

const halvings = 80;

/**
 * What the film adds to that variance where the tracer enters pores: 2 p² / (k a L) u_s / (e + p)², e the void and p the pores over
 * the bed, k a the exchange over the bed. By own derivation: behind a film, 1/s in the transfer function becomes
 * 1/s (1 + p k a / (e (k a + p s))), whose second cumulant adds to that of dispersion exactly.
 */
export function filmVariance(bed: {
  readonly length_m: number;
  readonly superficial_m_per_s: number;
  readonly void_fraction: number;
  readonly particle_porosity: number;
  readonly particle_radius_m: number;
  readonly film_coefficient_m_per_s: number;
}): number {
  const { void_fraction: e, particle_porosity, particle_radius_m, film_coefficient_m_per_s } = bed;
  const pores = (1 - e) * particle_porosity;
  const exchange_per_s = (3 * (1 - e) * film_coefficient_m_per_s) / particle_radius_m;
  return (2 * pores ** 2 * bed.superficial_m_per_s) / (exchange_per_s * bed.length_m * (e + pores) ** 2);
}
