import type { CutContext } from "./context.ts";
import { concentrations, left_mol_per_m2 } from "./curve.ts";

/**
 * An outlet as it is kept and shown: concentrations at some times, and with them what had left until then. Cuts made
 * of it later are differences of what left, as the simulator's own are, and not sums over the drawn curve.
 */
export interface KeptOutlet {
  readonly time_s: readonly number[];
  readonly mol_per_m3: Readonly<Record<string, readonly number[]>>;
  /** Integral of the concentration over time since the beginning. */
  readonly left_mol_s_per_m3: Readonly<Record<string, readonly number[]>>;
  /** The same integral of what was let in, over the whole run. */
  readonly fed_mol_s_per_m3: Readonly<Record<string, number>>;
}

export function keepOutlet(context: CutContext, times_s: readonly number[]): KeptOutlet {
  const { curve, species, fed_mol_per_m2 } = context;
  const velocity = curve.superficial_m_per_s;
  const byName = <Value>(of: (i: number) => Value): Record<string, Value> =>
    Object.fromEntries(species.map(({ name }, i) => [name, of(i)]));
  return {
    time_s: times_s,
    mol_per_m3: byName((i) => concentrations(curve, i, times_s)),
    left_mol_s_per_m3: byName((i) => times_s.map((time_s) => left_mol_per_m2(curve, i, time_s) / velocity)),
    fed_mol_s_per_m3: byName((i) => fed_mol_per_m2[i]! / velocity),
  };
}

/** So many times over the run, evenly, and the ends of the cuts among them: those cuts then stay exact. */
export function timesKept(
  end_s: number,
  count: number,
  cuts: readonly { readonly from_s: number; readonly to_s: number }[],
): number[] {
  const even = Array.from({ length: count + 1 }, (_, k) => (end_s * k) / count);
  const ends = cuts.flatMap(({ from_s, to_s }) => [from_s, to_s]);
  return [...new Set([...even, ...ends])].sort((a, b) => a - b);
}

/** What cuts of a kept outlet are made from; the products named count in their purity. */
export function contextOfKept(kept: KeptOutlet, products: readonly string[]): CutContext {
  const names = Object.keys(kept.mol_per_m3);
  return {
    curve: {
      time_s: kept.time_s,
      rows: kept.time_s.flatMap((_, k) => [
        ...names.map((name) => kept.mol_per_m3[name]![k]!),
        ...names.map((name) => kept.left_mol_s_per_m3[name]![k]!),
      ]),
      species: names.length,
      superficial_m_per_s: 1,
    },
    species: names.map((name) => ({ name, role: products.includes(name) ? "product" : "displacer" })),
    fed_mol_per_m2: names.map((name) => kept.fed_mol_s_per_m3[name]!),
    from_s: kept.time_s[0] ?? 0,
    to_s: kept.time_s.at(-1) ?? 0,
  };
}
