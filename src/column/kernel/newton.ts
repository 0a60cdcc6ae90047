import type { Step } from "./corrections.ts";
import type { CoupledCells } from "./coupled-cells.ts";
import type { Field } from "./field.ts";

/** Buffers of Newton's method for cells that dispersion couples. */
export interface Newton {
  /** Inverse of each cell's block after elimination, row by row; zeros where there is no ligand. */
  readonly inverse: Float64Array;
  /** Change of the liquid, per cell and species. */
  readonly change: Float64Array;
  /** A film's particles answer what they are given, x, with own x + drawn (sum of a own x). */
  readonly own: Float64Array;
  readonly drawn: Float64Array;
  readonly block: Float64Array;
  readonly right: Float64Array;
  /** The denominators, step and cells that the blocks were made for, and what S is foreseen to miss after the last move. */
  readonly at: Float64Array;
  readonly seconds: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  left: number;
}

export const newNewton = (cells: number, species: number): Newton => ({
  inverse: new Float64Array(cells * species * species),
  change: new Float64Array(cells * species),
  own: new Float64Array(cells * species),
  drawn: new Float64Array(cells * species),
  block: new Float64Array(species * species),
  right: new Float64Array(species),
  at: new Float64Array(cells),
  seconds: new Float64Array(cells),
  start: new Int32Array(cells),
  end: new Int32Array(cells),
  left: 0,
});

/**
 * Linearizes the coupled cells about their present liquid, with S = sum a_i c_i of it: one block of species a cell, diagonal less
 * rank one, coupled to its neighbours by multiples of the identity. For each species what a change takes from other cells
 * and species is less than what it puts into its own, so the elimination needs no pivots (an M-matrix by columns).
 *
 * @returns whether every pivot is positive, as it is but for rounding
 */
export function factorize(
  field: Field,
  coupled: CoupledCells,
  step: Step,
  start: number,
  end: number,
): boolean {
  const { species, denominator } = field;
  const { inflow, ahead, newton } = coupled;
  const { inverse, block } = newton;
  const size = species * species;
  newton.seconds.fill(step.seconds, start, end);
  newton.start.fill(start, start, end);
  newton.end.fill(end, start, end);
  newton.at.set(denominator.subarray(start, end), start);
  for (let j = start; j < end; j++) {
    if (denominator[j] === 0) {
      inverse.fill(0, j * size, (j + 1) * size);
      continue;
    }
    if (field.problem.film === undefined) blockOfCell(field, coupled, j);
    else blockThroughFilm(field, coupled, j);
    const coupling = j > start ? inflow[j]! * ahead[j - 1]! : 0;
    const before = (j - 1) * size;
    if (coupling > 0) for (let k = 0; k < size; k++) block[k]! -= coupling * inverse[before + k]!;
    if (!invert(block, species)) return false;
    inverse.set(block, j * size);
  }
  return true;
}

function blockOfCell(
  { species, problem, denominator, liquidNext }: Field,
  coupled: CoupledCells,
  j: number,
): void {
  const { takes, solid, newton } = coupled;
  const { affinity } = problem;
  const found = denominator[j]!;
  for (let i = 0; i < species; i++) {
    const held = (solid[j]! * affinity[i]!) / found;
    const drawn = (held * liquidNext[j * species + i]!) / found;
    for (let m = 0; m < species; m++) newton.block[i * species + m] = -drawn * affinity[m]!;
    newton.block[i * species + i]! += takes[j]! + held;
  }
}

/** The particles are eliminated first: the inverse of diagonal less rank one is diagonal plus rank one. */
function blockThroughFilm(
  { species, problem, denominator, poreNext }: Field,
  coupled: CoupledCells,
  j: number,
): void {
  const { takes, keeps, solid, exchange, newton } = coupled;
  const { own, drawn, block } = newton;
  const { affinity } = problem;
  const found = denominator[j]!;
  const from = j * species;
  let back = 0;
  for (let i = 0; i < species; i++) {
    const held = (solid[j]! * affinity[i]!) / found;
    const mine = 1 / (keeps[j]! + held);
    own[from + i] = mine;
    drawn[from + i] = ((held * poreNext[from + i]!) / found) * mine;
    back += affinity[i]! * drawn[from + i]!;
  }
  const squared = exchange[j]! * exchange[j]!;
  for (let i = 0; i < species; i++) {
    drawn[from + i]! /= 1 - back;
    const down = squared * drawn[from + i]!;
    for (let m = 0; m < species; m++) block[i * species + m] = -down * affinity[m]! * own[from + m]!;
    block[i * species + i]! += takes[j]! - squared * own[from + i]!;
  }
}

/** In place, without pivots. */
function invert(block: Float64Array, n: number): boolean {
  for (let p = 0; p < n; p++) {
    const pivot = block[p * n + p]!;
    if (!(pivot > 0)) return false;
    const inverse = 1 / pivot;
    block[p * n + p] = 1;
    for (let m = 0; m < n; m++) block[p * n + m]! *= inverse;
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const factor = block[i * n + p]!;
      block[i * n + p] = 0;
      for (let m = 0; m < n; m++) block[i * n + m]! -= factor * block[p * n + m]!;
    }
  }
  return true;
}

/** S moves by at most this factor at a time. */
const farthest = 3;

/**
 * The liquid was found with the denominators `used`, and makes those of `field`, which differ. Moves them to where
 * the linearized cells have them agree.
 *
 * @returns the largest move, relative, times the liquid that it moves over the normality
 */
export function correct(field: Field, coupled: CoupledCells, start: number, end: number): number {
  const { species, denominator } = field;
  const { ahead, weight, newton } = coupled;
  const { inverse, change, right, at } = newton;
  const size = species * species;
  for (let j = start; j < end; j++) {
    ask(field, coupled, j, start);
    multiply(inverse, j * size, right, change, j * species, 0);
  }
  let most = 0;
  newton.left = 0;
  for (let j = end - 1; j >= start; j--) {
    const from = j * species;
    const found = denominator[j]!;
    if (found === 0) continue;
    if (j + 1 < end && ahead[j]! > 0) {
      for (let i = 0; i < species; i++) right[i] = ahead[j]! * change[from + species + i]!;
      multiply(inverse, j * size, right, change, from, 1);
    }
    const move = moved(field, coupled, j) / found;
    const counted = Math.abs(move) * weight[j]!;
    if (!(counted <= most)) most = counted;
    // A matrix made elsewhere errs in each cell by how far its S is from there.
    const left = (Math.abs(found / at[j]! - 1) + Math.abs(move)) * counted;
    if (!(left <= newton.left)) newton.left = left;
    denominator[j] = found * Math.max(1 / farthest, Math.min(farthest, 1 + move));
  }
  return most;
}

/** What a cell's balance misses because its liquid was found with another denominator than it makes. */
function ask(
  { species, problem, denominator, liquidNext, poreNext }: Field,
  coupled: CoupledCells,
  j: number,
  start: number,
): void {
  const { inflow, used, solid, exchange, newton } = coupled;
  const { change, own, drawn, right } = newton;
  const { affinity, film } = problem;
  const inside = film === undefined ? liquidNext : poreNext;
  const from = j * species;
  const apart = denominator[j]! > 0 ? solid[j]! * (1 / used[j]! - 1 / denominator[j]!) : 0;
  for (let i = 0; i < species; i++) right[i] = affinity[i]! * inside[from + i]! * apart;
  if (film !== undefined) {
    let sum = 0;
    for (let i = 0; i < species; i++) sum += affinity[i]! * own[from + i]! * right[i]!;
    for (let i = 0; i < species; i++) {
      const answer = own[from + i]! * right[i]! + drawn[from + i]! * sum;
      coupled.right[from + i] = answer;
      right[i] = exchange[j]! * answer;
    }
  }
  if (j > start) for (let i = 0; i < species; i++) right[i]! += inflow[j]! * change[from - species + i]!;
}

/** By how much S moves with the change of the cell's liquid. */
function moved({ species, problem }: Field, { exchange, newton, right }: CoupledCells, j: number): number {
  const { change, own, drawn } = newton;
  const { affinity, film } = problem;
  const from = j * species;
  let sum = 0;
  if (film === undefined) {
    for (let i = 0; i < species; i++) sum += affinity[i]! * change[from + i]!;
    return sum;
  }
  let [taken, back] = [0, 0];
  for (let i = 0; i < species; i++) {
    const k = from + i;
    sum += affinity[i]! * own[k]! * exchange[j]! * change[k]!;
    taken += affinity[i]! * right[k]!;
    back += affinity[i]! * drawn[k]!;
  }
  return taken + sum * (1 + back);
}

/** Block times vector, in place of what is there or added to it. */
function multiply(
  block: Float64Array,
  at: number,
  vector: Float64Array,
  into: Float64Array,
  from: number,
  kept: 0 | 1,
): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    let sum = kept === 1 ? into[from + i]! : 0;
    for (let m = 0; m < n; m++) sum += block[at + i * n + m]! * vector[m]!;
    into[from + i] = sum;
  }
}
