import type { StabilitySeries } from "../stability.ts";
import { type Protonation, precipitationPH } from "./protonation.ts";
import { dissolved, saturation } from "./solution.ts";

export interface PHEnd {
  readonly pH: number | null;
  readonly reason: string;
}

export interface PHWindow {
  readonly low: PHEnd;
  readonly high: PHEnd;
  readonly ligand_precipitates_below_pH: number | null;
  /** Of each rare earth, the pH above which its hydroxide falls out beside as much ligand; null where it does not below 14. */
  readonly hydroxide_above_pH: Readonly<Record<string, number | null>>;
}

/** The ligand holds an element where at least this share is complexed. A choice. */
const HELD_SHARE = 0.999;
const HALVINGS = 30;

/**
 * Where a ligand works: from where it holds the weakest rare earth and does not fall out itself, to where the first hydroxide
 * falls out beside as much ligand as metal. Mixed hydroxide complexes, which hold a little longer, are not on file.
 */
export function pHWindow(
  question: {
    readonly ligand: string;
    readonly feed: Readonly<Record<string, number>>;
    readonly ligand_mol_per_m3: number;
  },
  constants: StabilitySeries,
  protonation: Protonation | undefined,
): PHWindow {
  if (protonation === undefined) {
    const unknown = {
      pH: null,
      reason: `no protonation constants of ${question.ligand} at this ionic strength`,
    };
    return { low: unknown, high: unknown, ligand_precipitates_below_pH: null, hydroxide_above_pH: {} };
  }
  const ligand_M = question.ligand_mol_per_m3 / 1000;
  const given = Object.entries(constants.logK).filter(([e]) => Object.hasOwn(question.feed, e));
  const alone = (name: string, logK: number, pH: number) => ({
    totals_M: { L: ligand_M, [name]: ligand_M },
    constants: new Map([[name, logK]]),
    protonation,
    pH,
  });
  const [name, logK] = given.reduce((a, b) => (b[1] < a[1] ? b : a));
  const above = Object.fromEntries(
    given.map(([element, log]) => [
      element,
      turning((pH) => {
        const at = alone(element, log, pH);
        const solved = dissolved(at);
        return solved.ok && (saturation(at, solved.value, element) ?? 0) > 1;
      }),
    ]),
  );
  // Held from some pH on; above it hydroxide may take over again, which is the upper end's business.
  const middle = Math.min(...Object.values(above).map((pH) => pH ?? 14));
  const holds = turning((pH) => {
    if (pH >= middle) return true;
    const solved = dissolved(alone(name, logK, pH));
    return solved.ok && (solved.value.concentrations_M[`${name}L`] ?? 0) / ligand_M >= HELD_SHARE;
  });
  const acid = question.ligand === "EDTA" ? precipitationPH(protonation, ligand_M) : undefined;
  const low =
    acid !== undefined && acid > (holds ?? 14)
      ? {
          pH: acid,
          reason: "the free ligand precipitates as H4EDTA (solubility 0.5 g/L, grade C: not confirmed)",
        }
      : { pH: holds, reason: `below it less than ${HELD_SHARE * 100} % of ${name} is complexed` };
  return { low, high: upper(above), ligand_precipitates_below_pH: acid ?? null, hydroxide_above_pH: above };
}

function upper(above: Readonly<Record<string, number | null>>): PHEnd {
  const known = Object.entries(above).flatMap(([e, pH]) => (pH === null ? [] : [[e, pH] as const]));
  if (known.length === 0) return { pH: null, reason: "no hydroxide falls out below pH 14" };
  const [first, pH] = known.reduce((a, b) => (b[1] < a[1] ? b : a));
  return {
    pH,
    reason: `above it ${first}(OH)3 falls out (hydrolysis constants of grade C, moved to this ionic strength by Davies; good to about 0.5)`,
  };
}

/** The pH at which what is false below becomes true; null where it never does. */
function turning(is: (pH: number) => boolean): number | null {
  let low = 0;
  let high = 14;
  if (!is(high)) return null;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (is(middle)) high = middle;
    else low = middle;
  }
  return high;
}
