import type { SimulationInput } from "../input/schema.ts";
import { type CutContext, collected_mol_per_m2, counted, type Species } from "./context.ts";
import { widestWindow } from "./widest-window.ts";

export type CutAsked = NonNullable<SimulationInput["ask"]["cuts"]>[number];

export interface CutResult {
  readonly species: string;
  /** Null when no window is as pure as asked. */
  readonly from_s: number | null;
  readonly to_s: number | null;
  /** Mol of the species over mol of all product and other species collected; null when nothing is. */
  readonly purity: number | null;
  /** Collected over fed. */
  readonly yield: number;
  /** Every other product or other species, in mol per million mol of all of them. */
  readonly impurities_ppm: Readonly<Record<string, number>>;
  /** Presaturant and displacer that come along, on the same basis. */
  readonly carried_ppm: Readonly<Record<string, number>>;
  readonly refused?: string;
}

/** One cut: between the times given, or the window of largest yield at the purity asked. */
export function makeCut(context: CutContext, asked: CutAsked): CutResult {
  if ("from_s" in asked) return collect(context, asked.species, asked.from_s, asked.to_s);
  const window = widestWindow(context, asked.species, asked.purity_min);
  if (window !== undefined) return collect(context, asked.species, window.from_s, window.to_s);
  return {
    species: asked.species,
    from_s: null,
    to_s: null,
    purity: null,
    yield: 0,
    impurities_ppm: {},
    carried_ppm: {},
    refused: `no part of the outlet holds ${asked.species} at a purity of ${asked.purity_min}`,
  };
}

/** What the window between two times holds, as a cut. */
export function collect(context: CutContext, name: string, from_s: number, to_s: number): CutResult {
  const parts = collected_mol_per_m2(context, from_s, to_s).map((amount) => Math.max(0, amount));
  const own = context.species.findIndex((species) => species.name === name);
  let basis = 0;
  context.species.forEach((species, i) => {
    if (counted(species)) basis += parts[i]!;
  });
  const ppm = (keep: (species: Species, i: number) => boolean): Record<string, number> => {
    const entries = context.species.flatMap((species, i) =>
      keep(species, i) && basis > 0 ? [[species.name, (parts[i]! / basis) * 1e6] as const] : [],
    );
    return Object.fromEntries(entries);
  };
  return {
    species: name,
    from_s,
    to_s,
    purity: basis > 0 ? parts[own]! / basis : null,
    yield: parts[own]! / context.fed_mol_per_m2[own]!,
    impurities_ppm: ppm((species, i) => counted(species) && i !== own),
    carried_ppm: ppm((species) => !counted(species)),
  };
}
