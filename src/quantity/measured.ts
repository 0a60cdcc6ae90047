/** What moves a measured value: a balance, a calibration, a family of devices. Values that share a cause share its name. */
export type CauseId = string;

/**
 * A best estimate, and how far each independent cause moves it (one standard uncertainty, signed).
 * Correlation is carried by shared causes, never guessed. The unit is the unit of the name that holds it.
 */
export interface Measured {
  readonly best: number;
  readonly moves: Readonly<Record<CauseId, number>>;
}

/** Coverage factor of a symmetric 90 % interval of a normal distribution: the 95 % quantile. */
export const K_90 = 1.6448536269514722;

export const exactly = (best: number): Measured => ({ best, moves: {} });

export const measured = (best: number, standard_uncertainty: number, cause: CauseId): Measured =>
  standard_uncertainty === 0 ? exactly(best) : { best, moves: { [cause]: standard_uncertainty } };

/** Standard uncertainty: independent causes add in quadrature. */
export const spread = (x: Measured): number => Math.hypot(...Object.values(x.moves));

/** The linear combination of measured values; moves of a shared cause add before squaring. */
export function combine(terms: readonly (readonly [coefficient: number, value: Measured])[]): Measured {
  let best = 0;
  // Names of causes differ from value to value: an object that is a dictionary from the start is filled four times as fast.
  const moves: Record<CauseId, number> = Object.create(null);
  for (const [coefficient, { best: value, moves: by }] of terms) {
    best += coefficient * value;
    for (const cause in by) moves[cause] = (moves[cause] ?? 0) + coefficient * (by[cause] ?? 0);
  }
  for (const cause of Object.keys(moves)) if (moves[cause] === 0) delete moves[cause];
  return { best, moves: Object.setPrototypeOf(moves, Object.prototype) };
}

export const scale = (coefficient: number, value: Measured): Measured => combine([[coefficient, value]]);
export const sum = (values: readonly Measured[]): Measured => combine(values.map((v) => [1, v] as const));
export const subtract = (a: Measured, b: Measured): Measured =>
  combine([
    [1, a],
    [-1, b],
  ]);

/** First-order product, e.g. dry mass times assay. */
export const multiply = (a: Measured, b: Measured): Measured => ({
  best: a.best * b.best,
  moves: combine([
    [b.best, { best: 0, moves: a.moves }],
    [a.best, { best: 0, moves: b.moves }],
  ]).moves,
});
