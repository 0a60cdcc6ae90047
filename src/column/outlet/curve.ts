import type { OutletRecord } from "../kernel/march.ts";

/**
 * The outlet over time: concentrations, and what has left in all, per bed cross-section. Between the steps the
 * concentration runs straight and the total follows the cubic that has the flux as its slope at both ends.
 */
export interface Curve {
  readonly time_s: readonly number[];
  readonly rows: readonly number[];
  readonly species: number;
  readonly superficial_m_per_s: number;
}

export const curveOf = (record: OutletRecord, species: number, superficial_m_per_s: number): Curve => ({
  time_s: record.time_s,
  rows: record.rows,
  species,
  superficial_m_per_s,
});

/** Index of the last step that began at or before the time. */
function place(curve: Curve, time_s: number): number {
  let low = 0;
  let high = curve.time_s.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (curve.time_s[middle]! <= time_s) low = middle;
    else high = middle;
  }
  return low;
}

const partOfStep = (curve: Curve, at: number, time_s: number): number => {
  const from = curve.time_s[at]!;
  const to = curve.time_s[at + 1] ?? from;
  return to > from ? Math.min(1, Math.max(0, (time_s - from) / (to - from))) : 0;
};

/** Steps walked from one time to the next before the place is searched for. */
const walk_most = 8;

/** Outlet concentration of one species at each time, mol/m3. */
export function concentrations(curve: Curve, species: number, times_s: readonly number[]): number[] {
  const width = 2 * curve.species;
  let at = 0;
  return times_s.map((time_s) => {
    // Times mostly rise, and then the place is the last one or just behind it.
    if (!(curve.time_s[at]! <= time_s)) at = place(curve, time_s);
    for (let k = 0; k < walk_most && curve.time_s[at + 1]! <= time_s && at + 2 < curve.time_s.length; k++)
      at++;
    if (curve.time_s[at + 1]! <= time_s) at = place(curve, time_s);
    const part = partOfStep(curve, at, time_s);
    const first = curve.rows[at * width + species]!;
    const second = curve.rows[(at + 1) * width + species] ?? first;
    return first * (1 - part) + second * part;
  });
}

/** What has left of one species until a time, mol per m2 of bed. */
export function left_mol_per_m2(curve: Curve, species: number, time_s: number): number {
  const width = 2 * curve.species;
  const at = place(curve, time_s);
  const x = partOfStep(curve, at, time_s);
  const span = curve.superficial_m_per_s * ((curve.time_s[at + 1] ?? 0) - curve.time_s[at]!);
  const here = at * width + species;
  const next = here + width;
  const m0 = curve.rows[here + curve.species]!;
  const m1 = curve.rows[next + curve.species] ?? m0;
  const c0 = curve.rows[here]!;
  const c1 = curve.rows[next] ?? c0;
  if (x === 0) return m0;
  // Slopes up to three times the mean keep the cubic from turning back inside a step.
  const rise = m1 - m0;
  const most = 3 * Math.max(0, rise);
  const start = Math.min(span * c0, most) - rise;
  const end = Math.min(span * c1, most) - rise;
  return m0 + rise * x + x * (1 - x) * ((1 - x) * start - x * end);
}

/**
 * Sum of differences over sum of the reference, over the species and times given. Where the times are further apart
 * than fronts are wide, a front may fall between two of them and hide what it is off by; the times are then moved
 * towards their successors in so many phases, and the largest distance counts.
 */
export function distance_l1(
  curve: Curve,
  reference: Curve,
  choice: {
    readonly species: readonly number[];
    readonly times_s: readonly number[];
    readonly floor: number;
    readonly phases?: number;
  },
): number {
  const { times_s, phases = 1 } = choice;
  let most = 0;
  for (let phase = 0; phase < phases; phase++) {
    const part = phase / phases;
    const moved = times_s.map((time_s, k) => time_s + part * ((times_s[k + 1] ?? time_s) - time_s));
    most = Math.max(most, distanceAt(curve, reference, choice, moved));
  }
  return most;
}

function distanceAt(
  curve: Curve,
  reference: Curve,
  choice: { readonly species: readonly number[]; readonly floor: number },
  times_s: readonly number[],
): number {
  let apart = 0;
  let size = 0;
  for (const species of choice.species) {
    const ours = concentrations(curve, species, times_s);
    const theirs = concentrations(reference, species, times_s);
    for (let k = 0; k < ours.length; k++) {
      apart += Math.abs(ours[k]! - theirs[k]!);
      size += Math.abs(theirs[k]!);
    }
  }
  return apart / Math.max(size, choice.floor);
}
