import type { Field } from "./field.ts";

/** What a sleeping cell receives may differ from what it would send by so many times what counts as still. */
const wake_factor = 3;
/** Cells kept awake behind and before one that moves: the reach of the corrections, and the way of the next steps. */
const kept_behind = 2;
const kept_before = 2;

/** What rounding may make of nothing, over the normality. */
export const rounding_fraction = 1e-14;

/** Whether a sleeping cell may pass on what it receives: it is what the cell would send, and nothing owed. */
export function passes(field: Field, inflow: Float64Array, j: number): boolean {
  const { species, liquid, problem } = field;
  const speed = problem.superficial_m_per_s;
  const tolerated = wake_factor * problem.still_fraction * speed * problem.normality_mol_per_m3;
  const nothing = -rounding_fraction * speed * problem.normality_mol_per_m3;
  for (let i = 0; i < species; i++) {
    const sent = speed * liquid[j * species + i]!;
    if (inflow[i]! < nothing || Math.abs(inflow[i]! - sent) > tolerated) return false;
  }
  return true;
}

/**
 * Lays to sleep the cells on the plateaus of the train, most of the column: they neither change nor differ from
 * their neighbours, so solving them again would return what they are.
 *
 * @returns whether nothing is awake
 */
export function layToSleep(field: Field): boolean {
  const { awake, cells, low } = field;
  let anyone = false;
  let settled = low;
  for (let j = low; j < cells; j++) {
    if (awake[j] === 0 || !busy(field, j)) continue;
    for (; settled < j - kept_behind; settled++) rest(field, settled);
    settled = Math.max(settled, j + kept_before + 1);
    anyone = true;
  }
  for (; settled < cells; settled++) rest(field, settled);
  return !anyone;
}

function rest(field: Field, j: number): void {
  const { species, awake, liquid, liquidBefore, pore, poreBefore, denominatorNow, denominatorBefore } = field;
  if (awake[j] === 0) return;
  awake[j] = 0;
  denominatorBefore[j] = denominatorNow[j]!;
  for (let k = j * species; k < (j + 1) * species; k++) {
    liquidBefore[k] = liquid[k]!;
    poreBefore[k] = pore[k]!;
  }
}

function busy(field: Field, j: number): boolean {
  const { species, liquid, liquidBefore, pore, poreBefore, problem } = field;
  const still = problem.still_fraction * problem.normality_mol_per_m3;
  const back = j > 0 ? species : 0;
  for (let k = j * species; k < (j + 1) * species; k++) {
    const here = liquid[k]!;
    if (Math.abs(here - liquidBefore[k]!) > still || Math.abs(here - liquid[k - back]!) > still) return true;
    const inside = pore[k]!;
    if (Math.abs(inside - poreBefore[k]!) > still || Math.abs(here - inside) > still) return true;
  }
  return false;
}
