import { type Economy, economyOf } from "./economy.ts";
import { type Network, runNetwork, type Start } from "./network.ts";
import type { Choice, Plant } from "./problem.ts";
import { coarseCells, coarsely, type SearchAsked, search } from "./search.ts";

/** One plant that a search looked at, and how much it let others' cuts swallow. */
export interface Seen {
  readonly choice: Choice;
  readonly swallowed_max: number;
  readonly economy: Economy;
  readonly start: Start;
}

export interface ParetoPoint {
  readonly length_m: number;
  readonly superficial_velocity_m_per_s: number;
  readonly loading_fractions: Choice["loading"];
  readonly swallowed_max: number;
  readonly cells: number;
  readonly kg_per_m3_bed_day: number;
  readonly ligand_mol_per_mol: number;
  /** The least yield of any product. */
  readonly yield_least: number;
  readonly yields: Readonly<Record<string, number>>;
}

/** Beside the design's own search: weights of productivity against ligand, and what cuts may swallow, over what the yield asked leaves. */
const DIRECTIONS: readonly { readonly weight: number; readonly swallowed: number }[] = [
  { weight: 0.5, swallowed: 0.3 },
  { weight: 0, swallowed: 0.3 },
  { weight: 1, swallowed: 0.05 },
  { weight: 1, swallowed: 0.9 },
];
const EVALUATIONS = 16;
/** The points kept are run once more on so many times the cells of the search. */
const FINER = 1.5;
const TOLERANCE = 1e-4;

/**
 * Plants of which none is at least as good as another in productivity, ligand and least yield at once: every plant a few
 * searches looked at, thinned to those asked for, and run once more on a finer grid, which has the last word.
 */
export function paretoOf(
  plant: Plant,
  asked: SearchAsked,
  given: { readonly seen: readonly Seen[]; readonly points: number },
): ParetoPoint[] {
  const seen = [...given.seen];
  for (const { weight, swallowed } of DIRECTIONS) {
    search(plant, {
      ...asked,
      weight,
      swallowed_max: swallowed * (1 - asked.yield_min),
      evaluations: EVALUATIONS,
      see: (one) => seen.push(one),
    });
  }
  const enough = seen.filter((s) => yieldLeast(s.economy) >= asked.yield_min);
  const again = thinned(notDominated(enough, goalsOf), given.points).flatMap((one) => {
    const ran = rerun(plant, asked, one);
    return ran ? [{ ...one, economy: economyOf(plant, one.choice, ran.network), cells: ran.cells }] : [];
  });
  return notDominated(again, goalsOf)
    .sort((a, b) => b.economy.total_kg_per_m3_bed_day - a.economy.total_kg_per_m3_bed_day)
    .map(({ choice, economy, swallowed_max, cells }) => ({
      length_m: choice.length_m,
      superficial_velocity_m_per_s: choice.superficial_m_per_s,
      loading_fractions: choice.loading,
      swallowed_max,
      cells,
      kg_per_m3_bed_day: economy.total_kg_per_m3_bed_day,
      ligand_mol_per_mol: economy.ligand_mol_per_mol,
      yield_least: yieldLeast(economy),
      yields: economy.yields,
    }));
}

const yieldLeast = (economy: Economy): number => Math.min(...Object.values(economy.yields));

/** More is better of each. */
const goalsOf = ({ economy }: { readonly economy: Economy }): readonly number[] => [
  economy.total_kg_per_m3_bed_day,
  -economy.ligand_mol_per_mol,
  yieldLeast(economy),
];

/** Those than which no other is at least as good in every goal; of equals the first. */
export function notDominated<T>(list: readonly T[], goals: (one: T) => readonly number[]): T[] {
  const all = list.map(goals);
  const asGood = (a: readonly number[], b: readonly number[]) => a.every((value, k) => value >= b[k]!);
  return list.filter(
    (_, i) =>
      !all.some((other, j) => j !== i && asGood(other, all[i]!) && (!asGood(all[i]!, other) || j < i)),
  );
}

/** The best in each goal, then always the one farthest from those taken, every goal on the scale it spans. */
function thinned(list: readonly Seen[], points: number): Seen[] {
  const all = list.map(goalsOf);
  const spans = [0, 1, 2].map((k) => {
    const column = all.map((g) => g[k]!);
    return Math.max(...column) - Math.min(...column) || 1;
  });
  const apart = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, k) => Math.abs(value - b[k]!) / spans[k]!));
  const taken: number[] = [];
  for (const k of [0, 1, 2]) {
    const best = all.reduce((top, g, i) => (g[k]! > all[top]![k]! ? i : top), 0);
    if (list.length > 0 && !taken.includes(best) && taken.length < points) taken.push(best);
  }
  while (taken.length < Math.min(points, list.length)) {
    const far = all.map((g, i) =>
      taken.includes(i) ? -1 : Math.min(...taken.map((t) => apart(g, all[t]!))),
    );
    taken.push(far.indexOf(Math.max(...far)));
  }
  return taken.map((i) => list[i]!);
}

function rerun(
  plant: Plant,
  asked: SearchAsked,
  one: Seen,
): { readonly network: Network; readonly cells: number } | undefined {
  const cells = Math.round(FINER * coarseCells(plant, one.choice));
  const ran = runNetwork(plant, {
    ...coarsely({ ...asked, swallowed_max: one.swallowed_max }, { ...one, cells }),
    tolerance: TOLERANCE,
  });
  return ran.ok ? { network: ran.value, cells } : undefined;
}
