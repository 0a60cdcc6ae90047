/** What rounding leaves of a sum that should be one; a cell without ligand would be chased through it otherwise. */
const rounding = 2e-15;
/** Newton's error after a move is at most about the square of the move, so that a move this small leaves 1e-10. */
const last_move_fraction = 1e-5;

/**
 * The sum S = sum_j a_j c_j in one cell, from what the cell holds after one implicit step.
 *
 * With c_i = R_i S / (P S + Q a_i) the isotherm closes when g(S) = sum_i a_i R_i / (P S + Q a_i) - 1 = 0.
 * R_i >= 0 is what the cell has to divide, P what the liquid takes per unit of c, Q what the solid takes in all.
 * g falls and is convex, so Newton lands left of the root at once and then climbs to it; S = 0 is the cell
 * without ligand, whose solid stays as it is.
 *
 * @returns S, or NaN if it was not found in the steps allowed
 */
export function solveDenominator(
  supply: Float64Array,
  affinity: Float64Array,
  liquid: number,
  solid: number,
  guess: number,
): number {
  const count = affinity.length;
  let denominator = guess > 0 ? guess : 0;
  for (let tries = 0; tries < 100; tries++) {
    let value = -1;
    let slope = 0;
    for (let i = 0; i < count; i++) {
      const a = affinity[i]!;
      const inverse = 1 / (liquid * denominator + solid * a);
      const part = a * supply[i]! * inverse;
      value += part;
      slope += part * inverse;
    }
    if (Math.abs(value) <= rounding) return denominator;
    const move = value / (slope * liquid);
    const next = denominator + move;
    if (!(next > 0)) {
      if (denominator === 0) return 0;
      denominator = 0;
      continue;
    }
    denominator = next;
    if (Math.abs(move) <= last_move_fraction * next) return denominator;
  }
  return Number.NaN;
}
