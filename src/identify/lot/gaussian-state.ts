/** Jointly normal quantities: means and covariances, updated by readings one at a time. */
export interface GaussianState {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** A reading is the sum of chosen quantities plus independent noise. */
export interface Reading {
  readonly of: readonly number[];
  readonly value: number;
  readonly variance: number;
}

/** Covariance of every quantity with the sum of those chosen, and the variance of that sum. */
export function withSum(
  state: GaussianState,
  of: readonly number[],
): { readonly cross: readonly number[]; readonly variance: number; readonly mean: number } {
  const cross = state.covariance.map((row) => of.reduce((sum, j) => sum + (row[j] ?? 0), 0));
  return {
    cross,
    variance: of.reduce((sum, i) => sum + (cross[i] ?? 0), 0),
    mean: of.reduce((sum, i) => sum + (state.mean[i] ?? 0), 0),
  };
}

/** The conjugate update (Kalman 1960, scalar form). A reading of no doubt about what is certain changes nothing. */
export function observe(state: GaussianState, reading: Reading): GaussianState {
  const { cross, variance, mean } = withSum(state, reading.of);
  const total = variance + reading.variance;
  if (total <= 0) return state;
  const miss = reading.value - mean;
  return {
    mean: state.mean.map((m, i) => m + ((cross[i] ?? 0) / total) * miss),
    covariance: state.covariance.map((row, i) =>
      row.map((c, j) => c - ((cross[i] ?? 0) * (cross[j] ?? 0)) / total),
    ),
  };
}

/** Adds an independent quantity, such as a bias that several readings share. */
export function extend(state: GaussianState, mean: number, variance: number): GaussianState {
  const size = state.mean.length;
  return {
    mean: [...state.mean, mean],
    covariance: [
      ...state.covariance.map((row) => [...row, 0]),
      [...new Array<number>(size).fill(0), variance],
    ],
  };
}
