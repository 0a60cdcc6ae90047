import { predictCorrections, type Step } from "./corrections.ts";
import { type CoupledCells, solveCoupledCells } from "./coupled-cells.ts";
import { passes } from "./sleep.ts";
import type { Sweep } from "./sweep.ts";

/** Cells woken at a time where something new arrives: what a step carries through cells a quarter of the dispersion length thick. */
const woken = 24;

/**
 * Solves what is awake of the cells that dispersion couples, stretch by stretch. Between two stretches the liquid is
 * even, so nothing crosses but what flows: a stretch sends on what leaves it, and the cells between pass it to the next.
 *
 * @returns whether every stretch was solved
 */
export function solveCoupledStretches(sweep: Sweep, coupled: CoupledCells, step: Step): boolean {
  const { field, inflow } = sweep;
  const { cells, awake } = field;
  let changed = true;
  for (let start = Math.max(field.firstCoupled, field.low), end = start; start < cells; start = end) {
    end = start + 1;
    if (awake[start] === 0) {
      if (!changed) continue;
      changed = false;
      if (passes(field, inflow, start)) continue;
      awake.fill(1, start, start + woken);
    }
    while (end < cells && awake[end] === 1) end++;
    if (!solveStretch(sweep, coupled, step, start, end)) return false;
    changed = true;
  }
  return true;
}

/** Solves cells that lie side by side, and leaves what they send on in the sweep's flux. */
function solveStretch(sweep: Sweep, coupled: CoupledCells, step: Step, start: number, end: number): boolean {
  const { field, inflow } = sweep;
  const { cells, species, fluxCorrection, flux } = field;
  for (let j = start; j < end; j++) predictCorrections(field, step, j);
  if (end < cells) fluxCorrection.fill(0, end * species, (end + 1) * species);
  if (!solveCoupledCells(sweep, coupled, step, start, end)) return false;
  fluxes(sweep, start, end);
  inflow.set(flux.subarray(end * species, (end + 1) * species));
  return true;
}

/** Through the faces of a stretch; what enters it is what was sent, and dispersion leaves it by neither end. */
function fluxes({ field, inflow }: Sweep, start: number, end: number): void {
  const { species, flux, fluxCorrection, faces, liquidNext, problem } = field;
  const speed = problem.superficial_m_per_s;
  flux.set(inflow, start * species);
  for (let j = start; j < end; j++) {
    const spread = j + 1 < end ? faces.spread[j]! : 0;
    for (let k = j * species; k < (j + 1) * species; k++) {
      const back = spread > 0 ? spread * (liquidNext[k + species]! - liquidNext[k]!) : 0;
      flux[k + species] = speed * liquidNext[k]! - back + fluxCorrection[k + species]!;
    }
  }
}
